import { OUTSIDE } from './audit-trail.ts';
import { userSeen } from './seen-outside.ts';
import type { Db } from './tables.ts';

/** So many of the newest entries are read again: PostgreSQL numbers an entry before others can see it. */
const SETTLING = 100;

/** How far the trail has come, by the order of its entries and by no clock: those of replicas differ. */
export interface TrailMark {
  readonly newestSeq: number;
  /** How many entries lie behind `settledSeq`: one more where one turned up before the newest. */
  readonly settling: number;
  /** Before it no entry turns up any more. */
  readonly settledSeq: number;
}

/** How far the trail has come by now. Cheap, as it is asked for each person who looks. */
export async function trailMark(db: Db): Promise<TrailMark> {
  const newest = await db
    .selectFrom('audit')
    .select(({ fn }) => fn.max('seq').as('seq'))
    .executeTakeFirst();
  const newestSeq = newest?.seq ?? 0;
  const settledSeq = Math.max(0, newestSeq - SETTLING);
  const behind = await db
    .selectFrom('audit')
    .select(({ fn }) => fn.countAll<number>().as('many'))
    .where('seq', '>', settledSeq)
    .where('seq', '<=', newestSeq)
    .executeTakeFirstOrThrow();
  return { newestSeq, settling: Number(behind.many), settledSeq };
}

export const isSameMark = (a: TrailMark, b: TrailMark): boolean =>
  a.newestSeq === b.newestSeq && a.settling === b.settling;

/** What a part of the trail tells of people who were let in. */
export interface TrailNews {
  /** Changes that were applied. */
  readonly appliedIds: readonly string[];
  /** Who was noticed active, whom nobody had activated through the bot. */
  readonly seenActive: readonly { readonly userId: string; readonly at: Date }[];
  /** Where the next part begins; `undefined` after the last. */
  readonly nextSeq: number | undefined;
}

/** The trail behind the entry `afterSeq`, so many entries of it. */
export async function newsOfTrail(db: Db, afterSeq: number, most: number): Promise<TrailNews> {
  const rows = await db
    .selectFrom('audit')
    .select(['seq', 'at', 'changeId', 'event', 'actor', 'after', 'subjects'])
    .where('seq', '>', afterSeq)
    .where('event', 'in', ['applied', 'observed'])
    .orderBy('seq')
    .limit(most)
    .execute();
  return {
    appliedIds: rows.flatMap(({ event, changeId }) =>
      event === 'applied' && changeId !== null ? [changeId] : [],
    ),
    seenActive: rows
      .filter(({ event, actor, after }) => event === 'observed' && actor === OUTSIDE && after === 'active')
      .map(({ at, subjects }) => ({ at: new Date(at), userId: userSeen(subjects) })),
    nextSeq: rows.length < most ? undefined : rows.at(-1)?.seq,
  };
}
