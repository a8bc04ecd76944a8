import { code, dateTime, escapeMrkdwn } from '../slack/mrkdwn.ts';
import { stateText } from '../slack/state-text.ts';
import { askedByText, byText, subjectText } from '../slack/trail-words.ts';
import { unquoted } from '../texts/plain-text.ts';
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
  const doer = byText(actor, event);
  const by = doer === '' ? '' : ` ${doer}`;
  const isOther = event === 'applied' && !turned;
  const phrase = isOther ? `${doneText(before, after, outcome)}${by}` : phraseOf(event, by, outcome);
  return [
    `${dateTime(at)}: ${who}${states}${phrase}`,
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
  return saidText(outcome) ?? ' done';
}

/** Names stand in code spans, and may hold a full stop. */
const FIRST_SENTENCE = /^(?:`[^`]*`|[^`.]|\.(?! ))*/;
/** Words of ours, beside what stands in code spans. */
const OUR_WORDS = /^(?:`[^`]*`|[\w ,;:()'-])*$/;

/** Entries of earlier versions hold names without code spans: as a whole they mean nothing to Slack. */
const phraseText = (phrase: string): string =>
  OUR_WORDS.test(phrase) && !/:\w+:|(?:^|\W)_/.test(phrase) ? escapeMrkdwn(phrase) : code(unquoted(phrase));

/** The first sentence of an outcome, as it goes on behind a name; `undefined` where there is none. */
function saidText(outcome: string | undefined): string | undefined {
  const [said = ''] = FIRST_SENTENCE.exec(outcome ?? '') ?? [];
  const words = said.replace(/\.$/, '');
  if (words === '') return undefined;
  const phrase = phraseText(words.charAt(0).toLowerCase() + words.slice(1));
  return /\s/.test(phrase) ? ` · ${phrase} ·` : ` ${phrase}`;
}

const WITHDRAWN = 'Withdrawn by the requester.';

/** What became of a request or a change, and by whom: a user neither fails nor expires. */
function phraseOf(event: string, by: string, outcome: string | undefined): string {
  switch (event) {
    case 'applied':
      return by;
    case 'failed':
      return ` · a change${by} failed`;
    case 'denied':
      return ` · request denied${by}`;
    case 'expired':
      return ' · request expired';
    case 'cancelled':
      return outcome === undefined || outcome === WITHDRAWN
        ? ` · request withdrawn${by}`
        : `${saidText(outcome) ?? ''}${by}`;
    case 'observed':
      return ` outside Slack${by}`;
    default:
      return ` ${event}${by}`;
  }
}
