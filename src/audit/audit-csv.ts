import type { StoredAudit } from '../db/read-audit.ts';
import type { NameOf } from '../license/known-names.ts';
import { csvHeading, csvRows } from '../texts/csv.ts';
import { plainOutcome } from '../texts/plain-text.ts';

/** What ids stand for, where that is known. */
export interface Names {
  /** First and last name of a user of Wallaroo. */
  readonly user: NameOf;
  /** What somebody in Slack is called. */
  readonly person: (slackUserId: string) => string | undefined;
}

type Cell = (entry: StoredAudit, names: Names) => string | undefined;

/** The columns in order. Moments are ISO 8601 in UTC; people are Slack ids with their names beside. */
const COLUMNS: readonly (readonly [name: string, cell: Cell])[] = [
  ['when', ({ at }) => at.toISOString()],
  ['event', ({ event }) => event],
  ['subject', ({ subjects: [subject] }) => subject?.label],
  ['subject name', ({ subjects: [subject] }, { user }) => subject && user(subject)],
  ['subject id', ({ subjects: [subject] }) => subject?.userId],
  ['before', ({ before }) => before],
  ['after', ({ after }) => after],
  ['actor', ({ actor }) => ACTOR[actor] ?? actor],
  ['actor name', ({ actor }, { person }) => person(actor)],
  ['requester', ({ requester }) => requester],
  ['requester name', ({ requester }, { person }) => person(requester ?? '')],
  ['reason', ({ reason }) => reason],
  ['outcome', plainOutcome],
  ['change', ({ changeId }) => changeId],
];

const ACTOR: Readonly<Record<string, string>> = { outside: 'outside Slack', system: 'the bot' };

/** The names of the columns. */
export const csvHead = (): string => csvHeading(COLUMNS.map(([name]) => name));

/** Lines of the table, one for each user. */
export const csvLines = (rows: readonly StoredAudit[], names: Names): string =>
  csvRows(rows.map((row) => COLUMNS.map(([, cell]) => cell(row, names))));
