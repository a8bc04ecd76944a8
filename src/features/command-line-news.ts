import type { Db } from '../db/tables.ts';

/**
 * Whether a command line has carried out a change since the last call, once `found` has dealt with it: its process tells
 * no bot. Where that rejects, the next call finds the same.
 */
export function commandLineNews(db: Db, found: () => Promise<unknown>): () => Promise<boolean> {
  let seen: number | undefined;
  return async () => {
    const newest = await newestSeq(db);
    const isNew = seen !== undefined && newest > seen && (await appliedByCommandLine(db, seen));
    if (isNew) await found();
    seen = newest;
    return isNew;
  };
}

async function newestSeq(db: Db): Promise<number> {
  const newest = await db
    .selectFrom('audit')
    .select('seq')
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return newest?.seq ?? 0;
}

async function appliedByCommandLine(db: Db, afterSeq: number): Promise<boolean> {
  const found = await db
    .selectFrom('audit')
    .select('seq')
    .where('seq', '>', afterSeq)
    .where('event', '=', 'applied')
    .where((where) => where.or([where('actor', 'like', 'cli:%'), where('requester', 'like', 'cli:%')]))
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}
