import type { KnownBlock } from '@slack/types';
import { actions, button, header, type Message, plain, section } from '../slack/blocks.ts';
import { code, dateTime, mention } from '../slack/mrkdwn.ts';
import { ids } from './audit-ids.ts';
import { type AuditFilter, writeFilter } from './audit-query.ts';

/** What is shown of an entry of the trail. */
export interface ShownEntry {
  readonly seq: number;
  readonly at: Date;
  readonly event: string;
  /** Slack id, `system` or `outside`. */
  readonly actor: string;
  readonly requester: string | undefined;
  readonly subjects: readonly { readonly label: string }[];
  readonly reason: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
  readonly outcome: string;
}

const EVENT_WORD: Readonly<Record<string, string>> = {
  applied: ':white_check_mark: *Applied*',
  failed: ':x: *Failed*',
  denied: ':no_entry_sign: *Denied*',
  expired: ':zzz: *Expired*',
  cancelled: ':wastebasket: *Cancelled*',
  observed: ':eyes: *Noticed*',
};
const SLACK_ID = /^[UW][A-Z0-9]+$/;
const MOST_SUBJECTS = 3;
const SUBJECT_LENGTH = 100;
const OUTCOME_LENGTH = 250;
const REASON_LENGTH = 250;

/** Who stands behind an entry, as mrkdwn. */
function actorText(actor: string): string {
  if (SLACK_ID.test(actor)) return mention(actor);
  return actor === 'outside' ? 'outside Slack' : 'by itself';
}

/** One entry: when, who, whom, before and after; then in their own words, as plain text, the outcome and the reason. */
export function entryRow(entry: ShownEntry): readonly KnownBlock[] {
  const asked =
    entry.requester === undefined || entry.requester === entry.actor
      ? []
      : [`asked by ${actorText(entry.requester)}`];
  const facts = [
    `${EVENT_WORD[entry.event] ?? `*${entry.event}*`} ${dateTime(entry.at)}`,
    actorText(entry.actor),
    ...asked,
    ...subjectTexts(entry),
    ...statesText(entry),
  ];
  return [
    section(facts.join(' · ')),
    { type: 'context', elements: [plain(wordsOf(entry), OUTCOME_LENGTH + REASON_LENGTH + 20)] },
  ];
}

function subjectTexts({ subjects }: ShownEntry): readonly string[] {
  if (subjects.length === 0) return [];
  const shown = subjects.slice(0, MOST_SUBJECTS).map(({ label }) => code(label, SUBJECT_LENGTH));
  const rest = subjects.length - shown.length;
  return [`${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`];
}

const statesText = ({ before, after }: ShownEntry): readonly string[] =>
  before === undefined && after === undefined ? [] : [`${before ?? '–'} → ${after ?? '–'}`];

const wordsOf = ({ outcome, reason }: ShownEntry): string =>
  reason === ''
    ? cut(outcome, OUTCOME_LENGTH)
    : `${cut(outcome, OUTCOME_LENGTH)} Reason: ${cut(reason, REASON_LENGTH)}`;

const cut = (text: string, max: number): string => plain(text, max).text;

export interface TrailPage {
  readonly filter: AuditFilter;
  readonly entries: readonly ShownEntry[];
  readonly hasOlder: boolean;
}

/** A page of the trail, newest first. */
export function trailMessage({ filter, entries, hasOlder }: TrailPage): Message {
  const oldest = entries.at(-1);
  if (oldest === undefined) return nothingMessage(filter);
  const narrowed = filterText(filter);
  return {
    text: `The latest changes${narrowed}`,
    blocks: [
      header('Changes, newest first'),
      ...(narrowed === '' ? [] : [section(`Changes${narrowed}`)]),
      ...entries.flatMap(entryRow),
      actions(
        hasOlder ? pageButton('Older', { ...filter, beforeSeq: oldest.seq }) : undefined,
        filter.beforeSeq === undefined
          ? undefined
          : pageButton('Newest', { ...filter, beforeSeq: undefined }),
        button({
          text: 'Export CSV',
          actionId: ids.export,
          value: writeFilter({ ...filter, beforeSeq: undefined }),
        }),
      ),
    ],
  };
}

const pageButton = (text: string, filter: AuditFilter) =>
  button({ text, actionId: `${ids.page}/${text.toLowerCase()}`, value: writeFilter(filter) });

/** Nothing fits: said so, with what was looked for. */
export function nothingMessage(filter: AuditFilter): Message {
  const narrowed = filterText(filter);
  const text =
    narrowed === ''
      ? 'The trail holds no changes so far.'
      : `Nothing found: the trail holds no changes${narrowed}.`;
  return { text, blocks: [section(text)] };
}

/** " of `ann` since …" as mrkdwn; '' for the whole trail. */
function filterText({ slackUserId, text, sinceMs }: AuditFilter): string {
  const who = slackUserId !== undefined ? mention(slackUserId) : text !== undefined ? code(text) : undefined;
  return [
    who === undefined ? '' : ` of ${who}`,
    sinceMs === undefined ? '' : ` since ${dateTime(new Date(sinceMs))}`,
  ].join('');
}
