import { appendAudit } from '../db/audit-trail.ts';
import type { Db } from '../db/tables.ts';
import { KEEP_DAYS, type Snooze } from './suggestions.ts';

/** Snoozes that hold at `now`, by user id. */
export async function activeSnoozes(db: Db, now: Date): Promise<ReadonlyMap<string, Snooze>> {
  const rows = await db.selectFrom('snooze').selectAll().where('until', '>', now.getTime()).execute();
  return new Map(rows.map((row) => [row.userId, snoozeOf(row)]));
}

const snoozeOf = (row: { userId: string; keptBy: string; until: number }): Snooze => ({
  userId: row.userId,
  keptBy: row.keptBy,
  until: new Date(row.until),
});

/**
 * Keeps a user from being suggested, with its entry in the trail. Returns the snooze that holds then: somebody
 * else's, if they were faster.
 */
export async function keepUser(db: Db, snooze: Snooze, label: string, now: Date): Promise<Snooze> {
  return db.transaction().execute(async (trx) => {
    const values = { keptBy: snooze.keptBy, keptAt: now.getTime(), until: snooze.until.getTime() };
    const stored = await trx
      .insertInto('snooze')
      .values({ userId: snooze.userId, ...values })
      .onConflict((conflict) =>
        conflict.column('userId').doUpdateSet(values).where('snooze.until', '<=', now.getTime()),
      )
      .returning('userId')
      .executeTakeFirst();
    if (stored === undefined) {
      const holding = await trx
        .selectFrom('snooze')
        .selectAll()
        .where('userId', '=', snooze.userId)
        .executeTakeFirstOrThrow();
      return snoozeOf(holding);
    }
    await appendAudit(trx, {
      at: now,
      changeId: undefined,
      event: 'snoozed',
      actor: snooze.keptBy,
      requester: undefined,
      subjects: [{ userId: snooze.userId, label }],
      reason: '',
      before: undefined,
      after: undefined,
      outcome: `Kept: not suggested for ${KEEP_DAYS} days.`,
      once: `snoozed:${snooze.userId}:${snooze.until.getTime()}`,
    });
    return snooze;
  });
}
