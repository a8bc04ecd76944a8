import { type Failure, isSeveral } from '../change.ts';
import { besideHandOvers, handOverSteps } from '../steps/hand-over.ts';
import { kindOfStep, type Step } from '../steps/step.ts';
import { anyAltered } from '../steps/steps-of.ts';
import type { ChangeRun } from './change-run.ts';
import { stepRun } from './step-run.ts';

/**
 * Takes back what a change did before it failed for good, so that a swap is both steps or neither; of several that are
 * independent only hand-overs are, where nobody has left for them. Its seat stays
 * reserved until the end, so that no other change takes it meanwhile. Returns why it failed, with what could not be
 * taken back.
 */
export async function takeBack(run: ChangeRun, failure: Failure): Promise<Failure> {
  const { steps } = run.change;
  if (steps.length === 1) return failure;
  const left: string[] = [];
  const takenBack = isSeveral(run.change) ? inVain(steps) : steps;
  // The last write first: going back must not exceed the limit either.
  for (const [index, step] of [...steps.entries()].reverse()) {
    if (!takenBack.includes(step)) continue;
    const hindrance = await kindOfStep(step).takeBack(step, stepRun(run, index));
    if (hindrance !== undefined) left.push(hindrance);
  }
  return { ...failure, sentence: [failure.sentence, ...left].join(' ') };
}

/** The hand-overs where nobody has left for whom they were made. */
const inVain = (steps: readonly Step[]): readonly Step[] =>
  anyAltered(besideHandOvers(steps)) ? [] : handOverSteps(steps);
