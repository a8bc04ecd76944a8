import type { ModalView } from '@slack/types';
import { isKnown } from '../../access/person-keys.ts';
import { RefusedError } from '../../errors.ts';
import { section } from '../../slack/blocks.ts';
import type { FormInteraction } from '../../slack/form-desk.ts';
import type { ActionArrival, Interaction } from '../../slack/interaction.ts';
import { notice } from '../../slack/modal-views.ts';
import { code, dateTime } from '../../slack/mrkdwn.ts';
import { refusalText } from '../announce/result-views.ts';
import { KEPT } from '../apply/timed-activation.ts';
import { hasApprover, readBeneficiaries } from '../beneficiary-facts.ts';
import { beneficiaryKeys, type Change, isRequestOf, whyOwnAccess } from '../change.ts';
import { ids } from '../changes-ids.ts';
import { whyEndStays } from '../coming-end.ts';
import {
  type ChangesHandlerParts,
  isAdministrator,
  refreshPressedCard,
  showAsked,
} from '../handler-parts.ts';
import { NOBODY_COULD_DECIDE } from '../no-approver-text.ts';
import { ENDING } from '../steps/end-outcome.ts';
import { extendStep } from '../steps/extend-activation.ts';
import { keepStep } from '../steps/keep-active.ts';
import { labelOf, turnsOf } from '../steps/steps-of.ts';
import { type ExtendData, extendSchema, newEnd, noLaterText } from './extend-form.ts';
import { extendView, EXTEND_TITLE as TITLE } from './extend-views.ts';
import { typedAt } from './typed-at.ts';

const ENDED = 'This timed activation has ended, or was dropped: there is nothing to extend.';

export interface Timed {
  /** Opens the form for the timed activation whose end the value names. */
  readonly openExtend: (arrival: ActionArrival) => Promise<void>;
}

/** `Extend` and `Keep` on the notice that a timed activation ends. */
export function registerTimed(parts: ChangesHandlerParts): Timed {
  const { dispatcher } = parts;

  const draw = (interaction: Interaction<ActionArrival>) => drawExtend(parts, interaction, interaction.value);
  dispatcher.modalAction(ids.extend, 'member', TITLE, draw);

  dispatcher.form(
    {
      callbackId: ids.extendForm,
      needs: 'member',
      title: TITLE,
      data: extendSchema,
      check: (values, data) => {
        const end = newEnd(values, data, parts.now());
        return end.ok ? undefined : { [end.block]: end.problem };
      },
    },
    (interaction) => extend(parts, interaction),
  );

  dispatcher.rawAction(ids.keep, async (arrival) => keep(parts, await admitToKeep(parts, arrival)));
  return {
    openExtend: (arrival) => dispatcher.openModal(arrival, 'member', TITLE, draw),
  };
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
  const { service } = parts;
  const timed = await service.find(interaction.value);
  const isThere = timed !== undefined && whyEndStays(timed) === undefined;
  if (isThere && (await needsAnother(parts, interaction, timed))) {
    const sentence = await askToKeep(parts, interaction, timed);
    return interaction.reply.send({ text: sentence, blocks: [section(sentence)] });
  }
  const by = interaction.actor.userId;
  const kept = await service.decide(interaction.value, { type: 'drop', by, failure: KEPT });
  await refreshPressedCard(parts, interaction);
  const label = code(kept.change === undefined ? '' : labelOf(kept.change.steps));
  const text = kept.ok
    ? `${label} stays active: the timed activation no longer has an end. :white_check_mark:`
    : `${refusalText(kept.reason, kept.change, interaction.actor.personKeys)} :no_entry:`;
  await interaction.reply.send({ text, blocks: [section(text)] });
}

/** Whom a later end, or none, lets stay. */
const stayingOf = ({ id, steps, notBefore }: Change) => ({
  steps: [
    keepStep({
      changeId: id,
      label: labelOf(steps),
      userId: turnsOf(steps)[0]?.userId,
      before: notBefore,
    }),
  ],
});

/**
 * Whether somebody else has to approve that who acts stays longer: with four eyes always, else where another decided when
 * their own access ends.
 */
