import { settledSeq } from '../db/settled-seq.ts';
import type { Db } from '../db/tables.ts';

/**
 * Whether a command line has carried out a change since the last call, once `found` has dealt with it: its process tells
 * no bot. What was there before the first call counts as known.
 */
export function commandLineNews(
  { db, now }: { readonly db: Db; readonly now: () => Date },
  found: () => void,
): () => Promise<boolean> {
  let settled: number | undefined;
  let known: ReadonlySet<number> = new Set();
  return async () => {
    const next = await settledSeq(db, now());
    const applied = await appliedByCommandLine(db, settled ?? next);
    const isNew = settled !== undefined && applied.some((seq) => !known.has(seq));
    if (isNew) found();
    // A clock that was set back settles less than before.
    settled = Math.max(settled ?? 0, next);
    known = new Set(applied);
    return isNew;
  };
}

async function appliedByCommandLine(db: Db, afterSeq: number): Promise<readonly number[]> {
  const found = await db
    .selectFrom('audit')
    .select('seq')
    .where('seq', '>', afterSeq)
    .where('event', '=', 'applied')
    .where((where) => where.or([where('actor', 'like', 'cli:%'), where('requester', 'like', 'cli:%')]))
    .execute();
  return found.map(({ seq }) => seq);
}
