import { TIME_IS_OVER } from '../change.ts';
import { isUntouched } from '../steps/steps-of.ts';
import type { ChangeRun } from './change-run.ts';
import { PermanentFault } from './permanent-fault.ts';

/**
 * A change that lets somebody in until a moment waited for Wallaroo, or somebody pressed `Try again`, and that has passed: it
 * would let them in and at once out again. What a try may have done already goes on, and ends at once.
 * @throws PermanentFault
 */
export function refuseOnceTimeIsOver({
  change,
  parts,
}: {
  readonly change: Pick<ChangeRun['change'], 'endsAt' | 'steps'>;
  readonly parts: Pick<ChangeRun['parts'], 'now'>;
}): void {
  const { endsAt, steps } = change;
  if (endsAt === undefined || endsAt > parts.now() || !steps.every(isUntouched)) return;
  throw new PermanentFault(
    TIME_IS_OVER,
    'The time for which this was asked is over by now, so nobody was let in. Ask for it with a later end.',
  );
}
