import { leftToApprover } from '../steps/hand-over.ts';
import { kindOfStep, type Step } from '../steps/step.ts';

/** What an approver chose beside saying yes. */
export interface Chosen {
  /** The steps with that; `undefined` where nothing was to be chosen. */
  readonly steps: readonly Step[] | undefined;
  /** Somebody was chosen who leaves in exchange. */
  readonly exchanged: boolean;
}

/**
 * The steps in place of those that were asked for; `undefined` where these stay. With four eyes another administrator
 * approves them: so who says only yes, or leaves a workspace without an owner, chooses nothing that was not asked for.
 */
export function alteredSteps(
  asked: readonly Step[],
  { steps, exchanged }: Chosen,
  fourEyes: boolean,
): readonly Step[] | undefined {
  if (steps === undefined || !fourEyes) return steps;
  return exchanged || takesOver(asked, steps) || !leftToApprover(asked) ? steps : undefined;
}

/** Whether the chosen steps name somebody who takes over a workspace, beyond those that were asked for. */
function takesOver(asked: readonly Step[], chosen: readonly Step[]): boolean {
  const keys = new Set(asked.map(keyOf));
  return chosen.some((step) => !keys.has(keyOf(step)));
}

const keyOf = (step: Step): string => kindOfStep(step).key(step);
