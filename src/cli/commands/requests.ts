import type { Change } from '../../changes/change.ts';
import { pendingChanges } from '../../changes/store/change-store.ts';
import { askedWords } from '../change-words.ts';
import type { CommandParts } from '../command.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { plainOf } from '../plain.ts';
import { type Field, type FormatOptions, tellsFields, writeRecords } from '../records.ts';

const minute = (at: Date | undefined): string => at?.toISOString().slice(0, 16).replace('T', ' ') ?? '';

/** What is told of a pending request. Moments are ISO 8601 in UTC; people are Slack ids, or logins of a command line. */
const fields: readonly Field<Change>[] = [
  { name: 'id', heading: 'ID', value: ({ id }) => id },
  { name: 'asks', heading: 'ASKS TO', value: askedWords },
  {
    name: 'requester',
    heading: 'REQUESTER',
    value: ({ requesterId, requesterEmail }) => requesterEmail ?? requesterId,
  },
  { name: 'reason', heading: 'REASON', value: ({ reason }) => reason },
  {
    name: 'asked',
    heading: 'ASKED (UTC)',
    value: ({ createdAt }) => createdAt.toISOString(),
    cell: ({ createdAt }) => minute(createdAt),
  },
  {
    name: 'expires',
    heading: 'EXPIRES (UTC)',
    value: ({ expiresAt }) => expiresAt?.toISOString(),
    cell: ({ expiresAt }) => minute(expiresAt),
  },
  { name: 'kind', value: ({ kind }) => kind },
  { name: 'requesterId', value: ({ requesterId }) => requesterId },
];

/** `requests`: what waits for a decision, oldest first. */
export async function requests(parts: CommandParts, options: FormatOptions): Promise<ExitCode> {
  const { terminal } = parts;
  if (tellsFields(terminal, fields, options)) return EXIT.done;
  const { db } = await parts.office();
  const pending = await terminal.spin('Reading the requests', pendingChanges(db));
  if (pending.length === 0) terminal.say('No request is pending.');
  writeRecords(terminal, fields, pending, options);
  if (pending.length > 0 && terminal.columns !== undefined)
    terminal.say(plainOf('Decide with: wallaroo-chatops approve <id>, or deny <id> --reason "…"'));
  return EXIT.done;
}
