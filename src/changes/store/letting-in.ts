import { activationsSeenOutside } from '../../db/seen-outside.ts';
import type { ChangeRow } from '../../db/tables/change-table.ts';
import type { Db } from '../../db/tables.ts';
import { isSameMark, newsOfTrail, type TrailMark, type TrailNews, trailMark } from '../../db/trail-news.ts';
import { kindOfStep } from '../steps/step.ts';
import { fromRows } from './change-rows.ts';

type LetIn = ReadonlyMap<string, Date>;

/** Longer ago nobody counts it as a sign of life, ms. */
const LATELY_MS = 366 * 86_400_000;
/** In one page: between pages others have their turn. */
const A_PAGE = 100;

/** What was read so far of one database: what has been applied stays so, and a year of it is much to read. */
interface Memory {
  letIn: LetIn;
  /** How far the trail is in it; `undefined` before the first reading. */
  mark: TrailMark | undefined;
  reading: Promise<unknown>;
}

const memories = new WeakMap<Db, Memory>();

/**
 * When somebody was let in last, activated or invited, through the bot or noticed outside it, within a year: by user id, and
 * by the email in small letters where the platform told no id. Reads only what has come since the last time, and answers
 * with the same map while nobody was let in, so that what is worked out of it can be kept.
 */
export async function lettingIn(db: Db, now: Date): Promise<LetIn> {
  const memory = memories.get(db) ?? { letIn: new Map(), mark: undefined, reading: Promise.resolve() };
  memories.set(db, memory);
  const reading = memory.reading.then(() => readOn(db, memory, now));
  // The next one reads after this one, whatever comes of it.
  memory.reading = reading.catch(() => undefined);
  await reading;
  return memory.letIn;
}

/** Whom changes that were applied since then let in, by user id, or by email where the platform told none; oldest first. */
export async function letInSince(db: Db, since: Date): Promise<readonly string[]> {
  const keys = new Set<string>();
  await appliedPages(db, since.getTime(), (rows) => noteApplied(rows, (key) => keys.add(key)));
  return [...keys];
}

async function readOn(db: Db, memory: Memory, now: Date): Promise<void> {
  const { letIn, mark } = memory;
  // First: what comes to the trail while it is read is news the next time.
  const next = await trailMark(db);
  if (mark !== undefined && isSameMark(next, mark)) return;
  const since = now.getTime() - LATELY_MS;
  const noted = new Map<string, Date>();
  const note = (key: string, at: Date): void => {
    const known = noted.get(key) ?? letIn.get(key);
    if (known === undefined || known < at) noted.set(key, at);
  };
  await (mark === undefined ? readYear(db, since, note) : readNews(db, mark, note));
  if (noted.size > 0) memory.letIn = new Map([...letIn, ...noted]);
  memory.mark = next;
}

type Note = (key: string, at: Date) => void;

async function readYear(db: Db, since: number, note: Note): Promise<void> {
  await appliedPages(db, since, (rows) => noteApplied(rows, note));
  for (let from = { at: since, seq: 0 }; ; ) {
    const seen = await activationsSeenOutside(db, from, A_PAGE);
    for (const { userId, at } of seen) note(userId, at);
    const last = seen.at(-1);
    if (last === undefined || seen.length < A_PAGE) break;
    from = { at: last.at.getTime(), seq: last.seq };
  }
}

async function appliedPages(db: Db, since: number, read: (rows: ChangeRow[]) => void): Promise<void> {
  for (let from = { at: since, id: '' }; ; ) {
    const rows = await appliedFrom(db, from);
    read(rows);
    const last = rows.at(-1);
    if (last === undefined || rows.length < A_PAGE) return;
    from = { at: last.appliedAt ?? from.at, id: last.id };
  }
}

async function readNews(db: Db, mark: TrailMark, note: Note): Promise<void> {
  let afterSeq: number | undefined = mark.settledSeq;
  while (afterSeq !== undefined) {
    const { appliedIds, seenActive, nextSeq }: TrailNews = await newsOfTrail(db, afterSeq, A_PAGE);
    for (const { userId, at } of seenActive) note(userId, at);
    if (appliedIds.length > 0) noteApplied(await appliedAmong(db, appliedIds), note);
    afterSeq = nextSeq;
  }
}

function noteApplied(rows: readonly ChangeRow[], note: Note): void {
  for (const { appliedAt, steps } of fromRows(rows)) {
    if (appliedAt === undefined) continue;
    for (const step of steps) {
      const seat = kindOfStep(step).seat(step);
      if (seat?.effect === 'takes' && step.failure === undefined) note(seat.key, appliedAt);
    }
  }
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

const appliedAmong = (db: Db, ids: readonly string[]) =>
  db.selectFrom('change').selectAll().where('state', '=', 'applied').where('id', 'in', ids).execute();
