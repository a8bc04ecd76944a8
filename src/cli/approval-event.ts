import { type Change, emailToGuard, isSeveral } from '../changes/change.ts';
import type { ChangeEvent } from '../changes/change-event.ts';
import { presentIn } from '../changes/confirm/present-facts.ts';
import { closedSteps, type HandOver, leftToApprover, withHandOvers } from '../changes/steps/hand-over.ts';
import { kindOfStep, type Step } from '../changes/steps/step.ts';
import { type CommandParts, decider } from './command.ts';

/** What a command line decides about a request. */
export type DecisionEvent = Extract<ChangeEvent, { type: 'approve' | 'amend' | 'deny' }>;

/** What was chosen with an approval: somebody who leaves in exchange, and who takes over workspaces. */
interface Chosen {
  readonly swap: readonly Step[] | undefined;
  readonly chosen: readonly HandOver[];
}

/**
 * The steps of the request as they are with that; `undefined` where they stay as they were asked for. With four eyes, who
 * leaves a workspace without an owner chooses nothing that was not asked for.
 */
export function alteredBy(
  change: Change,
  { swap, chosen }: Chosen,
  fourEyes: boolean,
): readonly Step[] | undefined {
  const namesHeirs = chosen.some(({ to }) => to !== undefined);
  if (fourEyes && !namesHeirs && leftToApprover(change.steps)) return swap;
  if (chosen.length === 0) return fourEyes ? swap : (closedSteps(swap ?? change.steps) ?? swap);
  const untouched = (swap ?? change.steps).map((step) => kindOfStep(step).unperformed(step));
  return withHandOvers(untouched, chosen);
}

/** The approval of it; with four eyes, what was chosen is asked for, and another administrator approves it. */
export async function approvalOf(
  parts: CommandParts,
  change: Change,
  steps: readonly Step[] | undefined,
): Promise<DecisionEvent> {
  const { core } = await parts.office();
  if (steps === undefined || !core.changes.needsApproval(true))
    return { type: 'approve', swap: steps, ...decider() };
  const facts = await core.desk.ofSteps(steps, emailToGuard(change), { independent: isSeveral(change) });
  const { seats, shown } = presentIn(facts, steps);
  return { type: 'amend', steps, lasting: undefined, seats, shown, ...decider() };
}
