import { endOfChange, type TimedEnds } from '../../license/active-until.ts';
import { NOT_LATER } from '../steps/end-outcome.ts';
import { endsAsked } from '../steps/end-steps.ts';
import type { Step } from '../steps/step.ts';
import type { ConfirmFacts, ConfirmRefusal } from './confirmation.ts';

/** The facts of a change with why it moves no end. */
export const withEndRefusal = (facts: ConfirmFacts, steps: readonly Step[]): ConfirmFacts => ({
  ...facts,
  refusal: facts.refusal ?? endRefusal(steps, facts.ends),
});

/** Why an end that these steps are to move stays where it is by now. */
function endRefusal(steps: readonly Step[], ends: TimedEnds): ConfirmRefusal | undefined {
  const overtaken = endsAsked(steps).find(({ changeId, until }) => {
    const at = endOfChange(changeId, ends);
    return at !== undefined && until !== undefined && until <= at;
  });
  return overtaken && { label: overtaken.label, sentence: NOT_LATER };
}
