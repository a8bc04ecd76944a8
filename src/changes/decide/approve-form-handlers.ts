import type { ModalView } from '@slack/types';
import { RefusedError } from '../../errors.ts';
import { section } from '../../slack/blocks.ts';
import type { FormInteraction } from '../../slack/form-desk.ts';
import { notice } from '../../slack/modal-views.ts';
import { refusedView } from '../announce/result-views.ts';
import type { Change } from '../change.ts';
import { ids } from '../changes-ids.ts';
import { handOversIn } from '../confirm/hand-over-form.ts';
import { type ChangesHandlerParts, showResult } from '../handler-parts.ts';
import { leftToApprover, withHandOvers } from '../steps/hand-over.ts';
import { kindOfStep, type Step } from '../steps/step.ts';
import { amendedView } from './amend-views.ts';
import { approveAltered } from './approve-altered-service.ts';
import { by, check, type DecisionData, decisionSchema, TITLE, withLeaver } from './decision-parts.ts';
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

/** Approves, or tries again, what was confirmed. */
async function submit(
  parts: ChangesHandlerParts,
  interaction: FormInteraction<DecisionData>,
): Promise<ModalView> {
  const { changeId, event, fromList, needsSwap, orphans } = interaction.data;
  if (event === 'deny') throw new RefusedError('This form is no longer valid. Please open it again.');
  const leaver = needsSwap ? interaction.values[ids.leaver] : undefined;
  const isAltered = leaver !== undefined || orphans !== undefined;
  const change = isAltered ? await parts.service.find(changeId) : undefined;
  const swap =
    leaver === undefined || change === undefined ? undefined : await withLeaver(parts, change, leaver);
  if (swap !== undefined && 'refusal' in swap) return notice(TITLE[event], [section(swap.refusal)]);
  const steps = change && orphans && (await withHeirs(parts, interaction, swap?.steps ?? change.steps));
  const chosen = steps ?? swap?.steps;
  // With four eyes, who leaves a workspace without an owner chooses nothing that was not asked for.
  const isAsAsked =
    leaver === undefined &&
    chosen !== undefined &&
    !takesOver(change, chosen) &&
    leftToApprover(change?.steps ?? []);
  const altered = parts.service.needsApproval(true) && isAsAsked ? undefined : chosen;
  const decided =
    event === 'approve' && change !== undefined
      ? await approveAltered(parts, interaction, change, { swap: altered })
      : await parts.service.decide(changeId, { type: event, ...by(interaction), swap: altered });
  if (fromList) await refreshList(parts, interaction);
  if (!decided.ok) return refusedView(TITLE[event], decided.reason, decided.change);
  return decided.change.state === 'pending'
    ? amendedView(decided.change, parts.approvalsChannel)
    : showResult(parts, interaction, TITLE[event], decided.change);
}

/** Whether the chosen steps name somebody who takes over a workspace, beyond those of the change. */
const takesOver = (change: Change | undefined, chosen: readonly Step[]): boolean =>
  chosen.length > (change?.steps.length ?? 0);

/** The steps with who takes over the workspaces first. */
async function withHeirs(
  { wallaroo }: ChangesHandlerParts,
  { data, values }: FormInteraction<DecisionData>,
  steps: readonly Step[],
): Promise<readonly Step[]> {
  const users = await wallaroo.listUsers({ evenIfCut: true });
  const untouched = steps.map((step) => kindOfStep(step).unperformed(step));
  return withHandOvers(untouched, handOversIn(values, data.orphans, users));
}
