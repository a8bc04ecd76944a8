import type { Kysely } from 'kysely';

/** Who opened App Home lately, and what it shows them. */
export async function createHome(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('home_viewer')
    .ifNotExists()
    .addColumn('user_id', 'text', (c) => c.primaryKey())
    .addColumn('team_id', 'text')
    .addColumn('administrator', 'integer', (c) => c.notNull())
    .addColumn('opened_at', 'bigint', (c) => c.notNull())
    .addColumn('asked', 'integer', (c) => c.notNull())
    .addColumn('answered', 'integer', (c) => c.notNull())
    .addColumn('seen_seq', 'bigint', (c) => c.notNull())
    .addColumn('looked_at', 'bigint', (c) => c.notNull())
    .addColumn('shown', 'text')
    .addColumn('hash', 'text')
    .addColumn('attempts', 'integer', (c) => c.notNull())
    .addColumn('not_before', 'bigint', (c) => c.notNull())
    .addColumn('claimed_until', 'bigint', (c) => c.notNull())
    .execute();
}
