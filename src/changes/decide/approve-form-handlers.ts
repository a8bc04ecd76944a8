import type { ModalView } from '@slack/types';
import { RefusedError } from '../../errors.ts';
import { section } from '../../slack/blocks.ts';
import type { FormInteraction } from '../../slack/form-desk.ts';
import type { Interaction } from '../../slack/interaction.ts';
import { notice } from '../../slack/modal-views.ts';
import { STALE_FORM } from '../../texts/said-often.ts';
import { refusedView } from '../announce/result-views.ts';
import type { Again } from '../ask/confirm-form-handlers.ts';
import { type Change, emailToGuard } from '../change.ts';
import { ids } from '../changes-ids.ts';
import { confirmView } from '../confirm/confirm-views.ts';
import { type ConfirmFacts, kindOfTurns } from '../confirm/confirmation.ts';
import { withChosenHeirs } from '../confirm/hand-over-facts.ts';
import { asksForHeirs } from '../confirm/hand-over-form.ts';
import { readLeaver } from '../confirm/leaver-facts.ts';
import { presentIn } from '../confirm/present-facts.ts';
import { type ChangesHandlerParts, showResult } from '../handler-parts.ts';
import { markOf } from '../shown/amended.ts';
import { closedSteps } from '../steps/hand-over.ts';
import { kindOfStep } from '../steps/step.ts';
import { turnsOf } from '../steps/steps-of.ts';
import { alteredSteps, type Chosen } from './alteration.ts';
import { amendedView } from './amend-views.ts';
import { approveAltered } from './approve-altered-service.ts';
import { reasonsText, toLookAt } from './decide-views.ts';
import {
  by,
  check,
  type DecisionData,
  decisionSchema,
  isStale,
  presentFacts,
  TITLE,
  withLeaver,
} from './decision-parts.ts';
import { refreshList } from './request-list-handlers.ts';

/** The confirmation of an approval, or of another try, from its submission on. */
export function registerApproveForm(parts: ChangesHandlerParts): void {
  parts.dispatcher.form(
    {
      callbackId: ids.approveForm,
      // An owner of a workspace decides about it: who may is checked with the change.
      needs: 'member',
      title: TITLE.approve,
      data: decisionSchema,
      check,
    },
    (interaction) => submit(parts, interaction),
  );
}

interface Decision extends Again {
  readonly change: Change;
  readonly facts: ConfirmFacts;
}

/** The same confirmation as for a direct change, with the present facts of the users by id. */
export function decisionView(
  { dispatcher }: ChangesHandlerParts,
  interaction: Interaction,
  data: DecisionData,
  { change, facts, ...again }: Decision,
): ModalView {
  const turns = turnsOf(change.steps);
  return confirmView({
    kind: kindOfTurns(turns),
    facts,
    administrator: true,
    purpose: change,
    reason: '',
    ending: undefined,
    metadata: dispatcher.remember(interaction, { ...data, seen: markOf(change), needsSwap: facts.needsSwap }),
    ...again,
    ...(turns.length < change.steps.length ? { submit: 'Approve' } : {}),
  });
}

/** Approves, or tries again, what was confirmed. */
async function submit(
  parts: ChangesHandlerParts,
  interaction: FormInteraction<DecisionData>,
): Promise<ModalView> {
  const { changeId, event, fromList, seen } = interaction.data;
  if (event === 'deny') throw new RefusedError(STALE_FORM);
  const change = await parts.service.find(changeId);
  if (event === 'approve' && change !== undefined && (await isStale(parts, interaction, change, seen)))
    return drawAltered(parts, interaction, change);
  const chosen = change && (await chosenSteps(parts, interaction, change));
  if (chosen !== undefined && 'view' in chosen) return chosen.view;
  const decided =
    event === 'approve' && change !== undefined && chosen?.steps !== undefined
      ? await approveAltered(parts, interaction, change, {
          seen,
          swap: alteredSteps(change.steps, chosen, parts.service.needsApproval(true)),
        })
      : await parts.service.decide(changeId, { type: event, seen, ...by(interaction), swap: chosen?.steps });
  if (fromList) await refreshList(parts, interaction);
  if (!decided.ok && decided.reason === 'altered' && decided.change !== undefined)
    return drawAltered(parts, interaction, decided.change);
  if (!decided.ok)
    return refusedView(TITLE[event], decided.reason, decided.change, interaction.actor.personKeys);
  return decided.change.state === 'pending'
    ? amendedView(decided.change, parts.approvalsChannel)
    : showResult(parts, interaction, TITLE[event], decided.change);
}

/** The form drawn again, as somebody has altered the request meanwhile: it is to be sent once more as it stands now. */
async function drawAltered(
  parts: ChangesHandlerParts,
  interaction: FormInteraction<DecisionData>,
  change: Change,
): Promise<ModalView> {
  const { data } = interaction;
  if (data.fromList) await refreshList(parts, interaction);
  const facts = await presentFacts(parts, change);
  const reasons = toLookAt(change, presentIn(facts, change.steps), data.seen);
  return decisionView(parts, interaction, data, { change, facts, banner: reasonsText(reasons) });
}

/** The steps with who leaves in exchange and who takes over; or what is shown where that cannot be. */
async function chosenSteps(
  parts: ChangesHandlerParts,
  interaction: FormInteraction<DecisionData>,
  change: Change,
): Promise<Chosen | { readonly view: ModalView }> {
  const { data, values } = interaction;
  const leaver = data.needsSwap ? values[ids.leaver] : undefined;
  const swap = leaver === undefined ? undefined : await withLeaver(parts, change, leaver);
  if (swap !== undefined && 'refusal' in swap)
    return { view: notice(TITLE[data.event], [section(swap.refusal)]) };
  // Decided by somebody else meanwhile: there is nothing to choose, and they are told so.
  if (change.state !== 'pending' && change.state !== 'failed') return { steps: undefined, exchanged: false };
  const untouched = swap?.steps ?? change.steps.map((step) => kindOfStep(step).unperformed(step));
  const settled = await withChosenHeirs(parts.wallaroo, values, untouched);
  if (!settled.ok) return { view: await askMore(parts, interaction, change, settled.banner) };
  const isChosen = swap !== undefined || asksForHeirs(values);
  const unasked = data.event === 'approve' ? closedSteps(untouched) : undefined;
  return { steps: isChosen ? settled.steps : unasked, exchanged: swap !== undefined };
}

/** The form drawn again, with the workspaces that it did not ask about. */
async function askMore(
  parts: ChangesHandlerParts,
  interaction: FormInteraction<DecisionData>,
  change: Change,
  banner: string,
): Promise<ModalView> {
  const { data, values } = interaction;
  const facts = await presentFacts(parts, change);
  const leaver = await readLeaver(parts.desk, values, emailToGuard(change));
  const again: Again = { banner, filled: values };
  return decisionView(parts, interaction, data, { change, facts: { ...facts, leaver }, ...again });
}
