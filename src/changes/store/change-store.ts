import { sql } from 'kysely';
import { type AuditEntry, appendAudit } from '../../db/audit-trail.ts';
import type { Db } from '../../db/tables.ts';
import type { Change } from '../change.ts';
import { requestKey, seatsTakenBy, turnsOf } from '../steps/steps-of.ts';
import { type CardPlace, followChange, insertCard } from './card-store.ts';
import { fromRow, fromRows, toRow } from './change-rows.ts';

/** What is stored together with a transition, in one transaction. */
export interface Along {
  readonly entry?: AuditEntry | undefined;
  readonly cards?: readonly CardPlace[] | undefined;
  /** A change that this one leaves behind. */
  readonly child?: Change | undefined;
  /** The id of an applied change that this one has undone. */
  readonly undoes?: string | undefined;
}

/** Keeps a new change; `false` when one with its id, or a pending one that asks the same, is there already. */
export async function insertChange(db: Db, change: Change, along: Along): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const inserted = await insertRow(trx, change);
    if (inserted) await storeAlong(trx, change.id, along);
    return inserted;
  });
}

/**
 * Stores `next` if the change is still as it was read, one revision before: `false` means somebody else won,
 * and nothing was stored.
 */
export async function storeTransition(db: Db, next: Change, along: Along = {}): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const stored = await trx
      .updateTable('change')
      .set(toRow(next))
      .where('id', '=', next.id)
      .where('revision', '=', next.revision - 1)
      .returning('id')
      .executeTakeFirst();
    if (stored === undefined) return false;
    await followChange(trx, next.id, next.revision);
    await storeAlong(trx, next.id, along);
    return true;
  });
}

async function storeAlong(trx: Db, changeId: string, along: Along): Promise<void> {
  const { entry, cards = [], child, undoes } = along;
  if (entry !== undefined) await appendAudit(trx, entry);
  if (child !== undefined) await insertRow(trx, child);
  if (undoes !== undefined) await markUndone(trx, undoes);
  for (const card of cards) await insertCard(trx, changeId, card);
}

/** Takes `Undo` from the cards of a change that has been undone: their change gets another revision. */
async function markUndone(trx: Db, id: string): Promise<void> {
  const undone = await trx
    .updateTable('change')
    .set(({ eb }) => ({ undone: 1, revision: eb('revision', '+', 1) }))
    .where('id', '=', id)
    .where('state', '=', 'applied')
    .returning('revision')
    .executeTakeFirst();
  if (undone !== undefined) await followChange(trx, id, undone.revision);
}

async function insertRow(trx: Db, change: Change): Promise<boolean> {
  const row = await trx
    .insertInto('change')
    .values(toRow(change))
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

export async function findChange(db: Db, id: string): Promise<Change | undefined> {
  const row = await db.selectFrom('change').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : fromRow(row);
}

/** The pending request that asks the same as `change`. */
export async function findPendingTwin(
  db: Db,
  change: Pick<Change, 'kind' | 'steps'>,
): Promise<Change | undefined> {
  const row = await db
    .selectFrom('change')
    .selectAll()
    .where('twinKey', '=', requestKey(change.kind, change.steps))
    .where('state', '=', 'pending')
    .executeTakeFirst();
  return row === undefined ? undefined : fromRow(row);
}

/** Pending requests, oldest first; of one requester, or everybody's. */
export async function pendingChanges(db: Db, requesterId?: string): Promise<readonly Change[]> {
  let query = db.selectFrom('change').selectAll().where('state', '=', 'pending');
  if (requesterId !== undefined) query = query.where('requesterId', '=', requesterId);
  return fromRows(await query.orderBy('createdAt').orderBy('id').execute());
}

/**
 * Keeps a change that is being carried out: other processes take it over at `until`. Not a transition, so the revision
 * stays. `false`: another process has taken it, or ended it.
 */
export async function renewLease(db: Db, id: string, owner: string, until: Date): Promise<boolean> {
  const renewed = await db
    .updateTable('change')
    .set({ leaseUntil: until.getTime() })
    .where('id', '=', id)
    .where('state', '=', 'applying')
    .where('leaseOwner', '=', owner)
    .returning('id')
    .executeTakeFirst();
  return renewed !== undefined;
}

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

/** Changes of this user that were carried out after `since`, newest first. */
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
