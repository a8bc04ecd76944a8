import { type Kysely, sql } from 'kysely';

/** By age, changes that have ended and of which nothing is to be told: what `RETENTION` clears, and nothing else. */
export async function indexEnded(db: Kysely<unknown>): Promise<void> {
  await sql`create index change_ended on change (created_at, id)
    where state in ('applied', 'failed', 'denied', 'expired', 'cancelled') and notice_at is null`.execute(db);
}
