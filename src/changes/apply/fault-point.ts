/** Where a test may stop the process, in the order in which a change passes them. */
export type FaultPoint =
  | 'begun'
  | 'locked'
  | 'before_write'
  | 'after_write'
  | 'before_outcome'
  | 'after_outcome'
  | 'before_post'
  | 'after_post'
  | 'before_update'
  | 'after_update';

/**
 * For crash tests alone: `TEST_KILL_AT=after_write:2` ends the process with SIGKILL when that point is passed for
 * the second time. Without it nothing ever happens.
 */
export function faultPointFrom(
  env: Readonly<Record<string, string | undefined>>,
): (point: FaultPoint) => Promise<void> {
  const [wanted, count = '1'] = (env.TEST_KILL_AT ?? '').split(':');
  let left = Number(count);
  return async (point) => {
    if (point !== wanted) return;
    left -= 1;
    if (left === 0) process.kill(process.pid, 'SIGKILL');
  };
}
