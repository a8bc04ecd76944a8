import type { Db } from '../db/tables.ts';

/**
 * Clears digests from before that moment. Of each channel the latest of each kind stays, and so do the latest that was told
 * and the latest that stands there: the next digest begins where it ended, and is rewritten in its place.
 */
export async function clearOldRuns(db: Db, before: Date): Promise<void> {
  await db
    .deleteFrom('digestRun')
    .where('slot', '<', before.getTime())
    .where('claim', 'is', null)
    .where((where) =>
      where.or([
        where('gone', '=', 1),
        where('ts', 'is', null),
        where('shownRevision', '>=', where.ref('revision')),
      ]),
    )
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('digestRun as later')
          .select('later.slot')
          .whereRef('later.channel', '=', 'digestRun.channel')
          .whereRef('later.kind', '=', 'digestRun.kind')
          .whereRef('later.slot', '>', 'digestRun.slot'),
      ),
    )
    .where(({ exists, or, eb, selectFrom }) =>
      or([
        eb('done', '=', 0),
        exists(
          selectFrom('digestRun as later')
            .select('later.slot')
            .whereRef('later.channel', '=', 'digestRun.channel')
            .whereRef('later.windowTo', '>', 'digestRun.windowTo')
            .where('later.done', '=', 1),
        ),
      ]),
    )
    .where(({ exists, or, eb, selectFrom }) =>
      or([
        eb('ts', 'is', null),
        exists(
          selectFrom('digestRun as later')
            .select('later.slot')
            .whereRef('later.channel', '=', 'digestRun.channel')
            .whereRef('later.windowTo', '>', 'digestRun.windowTo')
            .where('later.ts', 'is not', null),
        ),
      ]),
    )
    .execute();
}

/** Clears snoozes that ended before that moment. */
export async function clearOldSnoozes(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('snooze').where('until', '<', before.getTime()).execute();
}
