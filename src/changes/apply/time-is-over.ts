import { quotedName } from '../../texts/plain-text.ts';
import { kindOfStep, type Step } from '../steps/step.ts';
import { isOpen, isUntouched, TIME_IS_OVER, turnsOf } from '../steps/steps-of.ts';
import type { ChangeRun } from './change-run.ts';
import type { EndBroughtBack } from './ends-brought-back.ts';
import { PermanentFault } from './permanent-fault.ts';

type Run = Pick<ChangeRun, 'change' | 'parts'>;

/**
 * A change that lets somebody in until a moment waited for Wallaroo, or somebody pressed `Try again`, and that has passed: it
 * would let them in and at once out again. What a try has done already goes on, and ends at once.
 * @throws PermanentFault
 */
export async function refuseOnceTimeIsOver({ change, parts }: Run): Promise<void> {
  const { endsAt, steps } = change;
  if (endsAt === undefined || endsAt > parts.now() || !(await haveDoneNothing(parts, steps))) return;
  throw new PermanentFault(
    TIME_IS_OVER,
    'The time for which this was asked is over by now, so nobody was let in. Ask for it with a later end.',
  );
}

/**
 * The same for an undo that brings somebody back whose access was to end by now: the end, which stands as before, would put them
 * out again at once; or it was dropped, and they would stay. `ends`: those that the change brings back.
 * @throws PermanentFault
 */
export async function refuseOnceEndHasPassed(
  { parts }: Pick<Run, 'parts'>,
  steps: readonly Step[],
  ends: readonly EndBroughtBack[],
): Promise<void> {
  const now = parts.now();
  const comes = (userId: string): boolean => turnsOf(steps).some((turn) => turn.userId === userId);
  const passed = ends.find(({ at, userId }) => at <= now && comes(userId));
  if (passed === undefined || !(await haveDoneNothing(parts, steps))) return;
  const end = passed.at.toISOString().slice(0, 16).replace('T', ' ');
  throw new PermanentFault(
    TIME_IS_OVER,
    `The access of ${quotedName(passed.label)} was to end ${end} UTC. That has passed, so nobody was let in again. Activate the user to let them in.`,
  );
}

/** Whether these steps have switched nobody yet: of a write that failed, or was left without an answer, the platform tells. */
async function haveDoneNothing({ wallaroo }: Run['parts'], steps: readonly Step[]): Promise<boolean> {
  for (const step of steps) {
    if (isUntouched(step)) continue;
    const turn = kindOfStep(step).turns(step);
    if (turn === undefined || !isOpen(step)) return false;
    const user = await wallaroo.getUser(turn.userId);
    if (user?.enabled === turn.enabled) return false;
  }
  return true;
}
