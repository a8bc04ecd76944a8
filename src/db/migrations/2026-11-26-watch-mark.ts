import type { Kysely } from 'kysely';

/** How far the bot's own records had come when the list of users seen last began to be read. */
export async function markLooks(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('watch').addColumn('mark', 'text').execute();
}
