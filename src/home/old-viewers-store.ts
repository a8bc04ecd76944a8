import type { Db } from '../db/tables.ts';

/** Forgets people who opened Home last before that moment: nothing is published for them any more until they come again. */
export async function clearOldViewers(db: Db, before: Date): Promise<void> {
  await db
    .deleteFrom('homeViewer')
    .where('openedAt', '<', before.getTime())
    .where('claim', 'is', null)
    .execute();
}
