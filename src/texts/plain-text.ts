import { oneLine } from './one-line.ts';

/** What Slack delivers for a mention, a channel, an address or a link, and its three entities. */
const CONSTRUCT = /<([^<>|\s][^<>|]*)(?:\|([^<>]*))?>|&(amp|lt|gt);/g;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>' };

/** Slack's three entities as the characters that they stand for. */
export const unescaped = (text: string): string =>
  text.replace(/&(amp|lt|gt);/g, (_, name: string) => ENTITIES[name] ?? _);

/**
 * A text as the person typed it, of what Slack makes of it (interactivity/implementing-slash-commands, "escaping"; messaging/formatting-message-text):
 * addresses and links by what was typed, people, groups and channels as `@name` and `#name`.
 */
export function plainText(typed: string): string {
  return typed.replace(
    CONSTRUCT,
    (all: string, target: string | undefined, label: string | undefined, entity) => {
      if (target === undefined) return ENTITIES[entity] ?? all;
      const shown = unescaped(label ?? '');
      if (/^[@#]/.test(target)) return `${target[0]}${shown.replace(/^[@#]/, '') || target.slice(1)}`;
      if (target.startsWith('!')) return `@${shown.replace(/^@/, '') || target.slice(1)}`;
      if (target.startsWith('mailto:')) return addressOf(unescaped(target.slice('mailto:'.length)), shown);
      // Not of Slack's making: `<mia@ex.co>` in the field of a form, where nothing is escaped.
      return /^[a-z][a-z+.-]*:/i.test(target) ? shown || unescaped(target) : all;
    },
  );
}

/** The address of a link to it. Letters beyond ASCII may be encoded in the target: then the label has them as typed. */
function addressOf(target: string, label: string): string {
  const [path = ''] = target.split('?');
  const isEncoded = path.includes('%') || /[^\p{ASCII}]/u.test(label);
  return isEncoded && label.includes('@') ? label : path;
}

/** What separates words: every blank of Unicode, and controls such as tabs and ends of lines. */
const BLANK = '\\p{White_Space}\\p{Cc}\\u2800';
const WORD = new RegExp(`(?:<[^<>|${BLANK}]+(?:\\|[^<>]*)?>|[^${BLANK}])+`, 'gu');

/** A word of a text as Slack delivers it: the label of a mention may hold blanks. */
export interface RawWord {
  readonly raw: string;
  readonly start: number;
  readonly end: number;
}

export const rawWords = (typed: string, most = Number.POSITIVE_INFINITY): readonly RawWord[] => {
  const words: RawWord[] = [];
  for (const { 0: raw, index } of typed.matchAll(WORD)) {
    if (words.length >= most) break;
    words.push({ raw, start: index, end: index + raw.length });
  }
  return words;
};

/** Characters without a look of their own: zero-width ones, soft hyphens, directions, variation selectors, byte order marks. */
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\ufff9-\ufffb]+/gu;
const BLANKS = new RegExp(`[${BLANK}]+`, 'gu');

/** A text without what nobody sees, on one line, with single blanks. */
export const seenText = (text: string): string => text.replace(UNSEEN, '').replace(BLANKS, ' ').trim();

const LONGEST_QUOTED = 100;

/**
 * What somebody typed, as a code span of a sentence that is escaped when it is shown: outside of one Slack would read
 * `*Q4* :tada:` as markup. Such a sentence may be stored; `unquoted` makes it plain text.
 */
export const quoted = (text: string): string => span(seenText(text), LONGEST_QUOTED);

/** A label of somebody is quoted whole. */
const LONGEST_LABEL = 254;

/** An email, a username or the name of a workspace in such a sentence, as `code` shows it elsewhere. */
export const quotedName = (name: string): string => span(oneLine(name), LONGEST_LABEL);

function span(line: string, most: number): string {
  const [...characters] = line.replaceAll('`', 'ˋ').replace(/\p{Surrogate}/gu, '\ufffd');
  const shown = characters.slice(0, most).join('') + (characters.length > most ? '…' : '');
  return `\`${shown || '(empty)'}\``;
}

/** A sentence with code spans where nothing draws them: in a CSV, in a terminal, in a line of plain text. */
export const unquoted = (sentence: string): string => sentence.replace(/`([^`]*)`/g, '$1');

/** The outcome of an entry of the trail as plain text. Why a request was denied stays as it was typed. */
export const plainOutcome = ({
  event,
  outcome,
}: {
  readonly event: string;
  readonly outcome: string;
}): string => (event === 'denied' ? outcome : unquoted(outcome));
