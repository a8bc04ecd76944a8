import type { Kysely } from 'kysely';

/** The moment at which an activation ends, where one was named. */
export async function endActivationsAt(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('change').addColumn('ends_at', 'bigint').execute();
}
