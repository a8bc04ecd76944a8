import { readTyped } from '../../audit/audit-query.ts';
import { perUser } from '../../db/per-user.ts';
import { readAudit, type StoredAudit } from '../../db/read-audit.ts';
import { RefusedError } from '../../errors.ts';
import { plainOutcome } from '../../texts/plain-text.ts';
import { commandLineActor } from '../actor.ts';
import type { CommandParts } from '../command.ts';
import { CommandError, EXIT, type ExitCode } from '../exit-codes.ts';
import { plainOf, printable } from '../plain.ts';
import { type Field, type FormatOptions, tellsFields, writeRecords } from '../records.ts';
import { offered } from '../resolve-who.ts';

export interface AuditOptions extends FormatOptions {
  readonly since?: string;
  readonly limit: string;
}

const MOST_AT_A_TIME = 500;

/** What is told of an entry of the trail. Moments are ISO 8601 in UTC; people are Slack ids, or logins of a command line. */
const fields: readonly Field<StoredAudit>[] = [
  {
    name: 'when',
    heading: 'WHEN (UTC)',
    value: ({ at }) => at.toISOString(),
    cell: ({ at }) => at.toISOString().slice(0, 16).replace('T', ' '),
  },
  { name: 'event', heading: 'EVENT', value: ({ event }) => event },
  { name: 'subject', heading: 'SUBJECT', value: ({ subjects }) => subjects.map(({ label }) => label) },
  { name: 'before', heading: 'BEFORE', value: ({ before }) => before },
  { name: 'after', heading: 'AFTER', value: ({ after }) => after },
  { name: 'actor', heading: 'BY', value: ({ actor }) => actor },
  { name: 'reason', heading: 'REASON', value: ({ reason }) => reason },
  { name: 'outcome', heading: 'OUTCOME', value: plainOutcome },
  { name: 'requester', value: ({ requester }) => requester },
  {
    name: 'failed',
    value: ({ subjects }) => subjects.flatMap(({ label, failed }) => (failed === undefined ? [] : [label])),
  },
  { name: 'subjectIds', value: ({ subjects }) => subjects.map(({ userId }) => userId ?? null) },
  { name: 'change', value: ({ changeId }) => changeId },
];

/** `audit [who]`: the latest changes, newest first. */
export async function audit(
  parts: CommandParts,
  who: string | undefined,
  options: AuditOptions,
): Promise<ExitCode> {
  const { terminal } = parts;
  if (tellsFields(terminal, fields, options)) return EXIT.done;
  const most = limitOf(options.limit);
  const query = readTyped(options.since === undefined ? '' : `since ${options.since}`, new Date());
  if (!query.ok || query.query.who !== '')
    throw new CommandError(EXIT.usage, '--since is a time such as 30d, 12h, 2w or 2026-01-31.');
  const { since } = query.query;
  const sought = who === undefined ? undefined : await soughtBy(parts, who);
  const { db } = await parts.office();
  const entries = await terminal.spin('Reading the trail', latest(db, { since, who: sought?.texts }, most));
  if (entries.length === 0) terminal.say(`No change fits.${sought?.nearest ?? ''}`);
  if (sought?.unsought !== undefined) terminal.say(sought.unsought);
  if (entries.length > most) terminal.say(`These are the latest ${most}: --limit all shows every one.`);
  const shown = entries.slice(0, most);
  // Tables and CSV have a row for each user, a swap two; JSON holds each change whole.
  writeRecords(terminal, fields, options.json === undefined ? shown.flatMap(perUser) : shown, options);
  return EXIT.done;
}

function limitOf(text: string): number {
  if (text === 'all') return Number.POSITIVE_INFINITY;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new CommandError(EXIT.usage, `--limit is a number from 1 on, or all, not "${printable(text)}".`);
}

/** What subjects and actors are searched for, and what there is to say of it; `me` is who types. */
async function soughtBy(parts: CommandParts, who: string) {
  const { core } = await parts.office();
  const caller = { userId: commandLineActor(), email: undefined };
  const sought = await core.users.seek(who, caller).catch((error: unknown) => {
    if (error instanceof RefusedError) throw new CommandError(EXIT.unclear, plainOf(error.userMessage));
    throw error;
  });
  const { slackUserId, text, userIds = [], unsought, nearest = [] } = sought;
  return {
    texts: [slackUserId ?? text ?? '', ...userIds],
    nearest: nearest.length === 0 ? '' : ` No user is called that. Did you mean:${offered(nearest)}`,
    unsought:
      unsought === undefined
        ? undefined
        : `Not searched for: ${unsought} more who are called so. Type more of the name.`,
  };
}

type Db = Parameters<typeof readAudit>[0];
type Narrowed = Pick<Parameters<typeof readAudit>[1], 'since' | 'who'>;

/** One entry more than asked for, where there is one. */
async function latest(db: Db, narrowed: Narrowed, most: number): Promise<readonly StoredAudit[]> {
  const entries: StoredAudit[] = [];
  while (entries.length <= most) {
    const beforeSeq = entries.at(-1)?.seq;
    const page = await readAudit(db, { ...narrowed, ends: true, beforeSeq, most: MOST_AT_A_TIME });
    entries.push(...page);
    if (page.length < MOST_AT_A_TIME) break;
  }
  return entries.slice(0, most + 1);
}