async function needsAnother(
  { service, wallaroo }: ChangesHandlerParts,
  interaction: Interaction,
  timed: Change,
): Promise<boolean> {
  if (service.needsApproval(isAdministrator(interaction))) return true;
  const { personKeys } = interaction.actor;
  if (isRequestOf(timed, personKeys) && timed.decidedBy === timed.requesterId) return false;
  const staying = stayingOf(timed);
  const letIn = [...beneficiaryKeys(staying), ...(await readBeneficiaries(wallaroo, staying))];
  return whyOwnAccess(letIn, personKeys, !isKnown(personKeys)) !== undefined;
}

/** The form that asks for more time for the timed activation that this change ends. @throws RefusedError when it has ended. */
export async function drawExtend(
  parts: ChangesHandlerParts,
  interaction: Interaction<ActionArrival>,
  changeId: string,
): Promise<ModalView> {
  const { dispatcher, service } = parts;
  const timed = await service.find(changeId);
  const stays = timed === undefined ? 'unknown' : whyEndStays(timed);
  if (timed === undefined || stays !== undefined) {
    await refreshPressedCard(parts, interaction);
    throw new RefusedError(stays === 'ending' ? ENDING : ENDED);
  }
  const asRequest = await needsAnother(parts, interaction, timed);
  if (asRequest && !(await hasApprover(parts, interaction.actor.userId, stayingOf(timed))))
    throw new RefusedError(NOBODY_COULD_DECIDE);
  const { now, timeZone } = typedAt(parts, interaction);
  const data: ExtendData = {
    changeId: timed.id,
    newId: parts.newId(),
    drawnAtMs: now.getTime(),
    timeZone,
    endsAtMs: timed.notBefore?.getTime(),
  };
  return extendView(timed, dispatcher.remember(interaction, data));
}

/** Nobody drops alone an end that another had to approve: it is asked for. */
async function askToKeep(parts: ChangesHandlerParts, { actor }: Interaction, timed: Change): Promise<string> {
  if (!(await hasApprover(parts, actor.userId, stayingOf(timed))))
    throw new RefusedError(NOBODY_COULD_DECIDE);
  const label = labelOf(timed.steps);
  const asked = await parts.service.ask({
    id: parts.newId(),
    ...stayingOf(timed),
    reason: '',
    seatsShown: { ...timed.seatsShown, after: timed.seatsShown.taken, seats: undefined },
    // As somebody who asks: an administrator may be the one who stays.
    requester: { ...actor, administrator: false },
  });
  return asked.result === 'same_pending'
    ? `Somebody has already asked to keep ${code(label)} active. Another administrator decides in <#${parts.approvalsChannel}>.`
    : `*Request sent:* ${code(label)} stays active without an end once another administrator approves it in <#${parts.approvalsChannel}>.`;
}

async function extend(
  parts: ChangesHandlerParts,
  interaction: FormInteraction<ExtendData>,
): Promise<ModalView> {
  const { data, values, actor } = interaction;
  const timed = await parts.service.find(data.changeId);
  const stays = timed === undefined ? 'unknown' : whyEndStays(timed);
  if (timed?.notBefore === undefined || stays !== undefined)
    return notice(TITLE, [section(stays === 'ending' ? ENDING : ENDED)]);
  const end = newEnd(values, data, parts.now());
  if (!end.ok) return notice(TITLE, [section(end.problem)]);
  const until = end.until(timed.notBefore);
  if (until <= timed.notBefore) return notice(TITLE, [section(noLaterText(dateTime(timed.notBefore)))]);
  const asked = await parts.service.ask({
    id: data.newId,
    steps: [
      extendStep({
        changeId: timed.id,
        label: labelOf(timed.steps),
        userId: turnsOf(timed.steps)[0]?.userId,
        until,
        before: timed.notBefore,
      }),
    ],
    reason: '',
    seatsShown: { ...timed.seatsShown, after: timed.seatsShown.taken, seats: undefined },
    requester: { ...actor, administrator: !(await needsAnother(parts, interaction, timed)) },
  });
  return showAsked(parts, interaction, TITLE, asked);
}
