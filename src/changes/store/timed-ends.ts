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
