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
    .insertInto('homeViewer')
    .values({
      userId: userId,
      teamId: teamId ?? null,
      administrator: 0,
      openedAt: at,
      asked: 1,
      answered: 0,
      seenSeq: 0,
      lookedAt: 0,
      shown: null,
      hash: null,
      attempts: 0,
      notBefore: 0,
      claimedUntil: 0,
    })
    .onConflict((conflict) =>
      conflict.column('userId').doUpdateSet((set) => ({
        teamId: teamId ?? null,
        openedAt: at,
        asked: set('homeViewer.asked', '+', 1),
        notBefore: 0,
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
    .selectFrom('homeViewer as viewer')
    .selectAll('viewer')
    .where('viewer.notBefore', '<=', at)
    .where('viewer.claimedUntil', '<=', at)
    .where('viewer.openedAt', '>', at - OPENED_LATELY_MS)
    .where((where) =>
      where.or([
        where('viewer.asked', '>', where.ref('viewer.answered')),
        where.and([
          where('viewer.lookedAt', '<=', at - COALESCE_MS),
          where.exists(
            where
              .selectFrom('audit')
              .select('audit.seq')
              .whereRef('audit.seq', '>', 'viewer.seenSeq')
              .where((entry) =>
                entry.or([
                  entry('viewer.administrator', '=', 1),
                  entry('audit.requester', '=', entry.ref('viewer.userId')),
                  entry('audit.actor', '=', entry.ref('viewer.userId')),
                ]),
              ),
          ),
        ]),
      ]),
    )
    .orderBy('viewer.openedAt', 'desc')
    .limit(most)
    .execute();
}

/** Takes the viewer for this process alone, for a while; `undefined` when another was faster. */
export async function claimViewer(db: Db, viewer: Viewer, now: Date): Promise<Viewer | undefined> {
  return db
    .updateTable('homeViewer')
    .set({ claimedUntil: now.getTime() + CLAIM_MS, attempts: viewer.attempts + 1 })
    .where('userId', '=', viewer.userId)
    .where('claimedUntil', '=', viewer.claimedUntil)
    .where('claimedUntil', '<=', now.getTime())
    .where('attempts', '=', viewer.attempts)
    .returningAll()
    .executeTakeFirst();
}

type ViewerUpdate = Partial<
  Pick<
    Viewer,
    'administrator' | 'answered' | 'seenSeq' | 'lookedAt' | 'shown' | 'hash' | 'attempts' | 'notBefore'
  >
>;

/** Lets go of a claimed viewer. */
export async function releaseViewer(db: Db, userId: string, update: ViewerUpdate): Promise<void> {
  await db
    .updateTable('homeViewer')
    .set({ ...update, claimedUntil: 0 })
    .where('userId', '=', userId)
    .execute();
}

export async function forgetViewer(db: Db, userId: string): Promise<void> {
  await db.deleteFrom('homeViewer').where('userId', '=', userId).execute();
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
