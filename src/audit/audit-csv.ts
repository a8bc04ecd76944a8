import { perUser } from '../db/per-user.ts';
import type { StoredAudit } from '../db/read-audit.ts';
import { csvHeading, csvRows } from '../texts/csv.ts';

/** What ids stand for, where that is known. */
export interface Names {
  /** First and last name of a user of Wallaroo. */
  readonly user: (userId: string) => string | undefined;
  /** What somebody in Slack is called. */
  readonly person: (slackUserId: string) => string | undefined;
}

type Cell = (entry: StoredAudit, names: Names) => string | undefined;

/** The columns in order. Moments are ISO 8601 in UTC; people are Slack ids with their names beside. */
const COLUMNS: readonly (readonly [name: string, cell: Cell])[] = [
  ['when', ({ at }) => at.toISOString()],
  ['event', ({ event }) => event],
  ['subject', ({ subjects }) => subjects.map(({ label }) => label).join('; ')],
  [
    'subject name',
    ({ subjects }, { user }) =>
      joined(subjects.map(({ userId }) => (userId === undefined ? '' : (user(userId) ?? '')))),
  ],
  ['subject id', ({ subjects }) => subjects.map(({ userId }) => userId ?? '').join('; ')],
  ['before', ({ before }) => before],
  ['after', ({ after }) => after],
  ['actor', ({ actor }) => ACTOR[actor] ?? actor],
  ['actor name', ({ actor }, { person }) => person(actor)],
  ['requester', ({ requester }) => requester],
  ['requester name', ({ requester }, { person }) => person(requester ?? '')],
  ['reason', ({ reason }) => reason],
  ['outcome', ({ outcome }) => outcome],
  ['change', ({ changeId }) => changeId],
];
/** Nothing where none of them is known. */
const joined = (texts: readonly string[]): string =>
  texts.some((text) => text !== '') ? texts.join('; ') : '';

const ACTOR: Readonly<Record<string, string>> = { outside: 'outside Slack', system: 'the bot' };

/** The names of the columns. */
export const csvHead = (): string => csvHeading(COLUMNS.map(([name]) => name));

/** Lines of the table. */
export const csvLines = (entries: readonly StoredAudit[], names: Names): string =>
  csvRows(entries.flatMap(perUser).map((entry) => COLUMNS.map(([, cell]) => cell(entry, names))));
