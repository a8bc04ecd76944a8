import { sql } from 'kysely';
import type { CardRow, Db } from '../../db/tables.ts';

/** Longer than the calls of one card can take: a card whose process died waits for this long. */
const CLAIM_MS = 20_000;

/** A message of ours that follows a change. */
export type Card = CardRow;

/** A place where a change is to be shown. */
export interface CardPlace {
  /** `approvals`, `dm:U…` or `dm-admin:U…`. */
  readonly place: string;
  /** A channel's id, or a person's for a DM. */
  readonly destination: string;
}

/** Another place for a change; the one that is there already stays as it is. */
export async function insertCard(db: Db, changeId: string, { place, destination }: CardPlace): Promise<void> {
  const fresh = {
    channel: null,
    ts: null,
    shownRevision: -1,
    shown: null,
    toldSeq: 0,
    gone: 0,
    attempts: 0,
    notBefore: 0,
  };
  await db
    .insertInto('card')
    .values({ changeId: changeId, place, destination, ...fresh })
    .onConflict((conflict) => conflict.columns(['changeId', 'place']).doNothing())
    .execute();
}

/** Cards that do not agree with their change yet, and whose turn it is. */
export async function staleCards(db: Db, now: Date, most: number): Promise<readonly Card[]> {
  return db
    .selectFrom('card')
    .innerJoin('change', 'change.id', 'card.changeId')
    .selectAll('card')
    .whereRef('card.shownRevision', '<', 'change.revision')
    .where('card.gone', '=', 0)
    .where('card.notBefore', '<=', now.getTime())
    .orderBy('change.createdAt')
    .limit(most)
    .execute();
}

/**
 * Takes the card for this process alone, for a while; `undefined` when another was faster. Until the work is recorded,
 * what the message shows counts as unknown: a process that dies may have rewritten it.
 */
export async function claimCard(db: Db, card: Card, now: Date): Promise<Card | undefined> {
  return db
    .updateTable('card')
    .set({ notBefore: now.getTime() + CLAIM_MS, attempts: card.attempts + 1, shown: null })
    .where('changeId', '=', card.changeId)
    .where('place', '=', card.place)
    .where('notBefore', '=', card.notBefore)
    .where('attempts', '=', card.attempts)
    .returningAll()
    .executeTakeFirst();
}

type CardUpdate = Partial<
  Pick<Card, 'channel' | 'ts' | 'shown' | 'shownRevision' | 'toldSeq' | 'gone' | 'attempts' | 'notBefore'>
>;

/** Records what was done to a claimed card; `false` when the claim has run out and somebody else has the card. */
export async function updateCard(db: Db, claimed: Card, update: CardUpdate): Promise<boolean> {
  const updated = await db
    .updateTable('card')
    .set(update)
    .where('changeId', '=', claimed.changeId)
    .where('place', '=', claimed.place)
    .where('notBefore', '=', claimed.notBefore)
    .where('attempts', '=', claimed.attempts)
    .returning('place')
    .executeTakeFirst();
  return updated !== undefined;
}

/**
 * Makes the card of that message be drawn anew: somebody pressed on a face that may be out of date. A claim stays, so
 * that never two draw at once; a longer wait does not.
 */
export async function redrawCard(db: Db, channel: string, ts: string, now: Date): Promise<void> {
  await db
    .updateTable('card')
    .set({
      shownRevision: -1,
      shown: null,
      gone: 0,
      notBefore: sql<number>`case when not_before > ${now.getTime() + CLAIM_MS} then 0 else not_before end`,
    })
    .where('channel', '=', channel)
    .where('ts', '=', ts)
    .execute();
}

/** What has happened to a change since the entry `afterSeq`, for its thread. */
export async function trailSince(db: Db, changeId: string, afterSeq: number) {
  return db
    .selectFrom('audit')
    .select(['seq', 'event', 'actor', 'outcome', 'at'])
    .where('changeId', '=', changeId)
    .where('seq', '>', afterSeq)
    .where('event', '!=', 'requested')
    .orderBy('seq')
    .execute();
}
