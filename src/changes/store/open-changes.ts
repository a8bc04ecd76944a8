import { sql } from 'kysely';
import { earliest } from '../../db/earliest.ts';
import type { Db } from '../../db/tables.ts';
import { isOutOfDate } from './card-store.ts';
import { goesOn } from './due-changes.ts';

/** Changes that have not ended, by their state. Also counts kinds that only a newer version knows. */
export async function openChangeCounts(db: Db): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('change')
    .select(({ fn }) => ['state', fn.countAll<number | string | bigint>().as('count')])
    .where(goesOn)
    .where('state', 'in', ['pending', 'approved', 'applying'])
    .groupBy('state')
    .execute();
  const found = new Map(rows.map(({ state, count }) => [state, Number(count)]));
  return new Map(['pending', 'approved', 'applying'].map((state) => [state, found.get(state) ?? 0]));
}

/**
 * Since when the oldest approved change could have been carried out; `undefined`: none is due. Those that wait for others, by
 * their ids, are not.
 */
export function oldestDueChangeAt(
  db: Db,
  now: Date,
  waiting: readonly string[] = [],
): Promise<Date | undefined> {
  const since = sql<number | null>`min(coalesce(not_before, decided_at, created_at))`;
  return earliest(
    db
      .selectFrom('change')
      .select(since.as('at'))
      .where(goesOn)
      .$if(waiting.length > 0, (query) => query.where('id', 'not in', waiting))
      .where('state', 'in', ['approved', 'applying'])
      .where((where) => where.or([where('notBefore', 'is', null), where('notBefore', '<=', now.getTime())]))
      .executeTakeFirst(),
  );
}

/** Since when the oldest request should have expired, or something should have been said of a change, but for those that wait. */
export function oldestDueNewsAt(
  db: Db,
  now: Date,
  waiting: readonly string[] = [],
): Promise<Date | undefined> {
  const since = sql<
    number | null
  >`min(case when notice_at <= ${now.getTime()} then notice_at else expires_at end)`;
  return earliest(
    db
      .selectFrom('change')
      .select(since.as('at'))
      .where(goesOn)
      .$if(waiting.length > 0, (query) => query.where('id', 'not in', waiting))
      .where((where) =>
        where.or([
          where('noticeAt', '<=', now.getTime()),
          where.and([where('state', '=', 'pending'), where('expiresAt', '<=', now.getTime())]),
        ]),
      )
      .executeTakeFirst(),
  );
}

/** Since when the change of the card that waits longest has said something else than the card. */
export function oldestStaleCardAt(db: Db): Promise<Date | undefined> {
  const since = sql<number | null>`min(coalesce(change.applied_at, change.decided_at, change.created_at))`;
  return earliest(
    db
      .selectFrom('card')
      .innerJoin('change', 'change.id', 'card.changeId')
      .select(since.as('at'))
      .where(isOutOfDate)
      .executeTakeFirst(),
  );
}
