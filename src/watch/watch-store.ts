import * as z from 'zod';
import { type AuditEntry, appendAll } from '../db/audit-trail.ts';
import type { RecordMark } from '../db/record-mark.ts';
import type { Db } from '../db/tables.ts';
import { type Level, levelOf, type Meter } from '../license/seats.ts';
import { inSlices } from '../slices.ts';
import type { NotedTurn, SeenUser } from './outside-changes.ts';
import { usersIn, usersText } from './seen-users.ts';
import { followMeter } from './warning-store.ts';

/** One row: a bot watches one instance. */
const NAME = 'instance';

/** The instance as it was seen last. */
export interface Seen {
  /** 0: nobody has looked yet. */
  readonly revision: number;
  readonly lookedAt: Date;
  readonly nextLookAt: Date;
  readonly level: Level;
  readonly users: readonly SeenUser[];
  /** How far the bot's own records were before `users` began to be read. */
  readonly mark: RecordMark;
}

export async function readSeen(db: Db): Promise<Seen | undefined> {
  const row = await db.selectFrom('watch').selectAll().where('name', '=', NAME).executeTakeFirst();
  if (row === undefined) return undefined;
  return {
    revision: row.revision,
    lookedAt: new Date(row.lookedAt),
    nextLookAt: new Date(row.nextLookAt),
    level: row.level as Level,
    users: await inSlices(usersIn(row.users)),
    mark: markIn(row.mark, row.revision) ?? (await markAbout(db, row.lookedAt)),
  };
}

/** How far the bot's own records were at the latest look; `undefined` before the first. What came later is still compared. */
export async function seenMark(db: Db): Promise<RecordMark | undefined> {
  const row = await lookRow(db);
  return row === undefined
    ? undefined
    : (markIn(row.mark, row.revision) ?? (await markAbout(db, row.lookedAt)));
}

const markSchema = z.object({
  revision: z.number(),
  seq: z.number(),
  open: z.array(z.string()),
  taken: z.number().optional(),
});

function markIn(text: string | null, revision: number) {
  const mark = text === null ? undefined : markSchema.parse(JSON.parse(text));
  return mark?.revision === revision ? mark : undefined;
}

/** What of the latest look is small, without its list; `undefined` before the first. */
const lookRow = (db: Db) =>
  db
    .selectFrom('watch')
    .select(['mark', 'revision', 'lookedAt'])
    .where('name', '=', NAME)
    .where('revision', '>', 0)
    .executeTakeFirst();

/** The latest look of any process; `undefined` before the first. */
export async function latestLook(
  db: Db,
): Promise<{ readonly at: Date; readonly taken: number | undefined } | undefined> {
  const row = await lookRow(db);
  return row && { at: new Date(row.lookedAt), taken: markIn(row.mark, row.revision)?.taken };
}

/** Where an earlier version of the bot made the look: it kept the time alone. */
async function markAbout(db: Db, lookedAt: number): Promise<RecordMark> {
  const before = await db
    .selectFrom('audit')
    .select(({ fn }) => fn.max('seq').as('seq'))
    .where('at', '<', lookedAt)
    .executeTakeFirst();
  return { seq: before?.seq ?? 0, open: [] };
}

/** What was noted of the user after that change was applied, oldest first, by the order of the trail. */
export async function notedTurns(
  db: Db,
  userId: string,
  { changeId, since }: { readonly changeId: string; readonly since: Date },
): Promise<readonly NotedTurn[]> {
  const applied = await db
    .selectFrom('audit')
    .select(({ fn }) => fn.max('seq').as('seq'))
    .where('changeId', '=', changeId)
    .where('event', '=', 'applied')
    .executeTakeFirst();
  const seq = applied?.seq ?? (await markAbout(db, since.getTime())).seq;
  return db
    .selectFrom('audit')
    .select(['before', 'after'])
    .where('event', '=', 'observed')
    .where('seq', '>', seq)
    .where('subjects', 'like', `%${JSON.stringify(userId)}%`)
    .orderBy('seq')
    .execute();
}

/** When somebody should look again; `undefined` if nobody has ever. Cheap, as it is asked at every pass. */
export async function nextLookAt(db: Db): Promise<Date | undefined> {
  const row = await db.selectFrom('watch').select('nextLookAt').where('name', '=', NAME).executeTakeFirst();
  return row === undefined ? undefined : new Date(row.nextLookAt);
}

/** Takes the next look for this process; `false` when another was faster. `due` is as it was read. */
export async function claimLook(db: Db, due: Date | undefined, next: Date): Promise<boolean> {
  if (due !== undefined) return moveNextLook(db, due, next);
  const first = { revision: 0, lookedAt: 0, level: 'free', users: '[]' };
  const inserted = await db
    .insertInto('watch')
    .values({ name: NAME, nextLookAt: next.getTime(), ...first })
    .onConflict((conflict) => conflict.doNothing())
    .returning('name')
    .executeTakeFirst();
  return inserted !== undefined;
}

export async function moveNextLook(db: Db, from: Date, to: Date): Promise<boolean> {
  const moved = await db
    .updateTable('watch')
    .set({ nextLookAt: to.getTime() })
    .where('name', '=', NAME)
    .where('nextLookAt', '=', from.getTime())
    .returning('name')
    .executeTakeFirst();
  return moved !== undefined;
}

export interface NewLook {
  readonly beganAt: Date;
  readonly mark: RecordMark;
  readonly users: readonly SeenUser[];
  readonly meter: Meter;
  readonly entries: readonly AuditEntry[];
  /** Where a warning of this look would be posted. */
  readonly channel: string;
  /** Called while many entries are stored. */
  readonly alive: () => void;
}

/**
 * Keeps what was seen, with what it means for the trail and for warnings, in one transaction. `false`, and nothing
 * is kept, when another look was kept since `seen` was read.
 */
export async function storeLook(db: Db, seen: Seen, look: NewLook): Promise<boolean> {
  const users = await inSlices(usersText(look.users));
  return db.transaction().execute(async (trx) => {
    const level = levelOf(look.meter);
    const revision = seen.revision + 1;
    const stored = await trx
      .updateTable('watch')
      .set({
        revision,
        lookedAt: look.beganAt.getTime(),
        level,
        users,
        mark: JSON.stringify({ revision, ...look.mark, taken: look.meter.taken }),
      })
      .where('name', '=', NAME)
      .where('revision', '=', seen.revision)
      .returning('revision')
      .executeTakeFirst();
    if (stored === undefined) return false;
    await appendAll(trx, look.entries, look.alive);
    await followMeter(trx, { id: revision, before: seen.level, ...look });
    return true;
  });
}
