import type { Db } from '../db/tables.ts';

/** Clears warnings that were over before that moment and say so. The latest stays, and so does one that still holds. */
export async function clearOldWarnings(db: Db, before: Date): Promise<void> {
  await db
    .deleteFrom('licenseWarning')
    .where('changedAt', '<', before.getTime())
    .where('state', '!=', 'live')
    .where('claim', 'is', null)
    .where((where) => where.or([where('gone', '=', 1), where('shownRevision', '>=', where.ref('revision'))]))
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('licenseWarning as later')
          .select('later.id')
          .whereRef('later.id', '>', 'licenseWarning.id'),
      ),
    )
    .execute();
}
