import type { CardRow, Db } from '../db/tables.ts';

const CLAIM_MS = 20_000;

/** A message of ours that follows a change. */
export type Card = CardRow;

/** Cards that do not agree with their change yet, and whose turn it is. */
export async function staleCards(db: Db, now: Date, most: number): Promise<readonly Card[]> {
  return db
    .selectFrom('card')
    .innerJoin('change', 'change.id', 'card.change_id')
    .selectAll('card')
    .whereRef('card.shown_revision', '<', 'change.revision')
    .where('card.gone', '=', 0)
    .where('card.not_before', '<=', now.getTime())
    .orderBy('change.created_at')
    .limit(most)
    .execute();
}

/** Takes the card for this process alone, for a while; `false` when another was faster. */
export async function claimCard(db: Db, card: Card, now: Date): Promise<boolean> {
  const claimed = await db
    .updateTable('card')
    .set({ not_before: now.getTime() + CLAIM_MS, attempts: card.attempts + 1 })
    .where('change_id', '=', card.change_id)
    .where('place', '=', card.place)
    .where('not_before', '=', card.not_before)
    .where('attempts', '=', card.attempts)
    .returning('place')
    .executeTakeFirst();
  return claimed !== undefined;
}

type CardUpdate = Partial<
  Pick<Card, 'channel' | 'ts' | 'shown' | 'shown_revision' | 'told_seq' | 'gone' | 'attempts' | 'not_before'>
>;

export async function updateCard(
  db: Db,
  card: Pick<Card, 'change_id' | 'place'>,
  update: CardUpdate,
): Promise<void> {
  await db
    .updateTable('card')
    .set(update)
    .where('change_id', '=', card.change_id)
    .where('place', '=', card.place)
    .execute();
}

/** Makes the card of that message be drawn anew: somebody pressed on a face that is out of date. */
export async function redrawCard(db: Db, channel: string, ts: string): Promise<void> {
  await db
    .updateTable('card')
    .set({ shown_revision: -1, shown: null, not_before: 0 })
    .where('channel', '=', channel)
    .where('ts', '=', ts)
    .execute();
}

/** Another place for a change, when one cannot be reached. */
export async function addCard(db: Db, changeId: string, place: string, destination: string): Promise<void> {
  const fresh = {
    channel: null,
    ts: null,
    shown_revision: -1,
    shown: null,
    told_seq: 0,
    gone: 0,
    attempts: 0,
    not_before: 0,
  };
  await db
    .insertInto('card')
    .values({ change_id: changeId, place, destination, ...fresh })
    .onConflict((conflict) => conflict.columns(['change_id', 'place']).doNothing())
    .execute();
}

/** What has happened to a change since the entry `afterSeq`, for its thread. */
export async function trailSince(db: Db, changeId: string, afterSeq: number) {
  return db
    .selectFrom('audit')
    .select(['seq', 'event', 'actor', 'outcome', 'at'])
    .where('change_id', '=', changeId)
    .where('seq', '>', afterSeq)
    .where('event', '!=', 'requested')
    .orderBy('seq')
    .execute();
}
