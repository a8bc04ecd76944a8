import { Cron } from 'croner';
import type { Config } from '../config.ts';
import { type Check, right, wrong } from './check.ts';

const SHOWN = 3;

/** When the next digests come. */
export function scheduleCheck(config: Config, now: () => Date): Check {
  return {
    name: 'Digest schedule',
    needs: ['DIGEST_CRON', 'DIGEST_TIMEZONE'],
    run: async () => {
      const { DIGEST_CRON: pattern, DIGEST_TIMEZONE: timezone } = config;
      if (pattern === '') return right('never: DIGEST_CRON is empty');
      const runs = new Cron(pattern, { timezone, paused: true }).nextRuns(SHOWN, now());
      if (runs.length === 0)
        return wrong(`no day ever fits ${pattern}`, 'correct DIGEST_CRON, or leave it empty for never');
      const format = new Intl.DateTimeFormat('en-GB', {
        timeZone: timezone,
        weekday: 'short',
        day: 'numeric',
        month: 'short',
        year: 'numeric',
        hour: '2-digit',
        minute: '2-digit',
      });
      return right(`next on ${runs.map((run) => format.format(run)).join('; ')} (${timezone})`);
    },
  };
}
