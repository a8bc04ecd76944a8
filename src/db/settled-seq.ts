import { hasCome } from '../posts/claim.ts';
import type { Db } from './tables.ts';

/** PostgreSQL numbers an entry before it can be seen, so that one may turn up after a newer one. */
const SETTLE_MS = 5000;

/** The newest audit entry before which none can turn up any more; 0 where there is none. */
export async function settledSeq(db: Db, now: Date): Promise<number> {
  const row = await db
    .selectFrom('audit')
    .select('seq')
    .where(hasCome('at', now, SETTLE_MS))
    // From the end: almost every entry is that old.
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.seq ?? 0;
}
