import { actorText, isSomebody } from '../slack/actor-text.ts';
import { code, dateTime, escapeMrkdwn } from '../slack/mrkdwn.ts';
import { stateText } from '../slack/state-text.ts';
import type { Happening } from './digest.ts';

const MOST_NAMES = 3;

/** One line of what changed, e.g. "Mar 2nd at 9:00: `a@b.c` inactive → active by @Ana". */
export function happeningText({ at, event, actor, labels, before, after, outcome }: Happening): string {
  const names = labels.slice(0, MOST_NAMES).map((label) => code(label, 80));
  const who = isSomebody(actor) ? ` by ${actorText(actor)}` : '';
  const turned = before !== undefined && after !== undefined && before !== after;
  const states = turned ? ` ${stateText(before)} → ${stateText(after)}` : '';
  const phrase =
    event === 'applied' && !turned ? doneText(before, after, outcome) : (PHRASE[event] ?? ` ${event}`);
  return `${dateTime(at)}: ${names.join(', ')}${states}${phrase}${who}`;
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
