import type { Db, HomeViewerRow } from '../db/tables.ts';
import type { Clicker } from '../slack/actor.ts';

/** Somebody who opened App Home. */
export type Viewer = HomeViewerRow;

const OPENED_LATELY_MS = 7 * 86_400_000;
const CLAIM_MS = 45_000;
/** Changes that follow each other closely are shown together. */
const COALESCE_MS = 1000;
/** PostgreSQL numbers an entry before it can be seen, so that one may turn up after a newer one. */
const SETTLE_MS = 5000;

/** Notes that somebody wants to see their Home now. */
export async function askForHome(db: Db, { userId, teamId }: Clicker, now: Date): Promise<Viewer> {
  const at = now.getTime();
  return db
    .insertInto('home_viewer')
    .values({
      user_id: userId,
      team_id: teamId ?? null,
      administrator: 0,
      opened_at: at,
      asked: 1,
      answered: 0,
      seen_seq: 0,
      looked_at: 0,
      shown: null,
      hash: null,
      attempts: 0,
      not_before: 0,
      claimed_until: 0,
    })
    .onConflict((conflict) =>
      conflict.column('user_id').doUpdateSet((set) => ({
        team_id: teamId ?? null,
        opened_at: at,
        asked: set('home_viewer.asked', '+', 1),
        not_before: 0,
      })),
    )
    .returningAll()
    .executeTakeFirstOrThrow();
}

/**
 * Whose Home may be out of date: they asked for it, or there is an entry in the audit trail that concerns them.
 * Every change writes one, so whoever changed something need not tell Home.
 */
export async function viewersWithNews(db: Db, now: Date, most: number): Promise<readonly Viewer[]> {
  const at = now.getTime();
  return db
    .selectFrom('home_viewer as viewer')
    .selectAll('viewer')
    .where('viewer.not_before', '<=', at)
    .where('viewer.claimed_until', '<=', at)
    .where('viewer.opened_at', '>', at - OPENED_LATELY_MS)
    .where((where) =>
      where.or([
        where('viewer.asked', '>', where.ref('viewer.answered')),
        where.and([
          where('viewer.looked_at', '<=', at - COALESCE_MS),
          where.exists(
            where
              .selectFrom('audit')
              .select('audit.seq')
              .whereRef('audit.seq', '>', 'viewer.seen_seq')
              .where((entry) =>
                entry.or([
                  entry('viewer.administrator', '=', 1),
                  entry('audit.requester', '=', entry.ref('viewer.user_id')),
                  entry('audit.actor', '=', entry.ref('viewer.user_id')),
                ]),
              ),
          ),
        ]),
      ]),
    )
    .orderBy('viewer.opened_at', 'desc')
    .limit(most)
    .execute();
}

/** Takes the viewer for this process alone, for a while; `undefined` when another was faster. */
export async function claimViewer(db: Db, viewer: Viewer, now: Date): Promise<Viewer | undefined> {
  return db
    .updateTable('home_viewer')
    .set({ claimed_until: now.getTime() + CLAIM_MS, attempts: viewer.attempts + 1 })
    .where('user_id', '=', viewer.user_id)
    .where('claimed_until', '=', viewer.claimed_until)
    .where('claimed_until', '<=', now.getTime())
    .where('attempts', '=', viewer.attempts)
    .returningAll()
    .executeTakeFirst();
}

type ViewerUpdate = Partial<
  Pick<
    Viewer,
    'administrator' | 'answered' | 'seen_seq' | 'looked_at' | 'shown' | 'hash' | 'attempts' | 'not_before'
  >
>;

/** Lets go of a claimed viewer. */
export async function releaseViewer(db: Db, userId: string, update: ViewerUpdate): Promise<void> {
  await db
    .updateTable('home_viewer')
    .set({ ...update, claimed_until: 0 })
    .where('user_id', '=', userId)
    .execute();
}

export async function forgetViewer(db: Db, userId: string): Promise<void> {
  await db.deleteFrom('home_viewer').where('user_id', '=', userId).execute();
}

/** The newest audit entry before which none can turn up any more. */
export async function settledSeq(db: Db, now: Date): Promise<number> {
  const row = await db
    .selectFrom('audit')
    .select((select) => select.fn.max('seq').as('seq'))
    .where('at', '<=', now.getTime() - SETTLE_MS)
    .executeTakeFirst();
  return Number(row?.seq ?? 0);
}
