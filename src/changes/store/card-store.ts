import { sql } from 'kysely';
import type { CardRow } from '../../db/tables/card-table.ts';
import type { Db } from '../../db/tables.ts';
import { dueUnlessClaimed, hasCome } from '../../posts/claim.ts';
import { NOT_POSTED } from '../../posts/post.ts';

/** A message of ours that follows a change. */
export type Card = CardRow;

/** A place where a change is to be shown. */
export interface CardPlace {
  /** `approvals`, `dm:U…`, `dm-admin:U…` or `dm-owner:U…`. */
  readonly place: string;
  /** A channel's id, or a person's for a DM; '' for the approvals channel of the bot that posts it. */
  readonly destination: string;
}

/** Another place for a change; the one that is there already stays as it is. */
export async function insertCard(db: Db, changeId: string, { place, destination }: CardPlace): Promise<void> {
  await db
    .insertInto('card')
    .values(({ selectFrom }) => ({
      changeId,
      place,
      destination,
      channel: null,
      toldSeq: 0,
      ...NOT_POSTED,
      revision: sql<number>`coalesce(${selectFrom('change').select('revision').where('id', '=', changeId)}, 0)`,
    }))
    .onConflict((conflict) => conflict.columns(['changeId', 'place']).doNothing())
    .execute();
}

/** Lets the cards of a change be due: it has another revision. Part of the transaction that stores it. */
export async function followChange(trx: Db, changeId: string, revision: number): Promise<void> {
  await trx.updateTable('card').set({ revision }).where('changeId', '=', changeId).execute();
}

/** Updates cards, too, whose change an older version of the bot stored without touching the card. */
export async function catchUpCards(db: Db): Promise<void> {
  await db
    .updateTable('card')
    .set(({ selectFrom }) => ({
      revision: sql<number>`${selectFrom('change').select('revision').whereRef('id', '=', 'card.changeId')}`,
    }))
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('change')
          .select('id')
          .whereRef('change.id', '=', 'card.changeId')
          .whereRef('change.revision', '>', 'card.revision'),
      ),
    )
    .execute();
}

/** In the words of the index `card_due`, as a partial index serves only who asks in its words. */
export const isOutOfDate = sql<boolean>`card.gone = 0 and card.shown_revision < card.revision`;

/** Cards that do not agree with their change yet, and whose turn it is. */
export async function staleCards(db: Db, now: Date, most: number): Promise<readonly Card[]> {
  return (
    db
      .selectFrom('card')
      .selectAll()
      .where(isOutOfDate)
      .where(hasCome('card.notBefore', now))
      // Few are due, and for each its change is looked up: a join might read all changes.
      .orderBy(({ selectFrom }) =>
        selectFrom('change').select('change.createdAt').whereRef('change.id', '=', 'card.changeId'),
      )
      .limit(most)
      .execute()
  );
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
