import { activationsSeenOutside } from '../../db/seen-outside.ts';
import type { Db } from '../../db/tables.ts';
import { kindOfStep } from '../steps/step.ts';
import { fromRows } from './change-rows.ts';

/** Longer ago nobody counts it as a sign of life, ms. */
const LATELY_MS = 366 * 86_400_000;
/** How far the clocks of replicas may differ, ms: so much is read again. */
const CLOCKS_APART_MS = 86_400_000;
/** In one page: between pages others have their turn. */
const A_PAGE = 100;

/** What was read so far of one database: what has been applied stays so, and a year of it is much to read. */
interface Memory {
  readonly letIn: Map<string, Date>;
  /** The latest of them, ms since 1970. */
  upToMs: number;
  /** The latest that was seen outside the bot, ms since 1970. */
  outsideUpToMs: number;
  reading: Promise<unknown>;
}

const memories = new WeakMap<Db, Memory>();

/**
 * When somebody was let in last, activated or invited, through the bot or noticed outside it, within a year: by user id, and
 * by the email in small letters where the platform told no id. Reads only what has come since the last time.
 */
export async function lettingIn(db: Db, now: Date): Promise<ReadonlyMap<string, Date>> {
  const memory = memories.get(db) ?? {
    letIn: new Map(),
    upToMs: 0,
    outsideUpToMs: 0,
    reading: Promise.resolve(),
  };
  memories.set(db, memory);
  const reading = memory.reading.then(async () => {
    await readOn(db, memory, now);
    await readOutside(db, memory, now);
  });
  // The next one reads after this one, whatever comes of it.
  memory.reading = reading.catch(() => undefined);
  await reading;
  return memory.letIn;
}

async function readOn(db: Db, memory: Memory, now: Date): Promise<void> {
  let from = { at: startOf(memory.upToMs, now), id: '' };
  while (true) {
    const rows = await appliedFrom(db, from);
    for (const { appliedAt, steps } of fromRows(rows)) {
      if (appliedAt === undefined) continue;
      for (const step of steps) {
        const seat = kindOfStep(step).seat(step);
        if (seat?.effect === 'takes' && step.failure === undefined) note(memory, seat.key, appliedAt);
      }
    }
    const last = rows.at(-1);
    if (last === undefined) return;
    from = { at: last.appliedAt ?? from.at, id: last.id };
    memory.upToMs = Math.max(memory.upToMs, from.at);
    if (rows.length < A_PAGE) return;
  }
}

async function readOutside(db: Db, memory: Memory, now: Date): Promise<void> {
  let from = { at: startOf(memory.outsideUpToMs, now), seq: 0 };
  while (true) {
    const seen = await activationsSeenOutside(db, from, A_PAGE);
    for (const { userId, at } of seen) note(memory, userId, at);
    const last = seen.at(-1);
    if (last === undefined) return;
    from = { at: last.at.getTime(), seq: last.seq };
    memory.outsideUpToMs = Math.max(memory.outsideUpToMs, from.at);
    if (seen.length < A_PAGE) return;
  }
}

const startOf = (upToMs: number, now: Date): number =>
  Math.max(now.getTime() - LATELY_MS, upToMs - CLOCKS_APART_MS);

function note({ letIn }: Memory, key: string, at: Date): void {
  const known = letIn.get(key);
  if (known === undefined || known < at) letIn.set(key, at);
}

const appliedFrom = (db: Db, from: { readonly at: number; readonly id: string }) =>
  db
    .selectFrom('change')
    .selectAll()
    .where('state', '=', 'applied')
    .where('appliedAt', '>=', from.at)
    .where((where) => where.or([where('appliedAt', '>', from.at), where('id', '>', from.id)]))
    .orderBy('appliedAt')
    .orderBy('id')
    .limit(A_PAGE)
    .execute();
