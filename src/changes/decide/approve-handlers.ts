import type { ModalView } from '@slack/types';
import { section } from '../../slack/blocks.ts';
import type { ActionArrival, Interaction } from '../../slack/interaction.ts';
import { notice } from '../../slack/modal-views.ts';
import { orIfDown } from '../../wallaroo/errors.ts';
import { refusedView } from '../announce/result-views.ts';
import { askAgain } from '../ask/ask.ts';
import { hasApprover } from '../beneficiary-facts.ts';
import type { Change } from '../change.ts';
import { ids } from '../changes-ids.ts';
import { presentIn } from '../confirm/present-facts.ts';
import { refusedText } from '../confirm/refused-text.ts';
import {
  type ChangesHandlerParts,
  isAdministrator,
  refreshPressedCard,
  showAsked,
  showResult,
} from '../handler-parts.ts';
import { NO_SECOND } from '../no-approver-text.ts';
import { isAlteredSince, readShownValue } from '../shown/amended.ts';
import { closedSteps } from '../steps/hand-over.ts';
import { turnsOf } from '../steps/steps-of.ts';
import { alteredSteps } from './alteration.ts';
import { registerAmending } from './amend-handlers.ts';
import { decisionView, registerApproveForm } from './approve-form-handlers.ts';
import { reasonsText, toLookAt } from './decide-views.ts';
import { by, dataOf, decidable, deciders, isFromList, presentFacts, TITLE } from './decision-parts.ts';
import { refreshList } from './request-list-handlers.ts';

/** `Approve`, `Approve with changes…` and `Try again`. */
export function registerApproval(parts: ChangesHandlerParts): void {
  const { dispatcher } = parts;
  dispatcher.modalAction(ids.approve, deciders(parts), TITLE.approve, (interaction) =>
    approve(parts, interaction),
  );
  dispatcher.modalAction(ids.tryAgain, deciders(parts), TITLE.try_again, (interaction) =>
    tryAgain(parts, interaction),
  );
  registerApproveForm(parts);
  registerAmending(parts);
}

/** At once while all that was pressed on shows still holds; else the confirmation, with what is to be looked at. */
async function approve(
  parts: ChangesHandlerParts,
  interaction: Interaction<ActionArrival>,
): Promise<ModalView> {
  const found = await decidable(parts, interaction, 'approve');
  if ('refused' in found) return found.refused;
  const { change } = found;
  const { seen } = readShownValue(interaction.value);
  const facts = await presentFacts(parts, change);
  const reasons = toLookAt(change, presentIn(facts, change.steps), seen);
  const someLeftOut = (facts.leftOut ?? []).length > 0;
  const asksForHeirs = (facts.orphans ?? []).length > 0;
  if (isAlteredSince(change, seen)) await refreshPressed(parts, interaction);
  if (facts.refusal !== undefined || facts.needsSwap || someLeftOut || asksForHeirs || reasons.length > 0)
    return decisionView(parts, interaction, dataOf(interaction, 'approve', facts), {
      change,
      facts,
      banner: reasonsText(reasons),
    });
  const unasked = { steps: closedSteps(change.steps), exchanged: false };
  const swap = alteredSteps(change.steps, unasked, parts.service.needsApproval(true));
  const decided = await parts.service.decide(change.id, { type: 'approve', seen, ...by(interaction), swap });
  // Altered between the look and the write: the confirmation shows it.
  if (!decided.ok && decided.reason === 'altered') return approve(parts, interaction);
  await refreshPressed(parts, interaction);
  if (!decided.ok)
    return refusedView(TITLE.approve, decided.reason, decided.change, interaction.actor.personKeys);
  return showResult(parts, interaction, TITLE.approve, decided.change);
}

/** Draws again where the button stands that was pressed. */
async function refreshPressed(
  parts: ChangesHandlerParts,
  interaction: Interaction<ActionArrival>,
): Promise<void> {
  await refreshPressedCard(parts, interaction);
  if (isFromList(interaction)) await refreshList(parts, interaction);
}

/** Whether, with four eyes, who presses would decide alone what they asked for or decided before. */
async function needsAnother(
  { service }: ChangesHandlerParts,
  interaction: Interaction<ActionArrival>,
  failed: Change,
): Promise<boolean> {
  if (!service.needsApproval(true)) return false;
  const judged = await service.judge(failed, { type: 'try_again', ...by(interaction) });
  return !judged.ok && (judged.reason === 'decided_before' || judged.reason === 'self_approval');
}

/** The same as a request, which another administrator approves. */
async function askOnceMore(
  parts: ChangesHandlerParts,
  interaction: Interaction<ActionArrival>,
  failed: Change,
): Promise<ModalView> {
  const { actor } = interaction;
  if (!(await hasApprover(parts, actor.userId, failed)))
    return notice(TITLE.try_again, [section(`Nothing was done. ${NO_SECOND} :no_entry:`)]);
  const done = await whyNothingIsLeft(parts, failed);
  if (done !== undefined) return notice(TITLE.try_again, [section(`Nothing was done. ${done} :no_entry:`)]);
  const requester = { ...actor, administrator: isAdministrator(interaction) };
  const asked = await parts.service.ask(askAgain(failed, parts.newId(), requester));
  await refreshPressedCard(parts, interaction);
  return showAsked(parts, interaction, TITLE.try_again, asked);
}

/** That everybody is as wanted by now: another change, or somebody in Keycloak, did it. Nobody need approve that. */
async function whyNothingIsLeft(parts: ChangesHandlerParts, failed: Change): Promise<string | undefined> {
  if (turnsOf(failed.steps).length < failed.steps.length) return undefined;
  // While Wallaroo is down it can be asked for; the approval tells.
  const facts = await presentFacts(parts, failed).catch(orIfDown(undefined));
  if (facts?.refusal === undefined) return undefined;
  const isDone = facts.subjects.every(({ user, enabled }) => user.enabled === enabled);
  return isDone ? refusedText(facts.refusal) : undefined;
}

/** Whether it failed for want of somebody who leaves, or takes over a workspace. */
const mayBeChosen = ({ failure, steps }: Change): boolean =>
  failure?.code === 'last_owner' || (failure?.code === 'license_full' && steps.length === 1);

/** At once, but where every seat was taken: then a swap is offered first. */
async function tryAgain(
  parts: ChangesHandlerParts,
  interaction: Interaction<ActionArrival>,
): Promise<ModalView> {
  const failed = await parts.service.find(interaction.value);
  if (failed !== undefined && (await needsAnother(parts, interaction, failed)))
    return askOnceMore(parts, interaction, failed);
  if (failed?.state === 'failed' && mayBeChosen(failed)) {
    const found = await decidable(parts, interaction, 'try_again');
    if ('refused' in found) return found.refused;
    const facts = await presentFacts(parts, found.change);
    // Nothing to choose: the seat is free by now, or a try that took it was left without an answer.
    if (facts.needsSwap || (facts.orphans ?? []).length > 0)
      return decisionView(parts, interaction, dataOf(interaction, 'try_again', facts), {
        change: found.change,
        facts,
      });
  }
  const decided = await parts.service.decide(interaction.value, { type: 'try_again', ...by(interaction) });
  await refreshPressedCard(parts, interaction);
  if (!decided.ok)
    return refusedView(TITLE.try_again, decided.reason, decided.change, interaction.actor.personKeys);
  return showResult(parts, interaction, TITLE.try_again, decided.change);
}
