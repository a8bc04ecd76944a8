import { WallarooError } from '../../wallaroo/errors.ts';
import type { ChangeRun } from './change-run.ts';
import { PermanentFault } from './permanent-fault.ts';

const MOST_TRIES = 20;
/** About an hour more: what a change has done before it failed must not stay because an upgrade of the platform takes long. */
const MOST_TRIES_WHILE_TAKING_BACK = MOST_TRIES + 160;

type Tried = Pick<ChangeRun, 'change'>;

const hasTry = ({ change }: Tried, most: number): boolean => change.attempts + 1 < most;

/** Whether another try is worth it, and there is one left. */
export const mayPass = (run: Tried, error: unknown): boolean => isPassing(error) && hasTry(run, MOST_TRIES);

/** The same once the change has failed and what it did is taken back; even a fault that looks lasting gets some tries. */
export const mayYetBeTakenBack = (run: Tried, error: unknown): boolean =>
  hasTry(run, isPassing(error) ? MOST_TRIES_WHILE_TAKING_BACK : MOST_TRIES);

function isPassing(error: unknown): boolean {
  if (error instanceof WallarooError) return error.retryable;
  return !(error instanceof PermanentFault);
}
