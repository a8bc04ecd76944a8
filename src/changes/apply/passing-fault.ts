import { WallarooError } from '../../wallaroo/errors.ts';
import { isSignInRefused } from '../../wallaroo/sentences.ts';
import type { ChangeRun } from './change-run.ts';
import { PermanentFault } from './permanent-fault.ts';

// Half a minute lies between two tries, once there have been some.
const FEW_MINUTES = 20;
/** As long as an upgrade of the platform may take. */
const AN_HOUR = 180;
const A_DAY = 4000;

type Tried = Pick<ChangeRun, 'change' | 'cameToWrite' | 'writes'>;

const codeOf = (error: unknown): string => (error instanceof WallarooError ? error.code : '');

/** Whether the bot cannot sign in, or reach Wallaroo safely, until somebody mends that. */
const isLockedOut = (error: unknown): boolean =>
  isSignInRefused(codeOf(error)) || codeOf(error) === 'certificate';

/** Whether another try is worth it, and there is one left. */
export const mayPass = (run: Tried, error: unknown): boolean =>
  (isPassing(error) || isMissedByAll(run, error)) &&
  hasTry(run, mostTries(run, error)) &&
  (mayWriteOften(run, error) || hasWrite(run));

/** Of all, be it that nothing could be read. Faults of our own do not pass with time. */
function mostTries({ change }: Tried, error: unknown): number {
  if (!(error instanceof WallarooError)) return FEW_MINUTES;
  return change.origin === 'timed' ? A_DAY : AN_HOUR;
}

/**
 * Others wait for the seat that a change keeps while its write fails, and nobody can keep or extend an access that is being
 * ended: of these the writes are counted apart. While the platform does not even say how it stands, nobody could do anything,
 * and an activation that was to end lets somebody in until it does.
 */
const mayWriteOften = ({ change }: Tried, error: unknown): boolean =>
  !(error instanceof WallarooError) || (change.origin !== 'timed' && !change.seatReserved);

/**
 * Whether an access would stay because the bot could do nothing for anybody just as it was to end: who mends that would have to
 * know of each that it missed. A permission that lacks at the write may lack for this user alone.
 */
const isMissedByAll = ({ change, cameToWrite }: Tried, error: unknown): boolean =>
  change.origin === 'timed' &&
  (isLockedOut(error) || (codeOf(error) === 'missing_permission' && !cameToWrite));

/** The same once the change has failed and what it did is taken back; even a fault that looks lasting gets some tries. */
export function mayYetBeTakenBack(run: Tried, error: unknown): boolean {
  if (isPassing(error) || isLockedOut(error)) return hasTry(run, 2 * AN_HOUR);
  return run.cameToWrite ? hasWrite(run) : hasTry(run, FEW_MINUTES);
}

const hasTry = ({ change }: Tried, most: number): boolean => change.attempts + 1 < most;

/** A try that came no further than to read, as while the platform is away, uses up none of those to write. */
const hasWrite = ({ cameToWrite, writes }: Tried): boolean => !cameToWrite || writes < FEW_MINUTES;

function isPassing(error: unknown): boolean {
  if (error instanceof WallarooError) return error.retryable;
  return !(error instanceof PermanentFault);
}
