import { endOfChange, type TimedEnds } from '../../license/active-until.ts';
import { NOT_LATER, PASSED } from '../steps/end-outcome.ts';
import { endsAsked } from '../steps/end-steps.ts';
import type { Step } from '../steps/step.ts';
import type { ConfirmFacts, ConfirmRefusal } from './confirmation.ts';

/** The facts of a change with why it moves no end at `now`. */
export const withEndRefusal = (facts: ConfirmFacts, steps: readonly Step[], now: Date): ConfirmFacts => ({
  ...facts,
  refusal: facts.refusal ?? endRefusal(steps, facts.ends, now),
});

/** Why an end that these steps are to move stays where it is by now. */
function endRefusal(steps: readonly Step[], ends: TimedEnds, now: Date): ConfirmRefusal | undefined {
  for (const { changeId, until, label } of endsAsked(steps)) {
    const at = endOfChange(changeId, ends);
    if (at === undefined || until === undefined) continue;
    if (until <= at) return { label, sentence: NOT_LATER };
    if (until <= now) return { label, sentence: PASSED };
  }
  return undefined;
}
