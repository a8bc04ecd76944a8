import type { Db } from '../../db/tables.ts';
import type { Change } from '../change.ts';
import { fromRows } from './change-rows.ts';
import { goesOn } from './due-changes.ts';

/** Deactivations that wait for the end of a timed activation, oldest first; also those that mean nothing any more. */
export async function timedEnds(db: Db): Promise<readonly Change[]> {
  const rows = await db
    .selectFrom('change')
    .selectAll()
    .where(goesOn)
    .where('origin', '=', 'timed')
    .where('state', 'in', ['approved', 'applying'])
    .orderBy('createdAt')
    .execute();
  return fromRows(rows);
}

/** Those that came to nothing, of these users. */
export async function droppedEnds(db: Db, userIds: readonly string[]): Promise<readonly Change[]> {
  const rows = await db
    .selectFrom('change')
    .selectAll()
    .where('origin', '=', 'timed')
    .where('state', '=', 'cancelled')
    .where((where) => where.or(userIds.map((id) => where('steps', 'like', `%${id}%`))))
    .execute();
  return fromRows(rows);
}

/** Of those that wait, the ones whose time has come, or of which something is to be said. */
export async function timedEndsDue(db: Db, now: Date): Promise<readonly Change[]> {
  const rows = await db
    .selectFrom('change')
    .selectAll()
    .where(goesOn)
    .where('origin', '=', 'timed')
    .where('state', '=', 'approved')
    .where((where) =>
      where.or([where('notBefore', '<=', now.getTime()), where('noticeAt', '<=', now.getTime())]),
    )
    .execute();
  return fromRows(rows);
}
