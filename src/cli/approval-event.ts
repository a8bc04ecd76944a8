import { type Change, emailToGuard, isSeveral } from '../changes/change.ts';
import type { ChangeEvent } from '../changes/change-event.ts';
import { presentIn } from '../changes/confirm/present-facts.ts';
import { alteredSteps } from '../changes/decide/alteration.ts';
import { markOf } from '../changes/shown/amended.ts';
import { closedSteps, type HandOver, withHandOvers } from '../changes/steps/hand-over.ts';
import { kindOfStep, type Step } from '../changes/steps/step.ts';
import { type CommandParts, decider } from './command.ts';
import { refuseWithoutSecond } from './second-administrator.ts';

/** What a command line decides about a request. */
export type DecisionEvent = Extract<ChangeEvent, { type: 'approve' | 'amend' | 'deny' }>;

/** What was chosen with an approval: somebody who leaves in exchange, and who takes over workspaces. */
interface Choices {
  readonly swap: readonly Step[] | undefined;
  readonly chosen: readonly HandOver[];
}

/** The steps of the request as they are with that; `undefined` where they stay as they were asked for. */
export function alteredBy(
  change: Change,
  { swap, chosen }: Choices,
  fourEyes: boolean,
): readonly Step[] | undefined {
  const exchanged = swap !== undefined;
  const untouched = (swap ?? change.steps).map((step) => kindOfStep(step).unperformed(step));
  const isChosen = exchanged || chosen.length > 0;
  const steps = isChosen ? withHandOvers(untouched, chosen) : closedSteps(untouched);
  return alteredSteps(change.steps, { steps, exchanged }, fourEyes);
}

/**
 * The approval of it; with four eyes, what was chosen is asked for, and another administrator approves it.
 * @throws CommandError where none is left who could
 */
export async function approvalOf(
  parts: CommandParts,
  change: Change,
  steps: readonly Step[] | undefined,
): Promise<DecisionEvent> {
  const { core } = await parts.office();
  // As the plan showed it: what is altered while somebody reads that is not approved.
  const seen = markOf(change);
  if (steps === undefined || !core.changes.needsApproval(true))
    return { type: 'approve', seen, swap: steps, ...decider() };
  await refuseWithoutSecond(parts, change, steps);
  const facts = await core.desk.ofSteps(steps, emailToGuard(change), { independent: isSeveral(change) });
  const { seats, shown } = presentIn(facts, steps);
  return { type: 'amend', seen, steps, lasting: undefined, seats, shown, ...decider() };
}
