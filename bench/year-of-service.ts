import { sql } from 'kysely';
import { connect } from '../src/db/connect.ts';
import { migrateToLatest } from '../src/db/migrate.ts';

const EVERY_MS = 5 * 60_000;

/** So much lies in a database after a long time. */
export interface Amounts {
  readonly endedChanges: number;
  /** Slack ids of people who opened Home lately, and whether each is an administrator. */
  readonly viewers: readonly (readonly [userId: string, administrator: boolean])[];
}

/** Fills a new database: ended changes with a card and an entry in the trail each, the latest five minutes ago. */
export async function fillDatabase(url: string, { endedChanges, viewers }: Amounts): Promise<void> {
  const db = connect(url, (error) => {
    throw error;
  });
  await migrateToLatest(db, url);
  const numbers = sql`with recursive n(i) as (select 1 union all select i + 1 from n where i < ${endedChanges})`;
  const at = sql`${Date.now()} - (${endedChanges} - i + 1) * ${EVERY_MS}`;
  const id = sql`'C-' || i`;
  const user = sql`'user-' || (i % 5000)`;
  const steps = sql`'[{"type":"switch","userId":"' || ${user} || '","enabled":true,"label":"' || ${user} || '@ex.co","before":false,"after":true}]'`;
  const subjects = sql`'[{"userId":"' || ${user} || '","label":"' || ${user} || '@ex.co"}]'`;
  await sql`insert into change (id, kind, origin, state, revision, steps, twin_key, snapshot, reason, requester_id,
      created_at, attempts, seat_reserved, applied_at, undone)
    ${numbers} select ${id}, 'activate', 'direct', 'applied', 3, ${steps}, ${id}, '{"taken":1,"after":2}', 'for the audit', 'U0ADA',
      ${at}, 0, 0, ${at}, 0 from n`.execute(db);
  await sql`insert into card (change_id, place, destination, channel, ts, shown_revision, revision, shown, told_seq, gone, attempts,
      not_before)
    ${numbers} select ${id}, 'approvals', 'C0APPROVALS', 'C0APPROVALS', i || '.0', 3, 3, 'x', i, 0, 0, 0 from n`.execute(
    db,
  );
  await sql`insert into audit (at, change_id, event, actor, requester, subjects, reason, before, after, outcome, once)
    ${numbers} select ${at}, ${id}, 'applied', 'U0ADA', 'U0ADA', ${subjects}, 'for the audit', 'inactive', 'active', 'Activated.', ${id}
    from n`.execute(db);
  for (const [userId, administrator] of viewers)
    await db
      .insertInto('homeViewer')
      .values({
        userId,
        teamId: null,
        administrator: administrator ? 1 : 0,
        openedAt: Date.now(),
        asked: 1,
        answered: 0,
        seenSeq: 0,
        lookedAt: 0,
        shown: null,
        hash: null,
        claim: null,
        attempts: 0,
        notBefore: 0,
        claimedUntil: 0,
      })
      .execute();
  await db.destroy();
}
