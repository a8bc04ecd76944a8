import type { KnownBlock } from '@slack/types';
import { readAudit } from '../db/read-audit.ts';
import type { Db } from '../db/tables.ts';
import { entryRow } from './audit-views.ts';

/** The latest changes drawn, newest first, for places beside the trail's own list. */
export async function latestRows(db: Db, most: number): Promise<readonly (readonly KnownBlock[])[]> {
  return (await readAudit(db, { ends: true, most })).map(entryRow);
}
