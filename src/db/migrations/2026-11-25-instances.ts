import type { Kysely } from 'kysely';

/** Processes of the bot that use this database. */
export async function createInstances(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('instance')
    .ifNotExists()
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('machine', 'text', (c) => c.notNull())
    .addColumn('pid', 'integer', (c) => c.notNull())
    .addColumn('seen_at', 'bigint', (c) => c.notNull())
    .execute();
}
