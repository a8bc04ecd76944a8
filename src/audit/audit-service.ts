import type { KnownBlock } from '@slack/types';
import { perUser } from '../db/per-user.ts';
import { type AuditQuery, readAudit, type StoredAudit } from '../db/read-audit.ts';
import type { Db } from '../db/tables.ts';
import type { Message } from '../slack/blocks.ts';
import { csvHead, csvLines } from './audit-csv.ts';
import type { AuditFilter } from './audit-query.ts';
import { trailMessage } from './audit-views.ts';
import { entryRows } from './entry-views.ts';
import { type Directory, namesFrom } from './names-service.ts';

/** Entries in one page of the export: others have their turn in between. */
const AT_A_TIME = 200;
const PAGE_SIZE = 10;

/** A page of the trail, newest first. */
export async function trailPage(db: Db, filter: AuditFilter): Promise<Message> {
  const entries = await readAudit(db, { ...queryOf(filter), ends: true, most: PAGE_SIZE + 1 });
  return trailMessage({
    filter,
    entries: entries.slice(0, PAGE_SIZE).map((entry) => entryFor(entry, filter)),
    hasOlder: entries.length > PAGE_SIZE,
  });
}

/** Of a change of many, in the history of one: what became of that one. */
function entryFor(entry: StoredAudit, { subject }: AuditFilter): StoredAudit {
  if (subject === undefined || entry.subjects.every(({ failed }) => failed === undefined)) return entry;
  const own = perUser(entry).find(({ subjects: [one] }) => one?.userId === subject.userId);
  return own ?? entry;
}

/** What became of one user so far, newest first. */
export const historyOf = (
  db: Db,
  { id, label }: { readonly id: string; readonly label: string },
): Promise<Message> => trailPage(db, { subject: { userId: id, label } });

/** What a filter looks for. */
export function queryOf({ slackUserId, text, subject, sinceMs, beforeSeq }: AuditFilter): TrailQuery {
  const who = [slackUserId, text].filter((term): term is string => term !== undefined && term !== '');
  return {
    who: who.length === 0 ? undefined : who,
    subject,
    since: sinceMs === undefined ? undefined : new Date(sinceMs),
    beforeSeq,
  };
}

/** Narrows the trail to entries that end a change, one for each. */
export type TrailQuery = Pick<AuditQuery, 'who' | 'subject' | 'since' | 'beforeSeq'>;

export interface TrailCsv {
  readonly entries: number;
  readonly file: Buffer;
}

/** The latest changes drawn, newest first, for places beside the trail's own list. */
export async function latestRows(db: Db, most = 5): Promise<readonly (readonly KnownBlock[])[]> {
  return (await readAudit(db, { ends: true, most })).flatMap(entryRows);
}

/** All matching entries as CSV, newest first; read page by page, so that only the file itself is held as a whole. */
export async function trailCsv(db: Db, query: TrailQuery, directory: Directory): Promise<TrailCsv> {
  const names = await namesFrom(directory);
  const parts = [Buffer.from(csvHead())];
  let entries = 0;
  let beforeSeq = query.beforeSeq;
  while (true) {
    const page = await readAudit(db, { ...query, ends: true, beforeSeq, most: AT_A_TIME });
    if (page.length > 0) {
      await names.read(page);
      parts.push(Buffer.from(csvLines(page, names)));
    }
    entries += page.length;
    beforeSeq = page.at(-1)?.seq;
    if (page.length < AT_A_TIME) return { entries, file: Buffer.concat(parts) };
  }
}
