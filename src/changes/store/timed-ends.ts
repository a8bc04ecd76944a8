import { sql } from 'kysely';
import type { Db } from '../../db/tables.ts';
import type { Change } from '../change.ts';
import { fromRows } from './change-rows.ts';

/** Deactivations that wait for the end of a timed activation, oldest first; also those that mean nothing any more. */
export async function timedEnds(db: Db): Promise<readonly Change[]> {
  const rows = await db
    .selectFrom('change')
    .selectAll()
    // In the words of the index `change_going_on`: a partial index serves only who asks in its words.
    .where(sql<boolean>`(state in ('pending', 'approved', 'applying') or notice_at is not null)`)
    .where('origin', '=', 'timed')
    .where('state', 'in', ['approved', 'applying'])
    .orderBy('createdAt')
    .execute();
  return fromRows(rows);
}
