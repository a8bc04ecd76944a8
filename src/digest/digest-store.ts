import type { DigestRunRow } from '../db/tables/digest-tables.ts';
import type { Db } from '../db/tables.ts';
import { hasCome, isItsTurn } from '../posts/claim.ts';
import { NOT_POSTED } from '../posts/post.ts';
import type { DigestWindow } from './digest.ts';

export type DigestRun = DigestRunRow;
type DigestKind = 'scheduled' | 'asked';

/** Since when this schedule is known; from now on if it was not. */
export async function scheduleStart(db: Db, name: string, now: Date): Promise<Date> {
  const known = await db.selectFrom('scheduleStart').select('at').where('name', '=', name).executeTakeFirst();
  if (known !== undefined) return new Date(known.at);
  await db
    .insertInto('scheduleStart')
    .values({ name, at: now.getTime() })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return scheduleStart(db, name, now);
}

/** The slot that was claimed last. */
export async function lastSlot(db: Db, channel: string, now: Date): Promise<Date | undefined> {
  const row = await latestRun(db, channel, now);
  return row === undefined ? undefined : new Date(row.slot);
}

/** What lies ahead was claimed before the clock was set back, and counts for nothing. */
const latestRun = (db: Db, channel: string, now: Date): Promise<DigestRun | undefined> =>
  db
    .selectFrom('digestRun')
    .selectAll()
    .where('kind', '=', 'scheduled')
    .where('channel', '=', channel)
    .where('slot', '<=', now.getTime())
    .orderBy('slot', 'desc')
    .limit(1)
    .executeTakeFirst();

/** Claims a slot: of several processes, and ever, one comes through. */
export async function claimSlot(db: Db, channel: string, slot: Date, window: DigestWindow): Promise<boolean> {
  const row = newRun('scheduled', channel, slot, window);
  const claimed = await db
    .insertInto('digestRun')
    .values(row)
    .onConflict((conflict) => conflict.columns(['kind', 'channel', 'slot']).doNothing())
    .returning('slot')
    .executeTakeFirst();
  return claimed !== undefined;
}

const newRun = (kind: DigestKind, channel: string, slot: Date, window: DigestWindow): DigestRun => ({
  kind,
  channel,
  slot: slot.getTime(),
  windowFrom: window.from.getTime(),
  windowTo: window.to.getTime(),
  essence: null,
  done: 0,
  revision: 0,
  ...NOT_POSTED,
});

/** The latest scheduled digest, if it is not told yet and its turn has come; one that was never told is overtaken. */
export async function untoldRun(
  db: Db,
  channel: string,
  { now, notOlderThan }: { readonly now: Date; readonly notOlderThan: Date },
): Promise<DigestRun | undefined> {
  const run = await latestRun(db, channel, now);
  if (run === undefined || !isUntold(run, notOlderThan)) return undefined;
  return isItsTurn(run, now) ? run : undefined;
}

/** The moment of the latest scheduled digest, where it is still to be told. */
export async function oldestUntoldDigestAt(
  db: Db,
  channel: string,
  { now, notOlderThan }: { readonly now: Date; readonly notOlderThan: Date },
): Promise<Date | undefined> {
  const run = await latestRun(db, channel, now);
  return run !== undefined && isUntold(run, notOlderThan) ? new Date(run.slot) : undefined;
}

const isUntold = (run: DigestRun, notOlderThan: Date): boolean =>
  run.done === 0 && run.gone === 0 && run.slot >= notOlderThan.getTime();

/** Posted digests to be drawn again, the latest first. */
export const outdatedRuns = (db: Db, now: Date, most: number): Promise<readonly DigestRun[]> =>
  db
    .selectFrom('digestRun')
    .selectAll()
    .where('ts', 'is not', null)
    .whereRef('shownRevision', '<', 'revision')
    .where('gone', '=', 0)
    .where(hasCome('notBefore', now))
    .orderBy('slot', 'desc')
    .limit(most)
    .execute();

/** Enters a digest that somebody asks for at `window.to`. */
export async function insertAsked(db: Db, channel: string, window: DigestWindow): Promise<DigestRun> {
  const run = newRun('asked', channel, window.to, window);
  return db
    .insertInto('digestRun')
    .values(run)
    .onConflict((conflict) => conflict.columns(['kind', 'channel', 'slot']).doUpdateSet({ kind: 'asked' }))
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Forgets a digest that was asked for and could not be posted. */
export async function forgetAsked(db: Db, { channel, slot }: DigestRun): Promise<void> {
  await db
    .deleteFrom('digestRun')
    .where('kind', '=', 'asked')
    .where('channel', '=', channel)
    .where('slot', '=', slot)
    .where('done', '=', 0)
    .execute();
}

/** The digest told last in a channel, or in any, on schedule or asked for, of those that tell of nothing after `upTo`. */
export function lastTold(db: Db, channel: string | undefined, upTo: Date): Promise<DigestRun | undefined> {
  const told = db
    .selectFrom('digestRun')
    .selectAll()
    .where('done', '=', 1)
    .where('windowTo', '<=', upTo.getTime())
    .orderBy('windowTo', 'desc')
    .limit(1);
  return (channel === undefined ? told : told.where('channel', '=', channel)).executeTakeFirst();
}

/** A message, or a channel's latest digest. */
export interface MessagePlace {
  readonly channelId: string;
  readonly ts?: string;
}

/** Makes a posted digest be drawn again. */
export async function outdate(db: Db, { channelId, ts }: MessagePlace): Promise<void> {
  const message = ts ?? (await latestMessage(db, channelId));
  if (message === undefined) return;
  await db
    .updateTable('digestRun')
    .set((run) => ({ revision: run('revision', '+', 1) }))
    .where('channel', '=', channelId)
    .where('ts', '=', message)
    .execute();
}

async function latestMessage(db: Db, channel: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('digestRun')
    .select('ts')
    .where('channel', '=', channel)
    .where('ts', 'is not', null)
    .orderBy('windowTo', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.ts ?? undefined;
}
