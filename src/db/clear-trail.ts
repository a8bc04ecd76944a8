import type { Db } from './tables.ts';

/** So many in one statement: others wait for it. */
const A_BATCH = 500;

export interface Clearing {
  readonly before: Date;
  /** Of these users everything is kept. */
  readonly exceptOf: ReadonlySet<string>;
  /** Called after each batch. */
  readonly alive: () => void;
}

/** Clears entries of the trail from before that moment, a few at a time. The entries of a change go with it, never alone. */
export async function clearTrail(db: Db, { before, exceptOf, alive }: Clearing): Promise<void> {
  let from: Place = { at: 0, seq: 0 };
  while (true) {
    const old = await oldEntries(db, before, from);
    const over = old.filter(({ subjects }) => ![...exceptOf].some((userId) => subjects.includes(userId)));
    const seqs = over.map(({ seq }) => seq);
    if (seqs.length > 0) await db.deleteFrom('audit').where('seq', 'in', seqs).execute();
    alive();
    const last = old.at(-1);
    if (last === undefined || old.length < A_BATCH) return;
    from = last;
  }
}

interface Place {
  readonly at: number;
  readonly seq: number;
}

const oldEntries = (db: Db, before: Date, from: Place) =>
  db
    .selectFrom('audit')
    .select(['seq', 'at', 'subjects'])
    .where('at', '>=', from.at)
    .where('at', '<', before.getTime())
    .where((where) => where.or([where('at', '>', from.at), where('seq', '>', from.seq)]))
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('change').select('id').whereRef('change.id', '=', 'audit.changeId'))),
    )
    .orderBy('at')
    .orderBy('seq')
    .limit(A_BATCH)
    .execute();
