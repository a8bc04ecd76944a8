import { Cron } from 'croner';
import * as z from 'zod';

const LEAST_GAP_MS = 60_000;
/** As many as there are in an hour of every second would be enough to see any rhythm of seconds. */
const RUNS_LOOKED_AT = 100;
const FIELDS = /^(@[a-z]+|\S+( +\S+){4,6})$/i;

/**
 * The least time between two of the next runs of a cron expression, ms; infinite when it comes once. `undefined` when it
 * is no such expression, `'never'` when no day ever fits it.
 */
export function cronGapMs(pattern: string, from: Date = new Date()): number | 'never' | undefined {
  if (!FIELDS.test(pattern)) return undefined;
  try {
    const runs = new Cron(pattern, { paused: true, timezone: 'UTC' }).nextRuns(RUNS_LOOKED_AT, from);
    if (runs.length === 0) return 'never';
    return Math.min(...runs.slice(1).map((run, index) => run.getTime() - (runs[index]?.getTime() ?? 0)));
  } catch {
    // It throws for each pattern that it does not understand, with a class of its own that is not exported.
    return undefined;
  }
}

/** When to do something again and again; empty for never. */
export const cron = z.string().superRefine((pattern, context) => {
  if (pattern === '') return;
  const gapMs = cronGapMs(pattern);
  const fault = (message: string) => context.addIssue({ code: 'custom', message });
  if (gapMs === undefined) fault('a cron expression like 0 9 * * 1, or empty for never');
  else if (gapMs === 'never')
    fault('a cron expression that a day fits; no day ever fits this one (leave it empty for never)');
  else if (gapMs < LEAST_GAP_MS)
    fault('a cron expression that comes once a minute at most; the first of six fields are seconds');
});
