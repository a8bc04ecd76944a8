import type { Level } from '../license/seats.ts';

const RANK: Readonly<Record<Level, number>> = { free: 0, near: 1, full: 2, over: 3 };

/** Whether the license went up to a higher level: to the threshold, to the limit, above it. Each rise is warned of once. */
export const hasRisen = (before: Level, after: Level): boolean => RANK[after] > RANK[before];

export const hasFallen = (before: Level, after: Level): boolean => hasRisen(after, before);
