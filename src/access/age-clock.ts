/** A jump of the wall clock against the monotonic one; less is the two being read one after the other. */
const JUMP_MS = 1000;

/**
 * A clock for ages: it never goes back, so that what is kept too long is never taken for new. It follows the monotonic
 * clock, and the wall clock where that jumps ahead: a machine that slept has not counted on its monotonic one.
 * @returns ms since some moment
 */
export function ageClock(now: () => Date, monotonicMs: () => number): () => number {
  let aheadMs = now().getTime() - monotonicMs();
  let sleptMs = 0;
  return () => {
    const steadyMs = monotonicMs();
    const jumpedMs = now().getTime() - steadyMs - aheadMs;
    if (Math.abs(jumpedMs) > JUMP_MS) aheadMs += jumpedMs;
    if (jumpedMs > JUMP_MS) sleptMs += jumpedMs;
    return steadyMs + sleptMs;
  };
}
