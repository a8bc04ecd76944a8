import { RefusedError } from '../../errors.ts';
import { section } from '../../slack/blocks.ts';
import type { ActionArrival, Interaction } from '../../slack/interaction.ts';
import { code } from '../../slack/mrkdwn.ts';
import { refusalText } from '../announce/result-views.ts';
import { standingText } from '../announce/standing-text.ts';
import { hasApprover } from '../beneficiary-facts.ts';
import type { Change } from '../change.ts';
import { ids } from '../changes-ids.ts';
import { whyEndStays } from '../coming-end.ts';
import { type ChangesHandlerParts, refreshPressedCard } from '../handler-parts.ts';
import { NOBODY_COULD_DECIDE } from '../no-approver-text.ts';
import { labelOf } from '../steps/steps-of.ts';
import { needsAnother, stayingOf } from './staying-facts.ts';

/** `Keep` on the notice that a timed activation ends. */
export function registerKeep(parts: ChangesHandlerParts): void {
  parts.dispatcher.rawAction(ids.keep, async (arrival) => keep(parts, await admitToKeep(parts, arrival)));
}

/** `Keep` is an administrator's word. Who has it from before they lost the role is told so, and their card is drawn without. */
async function admitToKeep(
  parts: ChangesHandlerParts,
  arrival: ActionArrival,
): Promise<Interaction<ActionArrival>> {
  try {
    return await parts.dispatcher.admit(arrival, 'administrator');
  } catch (error) {
    await refreshPressedCard(parts, arrival);
    throw error;
  }
}

async function keep(parts: ChangesHandlerParts, interaction: Interaction<ActionArrival>): Promise<void> {
  const text = await keptText(parts, interaction, await parts.service.find(interaction.value));
  await interaction.reply.send({ text, blocks: [section(text)] });
}

/** Drops the end, or asks for it, and says what came of that. */
async function keptText(
  parts: ChangesHandlerParts,
  interaction: Interaction<ActionArrival>,
  timed: Change | undefined,
): Promise<string> {
  const stays = timed === undefined ? 'unknown' : whyEndStays(timed);
  if (timed === undefined || stays !== undefined) {
    interaction.log.warn({ change: interaction.value, reason: stays }, 'keep refused');
    await refreshPressedCard(parts, interaction);
    return `${refusalText(stays ?? 'unknown', timed, interaction.actor.personKeys)} :no_entry:`;
  }
  if (await needsAnother(parts, interaction, timed)) return askToKeep(parts, interaction, timed);
  const { actor } = interaction;
  const { change } = await parts.service.ask({
    // One for each end as it stands, however often and by how many it is pressed at once.
    id: `${timed.id}-K${timed.revision}`,
    ...keepAsked(timed),
    requester: { ...actor, administrator: true },
  });
  await refreshPressedCard(parts, interaction);
  if (change.requesterId !== actor.userId)
    return `${refusalText('already_decided', { ...change, decidedBy: change.requesterId }, actor.personKeys)} :no_entry:`;
  return change.state === 'applied'
    ? `${code(labelOf(timed.steps))} stays active: the timed activation no longer has an end. :white_check_mark:`
    : standingText(change);
}

/** What is asked for, or done, by `Keep`. */
const keepAsked = (timed: Change) => ({
  ...stayingOf(timed),
  reason: '',
  seatsShown: { ...timed.seatsShown, after: timed.seatsShown.taken, seats: undefined },
});

/** Nobody drops alone an end that another had to approve: it is asked for. */
async function askToKeep(parts: ChangesHandlerParts, { actor }: Interaction, timed: Change): Promise<string> {
  if (!(await hasApprover(parts, actor.userId, stayingOf(timed))))
    throw new RefusedError(NOBODY_COULD_DECIDE);
  const label = labelOf(timed.steps);
  const asked = await parts.service.ask({
    id: parts.newId(),
    ...keepAsked(timed),
    // As somebody who asks: an administrator may be the one who stays.
    requester: { ...actor, administrator: false },
  });
  return asked.result === 'same_pending'
    ? `Somebody has already asked to keep ${code(label)} active. Another administrator decides in <#${parts.approvalsChannel}>.`
    : `*Request sent:* ${code(label)} stays active without an end once another administrator approves it in <#${parts.approvalsChannel}>.`;
}
