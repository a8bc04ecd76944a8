import type { ApplyParts } from './apply-parts.ts';

/**
 * For crash tests alone: `TEST_KILL_AT=after_write:2` ends the process with SIGKILL when that point is passed for
 * the second time. Without it nothing ever happens.
 */
export function faultPointFrom(env: Readonly<Record<string, string | undefined>>): ApplyParts['faultPoint'] {
  const [wanted, count = '1'] = (env.TEST_KILL_AT ?? '').split(':');
  let left = Number(count);
  return async (point) => {
    if (point !== wanted) return;
    left -= 1;
    if (left === 0) process.kill(process.pid, 'SIGKILL');
  };
}
