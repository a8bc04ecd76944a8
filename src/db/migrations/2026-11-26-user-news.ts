import { type Kysely, sql } from 'kysely';

/** What people are told of their own accounts. */
export async function createUserNews(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('user_news')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('user_id', 'text', (c) => c.notNull())
    .addColumn('news', 'text', (c) => c.notNull())
    .addColumn('channel', 'text')
    .addColumn('ts', 'text')
    .addColumn('shown', 'text')
    .addColumn('shown_revision', 'integer', (c) => c.notNull())
    .addColumn('gone', 'integer', (c) => c.notNull())
    .addColumn('claim', 'text')
    .addColumn('attempts', 'integer', (c) => c.notNull())
    .addColumn('not_before', 'bigint', (c) => c.notNull())
    .execute();
  await sql`create index user_news_due on user_news (not_before) where gone = 0 and shown_revision < 0`.execute(
    db,
  );
}
