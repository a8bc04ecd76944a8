import type { CardRow } from '../../db/tables/card-table.ts';
import type { Db } from '../../db/tables.ts';
import { dueUnlessClaimed } from '../../posts/claim.ts';
import { NOT_POSTED } from '../../posts/post.ts';

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
  await db
    .insertInto('card')
    .values({ changeId, place, destination, channel: null, toldSeq: 0, ...NOT_POSTED })
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
 * Makes the card of that message be drawn again: somebody pressed on a face that may be out of date. A claim stays, so
 * that never two draw at once; a longer wait does not.
 */
export async function redrawCard(db: Db, channel: string, ts: string): Promise<void> {
  await db
    .updateTable('card')
    .set({
      shownRevision: -1,
      shown: null,
      gone: 0,
      notBefore: dueUnlessClaimed('card'),
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
