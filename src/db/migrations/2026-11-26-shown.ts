import type { Kysely } from 'kysely';

/** What a request shows of the users concerned (JSON), and which administrator altered it; absent in what older versions wrote. */
export async function keepShown(db: Kysely<unknown>): Promise<void> {
  for (const column of ['shown', 'amended_by', 'amender_keys'])
    await db.schema.alterTable('change').addColumn(column, 'text').execute();
}
