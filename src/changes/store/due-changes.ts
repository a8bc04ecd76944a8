import { sql } from 'kysely';
import type { Db } from '../../db/tables.ts';
import type { Change } from '../change.ts';
import { furthestEnd, type LeaseTerm, LONGEST_PAUSE_MS } from '../change-event.ts';
import { CHANGE_KINDS } from '../steps/step.ts';
import { fromRows } from './change-rows.ts';

/**
 * Something is still to be done with the change, or told of it. In the words of the index `change_going_on`, as a partial
 * index serves only who asks in its words.
 */
export const goesOn = sql<boolean>`(state in ('pending', 'approved', 'applying') or notice_at is not null)`;

/** As `wasPutOff` has it. */
export const putOff = sql<boolean>`(attempts > 0 or last_fault is not null)`;

/** So many changes are looked at in one pass, but for those that wait for others, by their ids: they would keep places for long. */
export interface Portion {
  readonly most: number;
  readonly waiting: readonly string[];
}

/** Changes to carry out now: approved and due, or left behind by a process that died, as the clock of leases tells. */
export async function dueChanges(
  db: Db,
  now: Date,
  lease: LeaseTerm,
  { most, waiting }: Portion,
): Promise<readonly Change[]> {
  const at = now.getTime();
  const rows = await db
    .selectFrom('change')
    .selectAll()
    .where(goesOn)
    .where('kind', 'in', CHANGE_KINDS)
    .$if(waiting.length > 0, (query) => query.where('id', 'not in', waiting))
    .where((where) =>
      where.or([
        where.and([
          where('state', '=', 'approved'),
          where.or([
            where('notBefore', 'is', null),
            where('notBefore', '<=', at),
            // As `isTimeFor` has it.
            where.and([
              putOff,
              where('origin', '!=', 'timed'),
              where('notBefore', '>', at + LONGEST_PAUSE_MS),
            ]),
          ]),
        ]),
        where.and([
          where('state', '=', 'applying'),
          where.or([
            where('leaseUntil', 'is', null),
            where('leaseUntil', '<=', lease.from.getTime()),
            where('leaseUntil', '>', furthestEnd(lease).getTime()),
          ]),
        ]),
      ]),
    )
    .orderBy('createdAt')
    .limit(most)
    .execute();
  return fromRows(rows);
}

/**
 * The requests to move or drop an end that has come, or was dropped otherwise: as `expireWithEnd` has it. It is no `exists`:
 * for that PostgreSQL may read all changes that have ended, each second.
 */
const hasOutlivedEnd = sql<boolean>`(state = 'pending' and kind in ('extend', 'keep') and (
  select ending.state from change as ending
  where ending.id = replace(replace(change.twin_key, 'extend:extend=', ''), 'keep:keep=', '')
  ) in ('applied', 'cancelled'))`;

/** Changes of which something is to be said or redrawn now: expiries, reminders, notices, the end of `Undo`. */
export async function changesWithNews(
  db: Db,
  now: Date,
  { most, waiting }: Portion,
): Promise<readonly Change[]> {
  const at = now.getTime();
  const rows = await db
    .selectFrom('change')
    .selectAll()
    .where(goesOn)
    .where('kind', 'in', CHANGE_KINDS)
    .$if(waiting.length > 0, (query) => query.where('id', 'not in', waiting))
    .where((where) =>
      where.or([
        where('noticeAt', '<=', at),
        where.and([where('state', '=', 'pending'), where('expiresAt', '<=', at)]),
        hasOutlivedEnd,
      ]),
    )
    .orderBy('createdAt')
    .limit(most)
    .execute();
  return fromRows(rows);
}
