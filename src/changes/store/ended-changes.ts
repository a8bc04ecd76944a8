import { sql } from 'kysely';
import type { RecordMark } from '../../db/record-mark.ts';
import type { Db } from '../../db/tables.ts';
import { CHANGE_KINDS } from '../steps/step.ts';
import { goesOn } from './due-changes.ts';

/** So many in one transaction: others wait for it. */
const A_BATCH = 200;

/** In the words of the index `change_ended`, as a partial index serves only who asks in its words. */
const hasEnded = sql<boolean>`state in ('applied', 'failed', 'denied', 'expired', 'cancelled') and notice_at is null`;

/** Ends before which something was written to the platform, or may have been. */
const WRITTEN = ['applied', 'failed', 'cancelled'];

/** What changes that go on still need of others. */
export interface StillNeeded {
  /** Ids of changes that left one behind, or that one is to undo. */
  readonly changes: ReadonlySet<string>;
  /** Ids of users: whether the end of an activation still holds depends on what became of its user since. */
  readonly users: ReadonlySet<string>;
}

/** Read as text, since a newer version of the bot may have kinds of steps that this one does not know. */
export async function stillNeeded(db: Db): Promise<StillNeeded> {
  const open = await db.selectFrom('change').select(['steps', 'parentId']).where(goesOn).execute();
  return {
    changes: new Set(open.flatMap(({ parentId }) => parentId ?? [])),
    users: new Set(open.flatMap(({ steps }) => usersIn(steps))),
  };
}

const usersIn = (json: string): readonly string[] =>
  [...json.matchAll(/"userId":"([^"]+)"/g)].map(([, id]) => id ?? '');

export interface ClearingChanges {
  readonly before: Date;
  /** How far the watch has looked: by writes since then it tells the bot's own from those of others. */
  readonly seen: RecordMark | undefined;
  readonly needed: StillNeeded;
  /** Called after each batch. */
  readonly alive: () => void;
}

/**
 * Clears changes that ended before that moment, with their cards and entries of the trail, a few at a time. Left alone
 * are those that others need, those that a card is still to tell of, and those of a newer version.
 */
export async function clearEndedChanges(db: Db, clearing: ClearingChanges): Promise<void> {
  const { needed, seen, alive } = clearing;
  const unseen = new Set(seen?.open);
  const isNeeded = ({ id, steps }: { readonly id: string; readonly steps: string }): boolean =>
    needed.changes.has(id) || unseen.has(id) || usersIn(steps).some((user) => needed.users.has(user));
  let from: Place = { createdAt: 0, id: '' };
  while (true) {
    const ended = await endedBefore(db, clearing, from);
    const ids = ended.filter((change) => !isNeeded(change)).map(({ id }) => id);
    if (ids.length > 0) await clear(db, ids);
    alive();
    const last = ended.at(-1);
    if (last === undefined || ended.length < A_BATCH) return;
    from = last;
  }
}

interface Place {
  readonly createdAt: number;
  readonly id: string;
}

const endedBefore = (db: Db, { before, seen }: ClearingChanges, from: Place) =>
  db
    .selectFrom('change')
    .select(['id', 'createdAt', 'steps'])
    .where(hasEnded)
    .where('createdAt', '<', before.getTime())
    .where((where) =>
      where.or([
        where('createdAt', '>', from.createdAt),
        where.and([where('createdAt', '=', from.createdAt), where('id', '>', from.id)]),
      ]),
    )
    .where('kind', 'in', CHANGE_KINDS)
    .where('seatReserved', '=', 0)
    // What happened to it last tells when it ended.
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('audit')
            .select('seq')
            .whereRef('audit.changeId', '=', 'change.id')
            .where((where) =>
              where.or([
                where('audit.at', '>=', before.getTime()),
                ...(seen === undefined
                  ? []
                  : [where.and([where('audit.seq', '>', seen.seq), where('audit.event', 'in', WRITTEN)])]),
              ]),
            ),
        ),
      ),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('card')
            .select('place')
            .whereRef('card.changeId', '=', 'change.id')
            .where('card.gone', '=', 0)
            .whereRef('card.shownRevision', '<', 'card.revision'),
        ),
      ),
    )
    .orderBy('createdAt')
    .orderBy('id')
    .limit(A_BATCH)
    .execute();

/** The change first: one that somebody has tried again in this moment goes on. */
async function clear(db: Db, ids: readonly string[]): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const cleared = await trx
      .deleteFrom('change')
      .where('id', 'in', ids)
      .where(hasEnded)
      .returning('id')
      .execute();
    if (cleared.length === 0) return;
    const gone = cleared.map(({ id }) => id);
    await trx.deleteFrom('card').where('changeId', 'in', gone).execute();
    await trx.deleteFrom('audit').where('changeId', 'in', gone).execute();
  });
}
