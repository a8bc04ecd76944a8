import type { Change, Failure, Step, SwitchStep } from '../change.ts';
import type { ApplyParts } from './apply-parts.ts';
import { takesFreeSeat } from './free-seats.ts';
import type { Progress } from './perform-steps.ts';
import { PermanentFault } from './permanent-fault.ts';

/**
 * Takes back what a change did before it failed for good, so that a swap is both steps or neither. Its seat stays
 * reserved until the end, so that no other change takes it meanwhile. Returns why it failed, with what could not be
 * taken back.
 */
export async function takeBack(
  parts: ApplyParts,
  change: Change,
  failure: Failure,
  progress: Progress,
): Promise<Failure> {
  if (change.steps.length === 1) return failure;
  let current = change;
  let told = failure;
  // The last write first: going back must not exceed the limit either.
  for (const [index, step] of [...change.steps.entries()].reverse()) {
    if (step.type !== 'switch' || !mayBeDone(step)) continue;
    if (!step.enabled && !(await seatIsFree(parts, change, step))) {
      told = { ...failure, sentence: `${failure.sentence} ${SEAT_IS_GONE}` };
      continue;
    }
    await parts.faultPoint('before_write');
    await parts.wallaroo.setUserEnabled(step.userId, !step.enabled);
    await parts.faultPoint('after_write');
    const back: Step = { ...step, after: !step.enabled, takenBack: true };
    const steps = current.steps.map((kept, at) => (at === index ? back : kept));
    current = await progress(steps, current.seatReserved, failure);
  }
  return told;
}

const SEAT_IS_GONE =
  'The user who was to leave could not be put back: somebody outside Slack has taken the seat meanwhile.';

/** Whether the step was begun and would have altered its user; a write may have taken effect without an answer. */
const mayBeDone = (step: SwitchStep): boolean =>
  step.before !== undefined && step.before !== step.enabled && step.takenBack !== true;

async function seatIsFree(parts: ApplyParts, { id }: Change, step: SwitchStep): Promise<boolean> {
  try {
    await takesFreeSeat(parts, { id, steps: [{ ...step, enabled: true }] });
    return true;
  } catch (error) {
    if (error instanceof PermanentFault) return false;
    throw error;
  }
}
