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
      return change === undefined ? [row.id] : seatsTakenBy(change.steps.filter(({ failure }) => !failure));
    }),
  );
}

/** How far the clocks of replicas may differ, ms: times find what the order of the trail then decides. */
const CLOCKS_APART_MS = 86_400_000;

/** Changes of this user that were applied after that one, by the order of the trail; `since` is about when it was. */
export async function changesOfUserAfter(
  db: Db,
  userId: string,
  { changeId, since }: { readonly changeId: string; readonly since: Date },
): Promise<readonly Change[]> {
  const found = await changesOfUserSince(db, userId, new Date(since.getTime() - CLOCKS_APART_MS));
  const seqs = await appliedSeqs(db, [changeId, ...found.map(({ id }) => id)]);
  const from = seqs.get(changeId);
  return found.filter(({ id, appliedAt }) => {
    if (id === changeId) return false;
    const seq = seqs.get(id);
    // Cleared from the trail meanwhile: then only the times are left.
    return from === undefined || seq === undefined ? (appliedAt ?? since) > since : seq > from;
  });
}

/** The place in the trail at which each of these changes was applied last. */
async function appliedSeqs(
  db: Db,
  changeIds: readonly string[],
): Promise<ReadonlyMap<string | null, number>> {
  const rows = await db
    .selectFrom('audit')
    .select(['changeId', 'seq'])
    .where('changeId', 'in', changeIds)
    .where('event', '=', 'applied')
    .orderBy('seq')
    .execute();
  return new Map(rows.map(({ changeId, seq }) => [changeId, seq]));
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
