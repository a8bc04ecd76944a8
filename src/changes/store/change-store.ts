import { type AuditEntry, appendAudit } from '../../db/audit-trail.ts';
import type { Db } from '../../db/tables.ts';
import { appendUserNews, type UserNews } from '../../db/user-news.ts';
import { type Change, isRequestOf } from '../change.ts';
import { requestKey, triableSteps } from '../steps/steps-of.ts';
import { transition } from '../transition.ts';
import { type CardPlace, followChange, insertCard } from './card-store.ts';
import { fromRow, fromRows, toRow } from './change-rows.ts';

/** What is stored together with a transition, in one transaction. */
export interface Consequences {
  readonly entry?: AuditEntry | undefined;
  readonly cards?: readonly CardPlace[] | undefined;
  /** Changes that this one leaves behind. */
  readonly left?: readonly Change[] | undefined;
  /** An applied change that this one has undone. */
  readonly undoes?: { readonly id: string; readonly at: Date } | undefined;
  /** What people whose accounts it concerns are to be told. */
  readonly news?: readonly UserNews[] | undefined;
}

/** Keeps a new change; `false` when one with its id, or a pending one that asks the same, is there already. */
export async function insertChange(db: Db, change: Change, consequences: Consequences): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const inserted = await insertRow(trx, change);
    if (inserted) await storeConsequences(trx, change.id, consequences);
    return inserted;
  });
}

/**
 * Stores `next` if the change is still as it was read, one revision before: `false` means somebody else won,
 * and nothing was stored.
 */
export async function storeTransition(
  db: Db,
  next: Change,
  consequences: Consequences = {},
): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const stored = await updateRow(trx, next);
    if (stored) await storeConsequences(trx, next.id, consequences);
    return stored;
  });
}

/** Stores the change, and makes its cards follow; `false`: the row is another revision by now. */
async function updateRow(trx: Db, next: Change): Promise<boolean> {
  const updated = await trx
    .updateTable('change')
    .set(toRow(next))
    .where('id', '=', next.id)
    .where('revision', '=', next.revision - 1)
    .returning('id')
    .executeTakeFirst();
  if (updated === undefined) return false;
  await followChange(trx, next.id, next.revision);
  return true;
}

async function storeConsequences(trx: Db, changeId: string, consequences: Consequences): Promise<void> {
  const { entry, cards = [], left = [], undoes, news = [] } = consequences;
  if (entry !== undefined) await appendAudit(trx, entry);
  for (const change of left) await insertRow(trx, change);
  if (undoes !== undefined) await storeUndone(trx, undoes.id, undoes.at);
  await appendUserNews(trx, news);
  for (const card of cards) await insertCard(trx, changeId, card);
}

/** Takes `Undo` from the cards of a change that has been undone, whatever else happens to it at this moment. */
async function storeUndone(trx: Db, id: string, at: Date): Promise<void> {
  const change = await findChange(trx, id);
  const undone = change === undefined ? undefined : transition(change, { type: 'undone' }, at);
  if (undone?.ok && !(await updateRow(trx, undone.change))) await storeUndone(trx, id, at);
}

/** Takes `Try again` from the cards of a change of which another one, `retryId`, tries what failed. */
export async function storeRetried(db: Db, id: string, retryId: string, at: Date): Promise<void> {
  const change = await findChange(db, id);
  if (change === undefined || triableSteps(change.steps).length === 0) return;
  const retried = transition(change, { type: 'retried', changeId: retryId }, at);
  if (retried.ok && !(await storeTransition(db, retried.change))) await storeRetried(db, id, retryId, at);
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
export async function findSamePending(
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

/** Pending requests, oldest first; of the person known by these keys, or everybody's. */
export async function pendingChanges(db: Db, ofPerson?: readonly string[]): Promise<readonly Change[]> {
  const query = db.selectFrom('change').selectAll().where('state', '=', 'pending');
  const pending = fromRows(await query.orderBy('createdAt').orderBy('id').execute());
  return ofPerson === undefined ? pending : pending.filter((change) => isRequestOf(change, ofPerson));
}

/**
 * Keeps a change that is being applied: other processes take it over at `until`. Not a transition, so the revision
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
