import { sql } from 'kysely';
import type { DatabaseKind } from './connect.ts';
import type { Db } from './tables.ts';

const SAMPLES = 3;
const MEASURE_EVERY_MS = 60_000;
/** Of which a person is told: requests would expire, and ends be due, noticeably early or late. */
const FAR_OFF_MS = 5000;

/** The clock of leases and claims: one for all processes on a database, however their own clocks differ. */
export interface DatabaseClock {
  readonly now: () => Date;
  /** How far the process's own clock is ahead of it, ms; negative: behind. As measured last. */
  aheadMs(): number;
  /** Measures again where the last time is a minute ago: two clocks drift apart, and one may be set. */
  follow(): Promise<void>;
}

/** `own` is the process's clock, `monotonicMs` counts milliseconds whatever becomes of that. */
export interface OwnClock {
  readonly own: () => Date;
  readonly monotonicMs: () => number;
  /** Told of a clock that is far off, at each measuring. @default nobody */
  readonly onFarOff?: ((sentence: string) => void) | undefined;
}

/**
 * On PostgreSQL the server's clock, measured and then carried on by the monotonic clock, so that neither a wrong clock
 * of this machine nor one that is set tells anything of a lease. Processes that share a file share a machine: there it is
 * the process's own.
 */
export async function databaseClock(db: Db, kind: DatabaseKind, clock: OwnClock): Promise<DatabaseClock> {
  const { own, monotonicMs, onFarOff } = clock;
  if (kind === 'file') return { now: own, aheadMs: () => 0, follow: async () => undefined };
  const look = async (): Promise<Measured> => {
    const seen = await measure(db, clock);
    const farOff = farOffSentence(seen.aheadMs);
    if (farOff !== undefined) onFarOff?.(farOff);
    return seen;
  };
  let measured = await look();
  return {
    now: () => new Date(measured.databaseMs + monotonicMs() - measured.atMs),
    aheadMs: () => measured.aheadMs,
    follow: async () => {
      if (monotonicMs() - measured.atMs >= MEASURE_EVERY_MS) measured = await look();
    },
  };
}

/** Says so of a clock that is off by more than people should bear; `undefined` for one that agrees. */
export function farOffSentence(aheadMs: number): string | undefined {
  if (Math.abs(aheadMs) < FAR_OFF_MS) return undefined;
  const seconds = Math.round(Math.abs(aheadMs) / 1000);
  return `this machine's clock is ${seconds} s ${aheadMs > 0 ? 'ahead of' : 'behind'} the database's`;
}

interface Measured {
  /** What the database's clock showed when the monotonic one showed `atMs`. */
  readonly databaseMs: number;
  readonly atMs: number;
  readonly aheadMs: number;
}

/** The quickest of several answers tells most exactly: it is wrong by half its way at most. */
async function measure(db: Db, { own, monotonicMs }: OwnClock): Promise<Measured> {
  let best: (Measured & { readonly tookMs: number }) | undefined;
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    const sentMs = monotonicMs();
    const { rows } = await sql<{
      ms: number;
    }>`select (extract(epoch from clock_timestamp()) * 1000)::float8 as ms`.execute(db);
    const atMs = monotonicMs();
    const tookMs = atMs - sentMs;
    const databaseMs = (rows[0]?.ms ?? 0) + tookMs / 2;
    if (best === undefined || tookMs < best.tookMs)
      best = { databaseMs, atMs, aheadMs: own().getTime() - databaseMs, tookMs };
  }
  if (best === undefined) throw new Error('no sample of the clock of the database');
  return best;
}
