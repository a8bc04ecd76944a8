import { WallarooError } from '../../wallaroo/errors.ts';
import type { ChangeRun } from './change-run.ts';
import { PermanentFault } from './permanent-fault.ts';

// Half a minute lies between two tries, once there have been some.
const FEW_MINUTES = 20;
/** As long as an upgrade of the platform may take. */
const AN_HOUR = 180;
const A_DAY = 4000;

type Tried = Pick<ChangeRun, 'change' | 'cameToWrite'>;

/** Whether another try is worth it, and there is one left. */
export const mayPass = (run: Tried, error: unknown): boolean =>
  isPassing(error) && hasTry(run, mostTries(run, error));

/**
 * Others wait for the seat that a change keeps while its write fails, and nobody can keep or extend an access that is being
 * ended; while the platform does not even say how it stands, nobody could do anything. An activation that was to end lets
 * somebody in until it does. Faults of our own do not pass with time.
 */
function mostTries({ change, cameToWrite }: Tried, error: unknown): number {
  if (!(error instanceof WallarooError)) return FEW_MINUTES;
  if (change.origin === 'timed') return cameToWrite ? FEW_MINUTES : A_DAY;
  return change.seatReserved && cameToWrite ? FEW_MINUTES : AN_HOUR;
}

/** The same once the change has failed and what it did is taken back; even a fault that looks lasting gets some tries. */
export const mayYetBeTakenBack = (run: Tried, error: unknown): boolean =>
  hasTry(run, isPassing(error) ? 2 * AN_HOUR : FEW_MINUTES);

const hasTry = ({ change }: Tried, most: number): boolean => change.attempts + 1 < most;

function isPassing(error: unknown): boolean {
  if (error instanceof WallarooError) return error.retryable;
  return !(error instanceof PermanentFault);
}
