import type { KnownBlock } from '@slack/types';
import { type AuditQuery, readAudit } from '../db/read-audit.ts';
import type { Db } from '../db/tables.ts';
import { namesAmong } from '../license/known-names.ts';
import type { Message } from '../slack/blocks.ts';
import { inSlices } from '../slices.ts';
import type { WallarooUser } from '../wallaroo/user.ts';
import { csvHead, csvLines } from './audit-csv.ts';
import type { AuditFilter } from './audit-query.ts';
import { trailMessage } from './audit-views.ts';
import { rowBlocks } from './entry-views.ts';
import { type Directory, namesFrom } from './names-service.ts';
import { rowsOf, rowsSought } from './trail-rows.ts';

/** Entries in one page of the export: others have their turn in between. */
const AT_A_TIME = 200;
const PAGE_SIZE = 10;

/** What pages of the trail are made of. */
export interface TrailParts {
  readonly db: Db;
  readonly directory: Pick<Directory, 'listUsers'>;
}

/** A page of the trail, newest first; `nearest` are offered where there is nothing. */
export async function trailPage(
  { db, directory }: TrailParts,
  filter: AuditFilter,
  nearest: readonly WallarooUser[] = [],
): Promise<Message> {
  const query = queryOf(filter);
  // Each has a row at least, but for the first where all of its rows were shown before.
  const entries = await readAudit(db, { ...query, ends: true, most: PAGE_SIZE + 2 });
  const rows = entries
    .flatMap((entry) => rowsSought(entry, query))
    .filter(({ seq, part }) => filter.shown?.seq !== seq || part.nth > filter.shown.rows);
  const nameOf = await inSlices(namesAmong(rows.length === 0 ? [] : await directory.listUsers()));
  const hasOlder = rows.length > PAGE_SIZE;
  return trailMessage({ filter, rows: rows.slice(0, PAGE_SIZE), hasOlder, nameOf, nearest });
}

/** What became of one user so far, newest first. */
export const historyOf = (
  parts: TrailParts,
  { id, label }: { readonly id: string; readonly label: string },
): Promise<Message> => trailPage(parts, { subject: { userId: id, label } });

/** What a filter looks for. */
export function queryOf(filter: AuditFilter): TrailQuery {
  const { slackUserId, text, userIds = [], subject, sinceMs, beforeSeq } = filter;
  const who = [slackUserId, text, ...userIds].filter(
    (term): term is string => term !== undefined && term !== '',
  );
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

/** The latest changes drawn, newest first, a row for each user, for places beside the trail's own list. */
export async function latestRows(
  { db, directory }: TrailParts,
  most = 6,
): Promise<readonly (readonly KnownBlock[])[]> {
  const entries = await readAudit(db, { ends: true, most });
  const nameOf = await inSlices(namesAmong(entries.length === 0 ? [] : await directory.listUsers()));
  return entries
    .flatMap(rowsOf)
    .slice(0, most)
    .map((row) => rowBlocks(row, nameOf));
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
      parts.push(
        Buffer.from(
          csvLines(
            page.flatMap((entry) => rowsSought(entry, query)),
            names,
          ),
        ),
      );
    }
    entries += page.length;
    beforeSeq = page.at(-1)?.seq;
    if (page.length < AT_A_TIME) return { entries, file: Buffer.concat(parts) };
  }
}
