import { code, dateTime, escapeMrkdwn } from '../slack/mrkdwn.ts';
import { stateText } from '../slack/state-text.ts';
import { askedByText, byText, subjectText } from '../slack/trail-words.ts';
import type { Happening } from './digest.ts';

const LABEL = 80;
/** Characters of a reason: many lines stand in one digest. */
const REASON = 120;

/** One line of what changed, e.g. "Mar 2nd at 9:00: *`Ann Lee`* `a@b.c` inactive → active by @Ana · Why: `a new model`". */
export function happeningText(happening: Happening): string {
  const { at, event, actor, requester, labels, name, before, after, outcome, reason = '' } = happening;
  const who = labels.map((label) => subjectText(label, name, LABEL)).join(', ');
  const turned = before !== undefined && after !== undefined && before !== after;
  const states = turned ? ` ${stateText(before)} → ${stateText(after)}` : '';
  const phrase =
    event === 'applied' && !turned ? doneText(before, after, outcome) : (PHRASE[event] ?? ` ${event}`);
  const by = byText(actor, event);
  return [
    `${dateTime(at)}: ${who}${states}${phrase}${by === '' ? '' : ` ${by}`}`,
    askedByText(actor, requester),
    reason.trim() === '' ? undefined : `Why: ${code(reason, REASON)}`,
  ]
    .filter((text) => text !== undefined)
    .join(' · ');
}

/** Somebody of whom there is no state before had no account: they were invited. Else the outcome says what was done. */
function doneText(
  before: string | undefined,
  after: string | undefined,
  outcome: string | undefined,
): string {
  if (before === undefined && after === 'active') return ' invited';
  const [said = ''] = outcome?.split('. ') ?? [];
  const words = said.replace(/\.$/, '');
  if (words === '') return ' done';
  const phrase = escapeMrkdwn(words.charAt(0).toLowerCase() + words.slice(1));
  return /\s/.test(phrase) ? ` · ${phrase} ·` : ` ${phrase}`;
}

/** What the events of the trail are called in a digest. */
const PHRASE: Readonly<Record<string, string>> = {
  applied: '',
  failed: ' failed',
  denied: ' denied',
  expired: ' expired',
  cancelled: ' cancelled',
  observed: ' outside Slack',
};
