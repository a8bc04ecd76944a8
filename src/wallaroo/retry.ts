import pRetry from 'p-retry';
import { WallarooError } from './errors.ts';
import type { Wire } from './wire.ts';

const RETRIES = 2;
const FIRST_WAIT_MS = 250;
/** Longer than this nobody waits who has pressed a button; the error then says when to come back. */
const LONGEST_WAIT_MS = 5_000;

/**
 * Runs what may safely run twice: reads and sign-ins, never a write. Repeats after 429, 5xx, a cut
 * connection and a broken reply; not after a timeout, which has used up the patience already. Waits what
 * `Retry-After` says, otherwise a jittered 250 to 500 ms, then twice that.
 */
export function repeatable<T>(wire: Wire, run: () => Promise<T>): Promise<T> {
  return pRetry(run, {
    retries: RETRIES,
    // The waiting is ours: `shouldRetry` does it.
    minTimeout: 0,
    shouldRetry: async ({ error, attemptNumber }) => {
      if (!(error instanceof WallarooError) || !error.retryable || error.code === 'timeout') return false;
      const backoffMs = FIRST_WAIT_MS * 2 ** (attemptNumber - 1) * (1 + wire.random());
      const waitMs = error.retryAfterMs ?? backoffMs;
      if (waitMs > LONGEST_WAIT_MS) return false;
      await wire.delay(waitMs);
      return true;
    },
  });
}
