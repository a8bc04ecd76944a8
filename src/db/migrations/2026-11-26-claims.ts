import type { Kysely } from 'kysely';

/** Claims with a name, and what every kind of message that is kept true has in common. */
export async function nameClaims(db: Kysely<unknown>): Promise<void> {
  for (const table of ['card', 'digest_run', 'license_warning', 'home_viewer'])
    await db.schema.alterTable(table).addColumn('claim', 'text').execute();
  for (const table of ['digest_run', 'license_warning']) {
    await db.schema.alterTable(table).addColumn('shown', 'text').execute();
    await db.schema
      .alterTable(table)
      .addColumn('gone', 'integer', (column) => column.notNull().defaultTo(0))
      .execute();
  }
}
