import type { KnownBlock } from '@slack/types';
import { perUser } from '../db/per-user.ts';
import { actorText } from '../slack/actor-text.ts';
import { plain, section } from '../slack/blocks.ts';
import { code, dateTime } from '../slack/mrkdwn.ts';
import { stateText } from '../slack/state-text.ts';
import type { ShownEntry } from './shown-entry.ts';

const EVENT_WORD: Readonly<Record<string, string>> = {
  applied: '*Applied* :white_check_mark:',
  failed: '*Failed* :x:',
  denied: '*Denied* :no_entry_sign:',
  expired: '*Expired* :zzz:',
  cancelled: '*Cancelled* :wastebasket:',
  observed: '*Noticed* :eyes:',
};
const MOST_SUBJECTS = 3;
const SUBJECT_LENGTH = 100;
const OUTCOME_LENGTH = 250;
const REASON_LENGTH = 250;

/** One entry as a row for each user, each as the blocks that belong together: a swap is two. Of many users it stays one. */
export const entryRows = (entry: ShownEntry): readonly (readonly KnownBlock[])[] =>
  (entry.subjects.length > MOST_SUBJECTS ? [entry] : perUser(entry)).map(entryRow);

/** One entry: when, who, whom, before and after; then in their own words, as plain text, the outcome and the reason. */
function entryRow(entry: ShownEntry): readonly KnownBlock[] {
  const asked =
    entry.requester === undefined || entry.requester === entry.actor
      ? []
      : [`asked by ${actorText(entry.requester)}`];
  const facts = [
    `${eventText(entry)} ${dateTime(entry.at)}`,
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

function eventText({ event, subjects }: ShownEntry): string {
  const inPart = event === 'applied' && subjects.some(({ failed }) => failed !== undefined);
  return inPart ? '*Applied in part* :warning:' : (EVENT_WORD[event] ?? `*${event}*`);
}

function subjectTexts({ subjects }: ShownEntry): readonly string[] {
  if (subjects.length === 0) return [];
  const shown = subjects.slice(0, MOST_SUBJECTS).map(({ label }) => code(label, SUBJECT_LENGTH));
  const rest = subjects.length - shown.length;
  return [`${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`];
}

/** Of many how many turned from what to what. */
function statesText({ subjects, before, after }: ShownEntry): readonly string[] {
  if (before === undefined && after === undefined) return [];
  if (subjects.length <= MOST_SUBJECTS) return [`${stateText(before)} → ${stateText(after)}`];
  const counts = new Map<string, number>();
  for (const one of perUser({ subjects, before, after })) {
    const turned = `${stateText(one.before)} → ${stateText(one.after)}`;
    counts.set(turned, (counts.get(turned) ?? 0) + 1);
  }
  return [[...counts].map(([turned, times]) => `${times} ${turned}`).join(', ')];
}

const wordsOf = ({ outcome, reason }: ShownEntry): string =>
  reason === ''
    ? cut(outcome, OUTCOME_LENGTH)
    : `${cut(outcome, OUTCOME_LENGTH)} Reason: ${cut(reason, REASON_LENGTH)}`;

const cut = (text: string, max: number): string => plain(text, max).text;
