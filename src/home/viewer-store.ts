import { earliest } from '../db/earliest.ts';
import type { HomeViewerRow } from '../db/tables/home-table.ts';
import type { Db } from '../db/tables.ts';
import { type Claim, type ClaimTerms, dueUnlessClaimed, hasCome, takeClaim } from '../posts/claim.ts';
import type { Clicker } from '../slack/actor.ts';

/** Somebody who opened App Home. */
export type Viewer = HomeViewerRow;

const OPENED_LATELY_MS = 7 * 86_400_000;
/** Longer than reading the instance and publishing take. */
const CLAIM_MS = 45_000;
/** Changes that follow each other closely are shown together. */
const COALESCE_MS = 1000;

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
      claim: null,
      claimedUntil: 0,
    })
    .onConflict((conflict) =>
      conflict.column('userId').doUpdateSet((set) => ({
        teamId: teamId ?? null,
        openedAt: at,
        asked: set('homeViewer.asked', '+', 1),
        notBefore: dueUnlessClaimed('homeViewer'),
      })),
    )
    .returningAll()
    .executeTakeFirstOrThrow();
}

/**
 * Whose Home may be out of date: they asked for it, or there is an entry in the audit trail that concerns them.
 * Every change writes one, so nobody has to tell Home of a change.
 */
export async function viewersWithNews(db: Db, now: Date, most: number): Promise<readonly Viewer[]> {
  const at = now.getTime();
  return db
    .selectFrom('homeViewer as viewer')
    .selectAll('viewer')
    .where(hasCome('viewer.notBefore', now))
    .where('viewer.openedAt', '>', at - OPENED_LATELY_MS)
    .where((where) => {
      // Counted, not asked for one: a planner that hopes to meet one soon reads the whole trail for people who have none.
      const newer = where
        .selectFrom('audit')
        .select((of) => of.fn.countAll<number>().as('many'))
        .whereRef('audit.seq', '>', 'viewer.seenSeq');
      const newest = where.selectFrom('audit').select((of) => of.fn.max('audit.seq').as('seq'));
      return where.or([
        where('viewer.asked', '>', where.ref('viewer.answered')),
        where.and([
          hasCome('viewer.lookedAt', now, COALESCE_MS),
          where.or([
            where.and([where('viewer.administrator', '=', 1), where('viewer.seenSeq', '<', newest)]),
            where(newer.whereRef('audit.requester', '=', 'viewer.userId'), '>', 0),
            where(newer.whereRef('audit.actor', '=', 'viewer.userId'), '>', 0),
          ]),
        ]),
      ]);
    })
    .orderBy('viewer.openedAt', 'desc')
    .limit(most)
    .execute();
}

/** When the one who waits longest for the Home that they opened has opened it. */
export const oldestAwaitedHomeAt = (db: Db, now: Date): Promise<Date | undefined> =>
  earliest(
    db
      .selectFrom('homeViewer')
      .select(({ fn }) => fn.min('openedAt').as('at'))
      .whereRef('asked', '>', 'answered')
      .where('openedAt', '>', now.getTime() - OPENED_LATELY_MS)
      .executeTakeFirst(),
  );

/** Takes the viewer for this process alone, for a while; `undefined` when another was faster. */
export const claimViewer = (
  db: Db,
  viewer: Viewer,
  terms: Omit<ClaimTerms, 'claimMs'>,
): Promise<Claim<Viewer> | undefined> =>
  takeClaim(db, {
    place: { table: 'homeViewer', key: { userId: viewer.userId } },
    row: viewer,
    terms: { ...terms, claimMs: CLAIM_MS },
  });
