import { Cron } from 'croner';

export interface Schedule {
  /** Empty: never. */
  readonly cron: string;
  /** IANA name. */
  readonly timeZone: string;
}

/** A slot missed while the bot was down is caught up for this long. */
export const CATCH_UP_MS = 12 * 3_600_000;

/** The slot that is due at `now`, if it is later than `after`. */
export type DueSlot = (after: Date, now: Date) => Date | undefined;

/**
 * Finds due slots. Of several that were missed only the latest is due, once, and none that is older than 12 hours.
 * Times of day that a clock change leaves out or repeats still have one slot, unless the hour or minute is a
 * wildcard or a step.
 */
export function createDueSlot({ cron, timeZone }: Schedule): DueSlot {
  if (cron === '') return () => undefined;
  // Where the rules of zones are not needed, they are not loaded: 5 MB.
  const zone = timeZone === 'UTC' ? { utcOffset: 0 } : { timezone: timeZone };
  const pattern = new Cron(cron, { ...zone, paused: true, fixedTimeRule: 'no-wildcard' });
  return (after, now) => {
    // Croner looks strictly before the moment given; a slot is due in its very millisecond.
    const [latest] = pattern.previousRuns(1, new Date(now.getTime() + 1));
    const due = latest !== undefined && latest > after && now.getTime() - latest.getTime() <= CATCH_UP_MS;
    return due ? latest : undefined;
  };
}
