import type { ModalView } from '@slack/types';
import { isKnown } from '../../access/person-keys.ts';
import { section } from '../../slack/blocks.ts';
import type { ActionArrival, Interaction } from '../../slack/interaction.ts';
import { notice } from '../../slack/modal-views.ts';
import { refusedView } from '../announce/result-views.ts';
import { readBeneficiaries } from '../beneficiary-facts.ts';
import {
  beneficiaryKeys,
  type Change,
  isRequestOf,
  mayTryFailed,
  type SeatsShown,
  whyOwnAccess,
} from '../change.ts';
import type { Refusal } from '../change-event.ts';
import type { Asked } from '../change-service.ts';
import { ids } from '../changes-ids.ts';
import { presentIn } from '../confirm/present-facts.ts';
import { refusedText } from '../confirm/refused-text.ts';
import { deciders } from '../decide/decision-parts.ts';
import {
  type ChangesHandlerParts,
  hasDecider,
  isAdministrator,
  refreshPressedCard,
  showAsked,
} from '../handler-parts.ts';
import { NO_SECOND } from '../no-approver-text.ts';
import { triableSteps, turnsOf } from '../steps/steps-of.ts';
import { storeRetried } from '../store/change-store.ts';
import { type Ask, askAgain } from './ask.ts';
import { confirmSeveral } from './several-handlers.ts';
import type { Wanted } from './wanted.ts';

const TITLE = 'Try again';

/** `Try again` of those of several that failed: a change of its own, checked like any other. */
export function registerTryFailed(parts: ChangesHandlerParts): void {
  parts.dispatcher.modalAction(ids.tryFailed, deciders(parts), TITLE, (interaction) =>
    tryFailed(parts, interaction),
  );
}

async function tryFailed(
  parts: ChangesHandlerParts,
  interaction: Interaction<ActionArrival>,
): Promise<ModalView> {
  const change = await parts.service.find(interaction.value);
  if (change === undefined || !mayTryFailed(change)) {
    await refreshPressedCard(parts, interaction);
    return notice(TITLE, [section(NOTHING_LEFT)]);
  }
  const failed = { ...change, steps: triableSteps(change.steps) };
  const isAlone = !parts.service.needsApproval(true);
  const why = isAlone ? await whyNotAlone(parts, interaction, failed) : undefined;
  if (why !== undefined) return refusedView(TITLE, why, change, interaction.actor.personKeys);
  const requester = { ...interaction.actor, administrator: isAdministrator(interaction) };
  // One for each change, however often it is pressed.
  const wanted = askAgain(failed, `${change.id}-R`, requester);
  if (!isAlone && !(await hasDecider(parts, interaction.actor, wanted.steps)))
    return notice(TITLE, [section(NOBODY_ELSE)]);
  const chooses = whoTakesOver(failed);
  const hindered = await hindranceOf(parts, wanted);
  if (chooses !== undefined && hindered.hindrance === undefined)
    return confirmSeveral(parts, interaction, chooses);
  const asked = await askFor(parts, wanted, hindered);
  const triedIn = 'hindrance' in asked ? asked.triedIn : asked.change.id;
  if (triedIn !== undefined) await storeRetried(parts.db, change.id, triedIn, parts.now());
  await refreshPressedCard(parts, interaction);
  return 'hindrance' in asked
    ? notice(TITLE, [section(`Nothing was done. ${asked.hindrance} :no_entry:`)])
    : showAsked(parts, interaction, TITLE, asked);
}

/** What is wanted again where it failed for want of somebody who takes over a workspace: its form asks. */
function whoTakesOver({ steps, reason }: Change): Wanted | undefined {
  const turns = turnsOf(steps);
  if (turns.length < steps.length || !steps.some(({ failure }) => failure?.code === 'last_owner'))
    return undefined;
  return { kind: 'deactivate', userIds: turns.map(({ userId }) => userId), reason };
}

/** What hinders it as it stands now. */
interface Hindered {
  readonly hindrance: string | undefined;
  /** Empty where nothing is left to try: everybody is as wanted by now, or gone. */
  readonly triedIn?: '';
  readonly seatsShown: SeatsShown;
}

const isIndependent = ({ independent, steps }: Ask): boolean => independent === true && steps.length > 1;

async function hindranceOf(parts: ChangesHandlerParts, wanted: Ask): Promise<Hindered> {
  const { steps, requester } = wanted;
  const facts = await parts.desk.ofSteps(steps, requester.email ?? null, {
    workspaces: false,
    independent: isIndependent(wanted),
  });
  const seatsShown = presentIn(facts, steps).seats;
  if (facts.needsSwap)
    return { hindrance: 'Every seat is taken by now. Deactivate somebody first.', seatsShown };
  if (facts.refusal === undefined) return { hindrance: undefined, seatsShown };
  const isDone = facts.subjects.every(({ user, enabled }) => user.enabled === enabled);
  return { hindrance: refusedText(facts.refusal), seatsShown, ...(isDone ? { triedIn: '' } : {}) };
}

/** Asks for it, unless something hinders it; what was asked for already is found again. */
async function askFor(
  parts: ChangesHandlerParts,
  wanted: Ask,
  hindered: Hindered,
): Promise<Asked | { readonly hindrance: string; readonly triedIn?: '' }> {
  const made = await parts.service.find(wanted.id);
  if (made !== undefined) return { result: 'repeated', change: made };
  const { hindrance, seatsShown, triedIn } = hindered;
  if (hindrance !== undefined) return { hindrance, ...(triedIn === undefined ? {} : { triedIn }) };
  return parts.service.ask({ ...wanted, independent: isIndependent(wanted), seatsShown });
}

/** A request was another's to decide: neither who asked nor who is let in tries it again alone. */
async function whyNotAlone(
  { wallaroo }: ChangesHandlerParts,
  { actor }: Interaction<ActionArrival>,
  failed: Change,
): Promise<Refusal | undefined> {
  if (failed.origin !== 'request') return undefined;
  if (isRequestOf(failed, actor.personKeys)) return 'self_approval';
  const letIn = [...beneficiaryKeys(failed), ...(await readBeneficiaries(wallaroo, failed))];
  return whyOwnAccess(letIn, actor.personKeys, !isKnown(actor.personKeys));
}

const NOTHING_LEFT = 'Nothing of this is left to try again. :no_entry:';
const NOBODY_ELSE = `Nothing was done. ${NO_SECOND} :no_entry:`;
