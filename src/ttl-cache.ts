import { LRUCache } from 'lru-cache';

export interface TtlCacheOptions {
  /** The least recently used goes when another comes. */
  readonly most: number;
  readonly ttlMs: number;
  /** Never goes back nor jumps, so that a changed clock neither forgets a value nor keeps it. */
  readonly monotonicMs: () => number;
}

/** Values that are kept for a while. Limited by size: for `max` entries the package takes the memory at once. */
export const ttlCache = <Value extends object>({ most, ttlMs, monotonicMs }: TtlCacheOptions) =>
  new LRUCache<string, Value>({
    maxSize: most,
    sizeCalculation: () => 1,
    ttl: ttlMs,
    ttlResolution: 0,
    perf: { now: monotonicMs },
  });
