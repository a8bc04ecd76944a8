import type { KnownBlock } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { type AuditQuery, readAudit } from '../db/read-audit.ts';
import type { Db } from '../db/tables.ts';
import { ChatopsError } from '../errors.ts';
import { slackErrorOf } from '../slack/boundary.ts';
import { csvHead, csvLines } from './audit-csv.ts';
import { entryRow } from './audit-views.ts';

const AT_A_TIME = 500;

/** Narrows the trail to entries that end a change, one for each. */
export type TrailQuery = Pick<AuditQuery, 'who' | 'since' | 'beforeSeq'>;

export interface TrailCsv {
  readonly entries: number;
  readonly file: Buffer;
}

/** The latest changes drawn, newest first, for places beside the trail's own list. */
export async function latestRows(db: Db, most: number): Promise<readonly (readonly KnownBlock[])[]> {
  return (await readAudit(db, { ends: true, most })).map(entryRow);
}

/** All matching entries as CSV, newest first; read page by page, so that only the file itself is held as a whole. */
export async function trailCsv(db: Db, query: TrailQuery): Promise<TrailCsv> {
  const parts = [Buffer.from(csvHead())];
  let entries = 0;
  let beforeSeq = query.beforeSeq;
  while (true) {
    const page = await readAudit(db, { ...query, ends: true, beforeSeq, most: AT_A_TIME });
    if (page.length > 0) parts.push(Buffer.from(csvLines(page)));
    entries += page.length;
    beforeSeq = page.at(-1)?.seq;
    if (page.length < AT_A_TIME) return { entries, file: Buffer.concat(parts) };
  }
}

/** Slack did not take the file. */
class UploadRefusedError extends ChatopsError {
  constructor(cause: unknown) {
    const missing = slackErrorOf(cause) === 'missing_scope';
    super('files.uploadV2: the export was not taken', {
      code: 'upload_refused',
      userMessage: missing
        ? 'Slack does not let me upload files: the app lacks a scope (files:write, or im:write for direct messages). Please reinstall it with its current manifest.'
        : 'Slack did not take the file. Please try again in a minute.',
      cause,
    });
  }
}

/** Uploads the file to a person's direct messages, which nobody else sees. */
export async function sendFile(
  client: WebClient,
  userId: string,
  { file, filename, comment }: { readonly file: Buffer; readonly filename: string; readonly comment: string },
): Promise<void> {
  try {
    const { channel } = await client.conversations.open({ users: userId });
    if (channel?.id === undefined) throw new Error('conversations.open answered without a channel');
    await client.filesUploadV2({ channel_id: channel.id, file, filename, initial_comment: comment });
  } catch (error) {
    throw new UploadRefusedError(error);
  }
}
