import type { Duty } from './recurring-pass.ts';

/** After a run that failed, so that a lasting fault does not fill the log. */
const RETRY_MS = 60_000;

/** A duty that is due at the start and then every `everyMs`, however often the pass comes by. */
export function nowAndThen(duty: Duty, everyMs: number, monotonicMs: () => number): Duty {
  let dueMs = Number.NEGATIVE_INFINITY;
  return {
    ...duty,
    run: async (alive) => {
      if (monotonicMs() < dueMs) return;
      dueMs = monotonicMs() + Math.min(everyMs, RETRY_MS);
      await duty.run(alive);
      dueMs = monotonicMs() + everyMs;
    },
  };
}
