import type { KnownBlock } from '@slack/types';
import type { NameOf } from '../license/known-names.ts';
import { actorText } from '../slack/actor-text.ts';
import { plain, section } from '../slack/blocks.ts';
import { dateTime } from '../slack/mrkdwn.ts';
import { stateText } from '../slack/state-text.ts';
import { askedByText, subjectText } from '../slack/trail-words.ts';
import { plainOutcome } from '../texts/plain-text.ts';
import type { TrailRow } from './trail-rows.ts';

const EVENT_WORD: Readonly<Record<string, string>> = {
  applied: 'Applied',
  failed: 'Failed',
  denied: 'Denied',
  expired: 'Expired',
  cancelled: 'Cancelled',
  observed: 'Noticed',
};
/** Stands at the end of a line. */
const EVENT_MARK: Readonly<Record<string, string>> = {
  applied: ':white_check_mark:',
  failed: ':x:',
  denied: ':no_entry_sign:',
  expired: ':zzz:',
  cancelled: ':wastebasket:',
  observed: ':eyes:',
};
const SUBJECT_LENGTH = 100;
const OUTCOME_LENGTH = 250;
const REASON_LENGTH = 250;

/**
 * One row, as the blocks that belong together: when, who did it, to whom, before and after, and of how many rows of one
 * change it is which; then in their own words, as plain text, the outcome and the reason.
 */
export function rowBlocks(row: TrailRow, nameOf: NameOf): readonly KnownBlock[] {
  const { actor, requester, part } = row;
  const facts = [
    `${eventText(row)} ${dateTime(row.at)}`,
    actorText(actor),
    askedByText(actor, requester),
    ...row.subjects.map((one) => subjectText(one.label, nameOf(one), SUBJECT_LENGTH)),
    turnedText(row),
    part.of > 1 ? `${part.nth} of ${part.of}` : undefined,
  ];
  const mark = EVENT_MARK[row.event];
  return [
    section(
      `${facts.filter((text) => text !== undefined).join(' · ')}${mark === undefined ? '' : ` ${mark}`}`,
    ),
    { type: 'context', elements: [plain(wordsOf(row), OUTCOME_LENGTH + REASON_LENGTH + 20)] },
  ];
}

const eventText = ({ event }: TrailRow): string => `*${EVENT_WORD[event] ?? event}*`;

const turnedText = ({ before, after }: TrailRow): string | undefined =>
  before === undefined && after === undefined ? undefined : `${stateText(before)} → ${stateText(after)}`;

function wordsOf({ event, outcome, reason }: TrailRow): string {
  const said = cut(plainOutcome({ event, outcome }), OUTCOME_LENGTH);
  if (reason === '') return said;
  return `${said}${/[.!?…]$/.test(said) ? '' : '.'} Reason: ${cut(reason, REASON_LENGTH)}`;
}

const cut = (text: string, max: number): string => plain(text, max).text;
