import { sql } from 'kysely';
import type { Db } from '../../db/tables.ts';
import type { Change } from '../change.ts';
import { seatsTakenBy, turnsOf } from '../steps/steps-of.ts';
import { fromRow, fromRows } from './change-rows.ts';

/**
 * Seats promised to activations under way that the platform's list may not show yet, by user id; by the id of the change
 * where this version cannot tell who gets the seat.
 */
export async function reservedActivations(db: Db, exceptChangeId: string): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('change')
    .selectAll()
    // In the words of the index `change_reserved`: a partial index serves only who asks in its words.
    .where(sql<boolean>`seat_reserved = 1`)
    .where('id', '!=', exceptChangeId)
    .execute();
  return new Set(
    rows.flatMap((row) => {
      const change = fromRow(row);
      return change === undefined ? [row.id] : seatsTakenBy(change.steps);
    }),
  );
}

/** Changes of this user that were applied after `since`, newest first. */
export async function changesOfUserSince(db: Db, userId: string, since: Date): Promise<readonly Change[]> {
  const rows = await db
    .selectFrom('change')
    .selectAll()
    .where('state', '=', 'applied')
    .where('appliedAt', '>', since.getTime())
    .where('steps', 'like', `%${userId}%`)
    .orderBy('appliedAt', 'desc')
    .execute();
  return fromRows(rows).filter(({ steps }) => turnsOf(steps).some((turn) => turn.userId === userId));
}
