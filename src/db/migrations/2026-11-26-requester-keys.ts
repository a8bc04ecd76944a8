import type { Kysely } from 'kysely';

/** By what who asked is known as a person: JSON texts; absent in what an older version wrote. */
export async function keepRequesterKeys(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('change').addColumn('requester_keys', 'text').execute();
}
