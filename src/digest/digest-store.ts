import type { Db, DigestRunRow } from '../db/tables.ts';
import type { DigestWindow } from './digest.ts';

/** Longer than reading the instance and posting take together. */
const CLAIM_MS = 60_000;
const REDRAWN_AT_A_TIME = 5;

export type DigestRun = DigestRunRow;
type DigestKind = 'scheduled' | 'asked';
type RunKey = Pick<DigestRun, 'kind' | 'channel' | 'slot'>;

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
export async function lastSlot(db: Db, channel: string): Promise<Date | undefined> {
  const row = await latestRun(db, channel);
  return row === undefined ? undefined : new Date(row.slot);
}

const latestRun = (db: Db, channel: string): Promise<DigestRun | undefined> =>
  db
    .selectFrom('digestRun')
    .selectAll()
    .where('kind', '=', 'scheduled')
    .where('channel', '=', channel)
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
  ts: null,
  done: 0,
  revision: 0,
  shownRevision: 0,
  attempts: 0,
  notBefore: 0,
});

/** The digest of that slot that was claimed and is not told yet, taken for this process alone, for a while. */
export async function takeUntold(
  db: Db,
  channel: string,
  now: Date,
  notOlderThan: Date,
): Promise<DigestRun | undefined> {
  const run = await latestRun(db, channel);
  // An older one that was never told is overtaken: the latest tells its changes too.
  if (run === undefined || run.done === 1 || run.slot < notOlderThan.getTime()) return undefined;
  return take(db, run, now);
}

/** Posted digests to be drawn anew, each taken for this process alone. */
export async function takeOutdated(db: Db, now: Date): Promise<readonly DigestRun[]> {
  const runs = await db
    .selectFrom('digestRun')
    .selectAll()
    .where('ts', 'is not', null)
    .whereRef('shownRevision', '<', 'revision')
    .where('notBefore', '<=', now.getTime())
    .orderBy('slot', 'desc')
    .limit(REDRAWN_AT_A_TIME)
    .execute();
  const taken = await Promise.all(runs.map((run) => take(db, run, now)));
  return taken.filter((run) => run !== undefined);
}

async function take(db: Db, run: DigestRun, now: Date): Promise<DigestRun | undefined> {
  if (run.notBefore > now.getTime()) return undefined;
  return db
    .updateTable('digestRun')
    .set({ attempts: run.attempts + 1, notBefore: now.getTime() + CLAIM_MS })
    .where('kind', '=', run.kind)
    .where('channel', '=', run.channel)
    .where('slot', '=', run.slot)
    .where('attempts', '=', run.attempts)
    .where('notBefore', '=', run.notBefore)
    .returningAll()
    .executeTakeFirst();
}

type RunUpdate = Partial<
  Pick<DigestRun, 'essence' | 'ts' | 'done' | 'shownRevision' | 'attempts' | 'notBefore'>
>;

export async function updateRun(db: Db, run: RunKey, update: RunUpdate): Promise<void> {
  await db
    .updateTable('digestRun')
    .set(update)
    .where('kind', '=', run.kind)
    .where('channel', '=', run.channel)
    .where('slot', '=', run.slot)
    .execute();
}

/** Keeps what was posted because somebody asked for it. */
export async function recordAsked(
  db: Db,
  channel: string,
  posted: { readonly window: DigestWindow; readonly ts: string; readonly essence: string },
): Promise<void> {
  const run = newRun('asked', channel, posted.window.to, posted.window);
  await db
    .insertInto('digestRun')
    .values({ ...run, done: 1, ts: posted.ts, essence: posted.essence })
    .onConflict((conflict) => conflict.columns(['kind', 'channel', 'slot']).doNothing())
    .execute();
}

/** The digest told last, whoever asked for it. */
export const lastTold = (db: Db, channel: string): Promise<DigestRun | undefined> =>
  db
    .selectFrom('digestRun')
    .selectAll()
    .where('channel', '=', channel)
    .where('done', '=', 1)
    .orderBy('windowTo', 'desc')
    .limit(1)
    .executeTakeFirst();

/** A message, or a channel's latest digest. */
export interface MessagePlace {
  readonly channelId: string;
  readonly ts?: string;
}

/** Makes a posted digest be drawn anew. */
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
