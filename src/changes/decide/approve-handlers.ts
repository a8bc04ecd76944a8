import type { ModalView } from '@slack/types';
import { RefusedError } from '../../errors.ts';
import { section } from '../../slack/blocks.ts';
import type { FormInteraction } from '../../slack/form-desk.ts';
import type { ActionArrival, Interaction } from '../../slack/interaction.ts';
import { notice } from '../../slack/modal-views.ts';
import { refusedView } from '../announce/result-views.ts';
import { ids } from '../changes-ids.ts';
import { confirmView } from '../confirm/confirm-views.ts';
import { type ConfirmFacts, kindOfTurns, stepsOf } from '../confirm/confirmation.ts';
import { type ChangesHandlerParts, refreshPressedCard, showResult } from '../handler-parts.ts';
import type { Step } from '../steps/step.ts';
import type { Turn } from '../steps/step-kind.ts';
import { turnsOf } from '../steps/steps-of.ts';
import { approvePlainView } from './decide-views.ts';
import { by, check, type DecisionData, dataOf, decidable, decisionSchema, TITLE } from './decision-parts.ts';
import { refreshList } from './request-list-handlers.ts';

/** `Approve` and `Try again`. */
export function registerApproval(parts: ChangesHandlerParts): void {
  const { dispatcher } = parts;

  dispatcher.modalAction(ids.approve, 'administrator', TITLE.approve, (interaction) =>
    drawDecision(parts, interaction, 'approve'),
  );
  dispatcher.modalAction(ids.tryAgain, 'administrator', TITLE.try_again, (interaction) =>
    tryAgain(parts, interaction),
  );
  dispatcher.form(
    {
      callbackId: ids.approveForm,
      needs: 'administrator',
      title: TITLE.approve,
      data: decisionSchema,
      check,
    },
    (interaction) => submit(parts, interaction),
  );
}

/** The same confirmation as for a direct change, with the present facts of the users by id. */
async function drawDecision(
  parts: ChangesHandlerParts,
  interaction: Interaction<ActionArrival>,
  type: 'approve' | 'try_again',
): Promise<ModalView> {
  const found = await decidable(parts, interaction, { type, ...by(interaction) });
  if ('refused' in found) return found.refused;
  const { change } = found;
  const { dispatcher, desk, rules } = parts;
  const turns = turnsOf(change.steps);
  if (turns.length < change.steps.length)
    return approvePlainView(change, dispatcher.remember(interaction, dataOf(interaction, type, false)));
  const facts = await desk.gather(turns, change.requesterEmail);
  return confirmView({
    kind: kindOfTurns(turns),
    facts,
    rules,
    administrator: true,
    purpose: change,
    reason: '',
    ending: undefined,
    metadata: dispatcher.remember(interaction, dataOf(interaction, type, facts.needsSwap)),
  });
}

/** At once, but where every seat was taken: then a swap is offered first. */
async function tryAgain(
  parts: ChangesHandlerParts,
  interaction: Interaction<ActionArrival>,
): Promise<ModalView> {
  const failed = await parts.service.find(interaction.value);
  if (failed?.state === 'failed' && failed.kind === 'activate' && failed.failure?.code === 'license_full')
    return drawDecision(parts, interaction, 'try_again');
  const decided = await parts.service.decide(interaction.value, { type: 'try_again', ...by(interaction) });
  await refreshPressedCard(parts, interaction);
  if (!decided.ok) return refusedView(TITLE.try_again, decided.reason, decided.change);
  return showResult(parts, interaction, TITLE.try_again, decided.change);
}

/** Approves, or tries again, what was confirmed. */
async function submit(
  parts: ChangesHandlerParts,
  interaction: FormInteraction<DecisionData>,
): Promise<ModalView> {
  const { changeId, event, fromList } = interaction.data;
  if (event === 'deny') throw new RefusedError('This form is no longer valid. Please open it again.');
  const swap = await swapOf(parts, interaction);
  if (swap !== undefined && 'refusal' in swap) return notice(TITLE[event], [section(swap.refusal)]);
  const decided = await parts.service.decide(changeId, {
    type: event,
    ...by(interaction),
    swap: swap?.steps,
  });
  if (fromList) await refreshList(parts, interaction);
  if (!decided.ok) return refusedView(TITLE[event], decided.reason, decided.change);
  return showResult(parts, interaction, TITLE[event], decided.change);
}

/** The steps of the swap that was chosen, checked against the present facts. */
async function swapOf(
  { desk, service }: ChangesHandlerParts,
  { data, values }: FormInteraction<DecisionData>,
): Promise<{ readonly steps: readonly Step[] } | { readonly refusal: string } | undefined> {
  const leaver = data.needsSwap ? values[ids.leaver] : undefined;
  const change = leaver === undefined ? undefined : await service.find(data.changeId);
  if (leaver === undefined || change === undefined) return undefined;
  const turns: readonly Turn[] = [{ userId: leaver, enabled: false }, ...turnsOf(change.steps)];
  const facts: ConfirmFacts = await desk.gather(turns, change.requesterEmail, { workspaces: false });
  if (facts.refusal !== undefined)
    return { refusal: `:no_entry: This exchange is not possible. ${facts.refusal.sentence}` };
  return { steps: stepsOf(facts) };
}
