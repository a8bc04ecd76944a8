import { WallarooError } from '../../wallaroo/errors.ts';
import type { ChangeRun } from './change-run.ts';
import { PermanentFault } from './permanent-fault.ts';

const MOST_ATTEMPTS = 20;

export const isLastTry = ({ change }: Pick<ChangeRun, 'change'>): boolean =>
  change.attempts + 1 >= MOST_ATTEMPTS;

/** Whether another try is worth it, and there is one left. */
export const mayPass = (run: Pick<ChangeRun, 'change'>, error: unknown): boolean =>
  isPassing(error) && !isLastTry(run);

function isPassing(error: unknown): boolean {
  if (error instanceof WallarooError) return error.retryable;
  return !(error instanceof PermanentFault);
}
