import { quotedName } from '../../texts/plain-text.ts';
import type { Step } from '../steps/step.ts';
import { isUntouched, TIME_IS_OVER } from '../steps/steps-of.ts';
import type { ChangeRun } from './change-run.ts';
import { endsBroughtBack } from './ends-brought-back.ts';
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

/**
 * The same for an undo that brings somebody back whose access was to end by now: the end, which stands as before, would put them
 * out again at once.
 * @throws PermanentFault
 */
export async function refuseOnceEndHasPassed(
  { change, parts }: Pick<ChangeRun, 'change' | 'parts'>,
  steps: readonly Step[],
): Promise<void> {
  if (change.parentId === undefined || !steps.every(isUntouched)) return;
  const now = parts.now();
  const passed = (await endsBroughtBack(parts.db, { ...change, steps })).find(({ at }) => at <= now);
  if (passed === undefined) return;
  const end = passed.at.toISOString().slice(0, 16).replace('T', ' ');
  throw new PermanentFault(
    TIME_IS_OVER,
    `The access of ${quotedName(passed.label)} was to end ${end} UTC. That has passed, so nobody was let in again. Activate the user to let them in.`,
  );
}
