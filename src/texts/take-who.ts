import { plainText, type RawWord, rawWords, seenText } from './plain-text.ts';
import { closersOf, likeliest } from './readings.ts';
import { addressIn, namesSomebody, parseWho, separated } from './typed-who.ts';

/** What is known of the users, to tell where a name ends and the reason begins. */
export interface KnownNames {
  /** Whether a text is somebody's whole email, username, id or name. */
  isName(text: string): boolean;
  /** Whether a text is a part of what somebody is called. */
  isPart(text: string): boolean;
  /** Whether a word is a part of the name of the user with this email; `undefined` where no name is known. */
  fits(email: string, word: string): boolean | undefined;
}

/** A `<who>` at the start of a text, both as typed. */
export interface TakenWho {
  /** `undefined` when the text is empty. */
  readonly who: string | undefined;
  readonly rest: string;
}

/** A name of more words than this is not looked for. */
const MOST_WORDS = 7;

/**
 * Takes the `<who>` that a text begins with: the longest that is somebody's name, else a quoted text or a word.
 * `the`, `user`, `account` and `of` before it are left out, unless somebody is called that.
 */
export function takeWho(typed: string, known: KnownNames): TakenWho {
  const seen = rawWords(typed, MOST_WORDS + 1).filter(({ raw }) => seenText(raw) !== '');
  // A bullet or a dash of a list that the name was copied from.
  const words = seen.length > 1 && isBullet(seen[0]?.raw ?? '', known) ? seen.slice(1) : seen;
  const [first, second] = words;
  if (first === undefined) return { who: undefined, rest: '' };
  const count = wordsTaken(typed, words.slice(0, MOST_WORDS), known);
  const taken = words[count - 1] ?? first;
  const isCalledThat = count > 1 && known.isName(seenText(plainText(typed.slice(first.start, taken.end))));
  if (second !== undefined && !isCalledThat && isNoName(first.raw, known))
    return takeWho(typed.slice(second.start), known);
  const [own = first.raw] = separated(first.raw);
  const end = taken === first ? first.start + first.raw.indexOf(own) + own.length : taken.end;
  return { who: typed.slice(first.start, end), rest: typed.slice(end) };
}

const BULLET = /^(?:[^\p{L}\p{N}<]+|\(?\d{1,3}[.)])$/u;

const isBullet = (raw: string, known: KnownNames): boolean =>
  BULLET.test(plainText(raw)) && !known.isName(plainText(raw));

/** What stands before a name in a sentence: `activate the user mia`. */
const NO_NAME = /^(?:the|users?:?|accounts?:?|of|please|pls|e-?mails?:?|mail:|(?:user)?name:|login:)$/i;

const isNoName = (raw: string, known: KnownNames): boolean =>
  NO_NAME.test(plainText(raw)) && !known.isName(plainText(raw));

function wordsTaken(typed: string, words: readonly RawWord[], known: KnownNames): number {
  return namedAddress(words, known) ?? wholeName(typed, words, known) ?? quotedWords(words) ?? 1;
}

/** How many words the longest name of somebody takes. */
function wholeName(typed: string, words: readonly RawWord[], known: KnownNames): number | undefined {
  const start = words[0]?.start ?? 0;
  const at = words.findIndex(({ raw }) => namesSomebody(raw));
  for (let n = words.length; n > 1; n--) {
    const who = parseWho(typed.slice(start, words[n - 1]?.end));
    if (who.kind === 'me') return n;
    if (who.kind !== 'text') continue;
    // An address among the words is somebody of their own, unless all of it is a username.
    const readings = at >= 0 && at < n ? who.readings.slice(0, 1) : who.readings;
    if (readings.some((text) => known.isName(text))) return n;
  }
  return undefined;
}

const isBracketed = (raw: string): boolean => /^[<([]/.test(seenText(plainText(raw)));
/** In scripts without capitals every letter begins a name. */
const isCapitalised = (word: string): boolean => !/^\p{Ll}/u.test(word);

/** How many words `Name <address>` takes, or a name followed by the address of that person. */
function namedAddress(words: readonly RawWord[], known: KnownNames): number | undefined {
  const at = words.findIndex(({ raw }) => namesSomebody(raw));
  const raw = words[at]?.raw ?? '';
  const address = at > 0 ? addressIn(raw) : undefined;
  if (address === undefined) return undefined;
  const name = words.slice(0, at).map((word) => likeliest(plainText(word.raw)));
  const fits = name.map((word) => known.fits(address, word));
  const isTheirs = isBracketed(raw)
    ? fits.includes(true) || (fits.includes(undefined) && name.every(isCapitalised))
    : fits.every((fit) => fit === true);
  return isTheirs ? at + 1 : undefined;
}

/** The two parts of a `<who>` that is a word, or a whole name, and then an address: each names somebody alone, too. */
export function nameAndAddress(who: string, known: KnownNames): readonly [string, string] | undefined {
  const words = rawWords(who);
  const at = words.findIndex(({ raw }) => namesSomebody(raw));
  const address = words[at];
  if (at < 1 || address === undefined || isBracketed(address.raw)) return undefined;
  const name = who.slice(0, address.start).trimEnd();
  const namesOne = at === 1 || known.isName(likeliest(plainText(name)));
  return namesOne ? [name, who.slice(address.start)] : undefined;
}

const lastOf = (raw: string): string =>
  seenText(plainText(raw))
    .replace(/[.,;:!?]+$/, '')
    .at(-1) ?? '';

/** How many words a text in quotation marks takes; not one that begins with an address, whose mark closes behind the reason. */
function quotedWords(words: readonly RawWord[]): number | undefined {
  const [first] = words;
  const opening = seenText(plainText(first?.raw ?? ''));
  if (first === undefined || namesSomebody(first.raw)) return undefined;
  const closers = closersOf(opening[0] ?? '');
  if (closers === '' || (opening.length > 1 && closers.includes(lastOf(first.raw)))) return undefined;
  const at = words.findIndex(({ raw }, n) => n > 0 && closers.includes(lastOf(raw)));
  return at > 0 ? at + 1 : undefined;
}

const BETWEEN = /^(?:[\s,;&+/|，；、]+|(?:and|und|et|y)\s+)+/i;

/** Others who are named right behind a `<who>`: addresses and mentions, with a name before them or without, as typed. */
export const takeFurther = (rest: string, known: KnownNames): readonly string[] =>
  takeList('', rest, { ...known, isName: () => false }).further;

/** Further `<who>`s of a list, as typed, and what follows them. */
export interface TakenList {
  readonly further: readonly string[];
  readonly rest: string;
}

const SEPARATOR = /[,;，；、\r\n]/u;
const AT_SEPARATOR = /^\s*(?:$|[,;，；、])|^[^\S\r\n]*[\r\n]/u;
const SEPARATED = /[,;，；、]$/u;

/**
 * Others who are named right behind `first`, as in a list that was pasted: addresses and mentions whatever stands between
 * them, and all that is somebody's whole name between commas, semicolons or ends of lines.
 */
export function takeList(first: string, rest: string, known: KnownNames): TakenList {
  const further: string[] = [];
  for (let text = rest, before = first; ; ) {
    const between = BETWEEN.exec(unescapedAnd(text))?.[0] ?? '';
    const next = takeWho(text.slice(between.length), known);
    if (next.who === undefined) return { further, rest: text };
    const isInList = SEPARATED.test(before.trim()) || SEPARATOR.test(between);
    if (!namesSomebody(next.who) && !(isInList && isWholeItem(next.who, next.rest, known)))
      return { further, rest: text };
    further.push(next.who);
    before = next.who;
    text = next.rest;
  }
}

const LISTED_NEXT = /^\s*(?:[,;，；、\r\n]\s*(?:and\s+)?|(?:and|und|et|y|&(?:amp;)?|\+)\s+)/iu;
/** Of fewer letters a reason may hold by chance what somebody is called. */
const FEWEST_LETTERS = 3;

/**
 * What follows a list as its next item would, a part of somebody's name: not taken for them, as it may be the reason.
 * `last` is who was named last, as typed; `reason` what follows, without an end behind it.
 */
export function partInList(
  { last, rest, reason }: Readonly<Record<'last' | 'rest' | 'reason', string>>,
  known: KnownNames,
): string | undefined {
  const following = `${SEPARATED.test(last.trim()) ? ',' : ''}${rest}`;
  if (!LISTED_NEXT.test(following)) return undefined;
  return [following.replace(LISTED_NEXT, ''), reason.replace(LISTED_NEXT, '')]
    .map((text) => likeliest(seenText(plainText(text.split(SEPARATOR)[0] ?? ''))))
    .find((text) => text.length >= FEWEST_LETTERS && known.isPart(text));
}

/** The text, as long as it was, with `&` for itself alone: that of `&lt;` is no word between two. */
const unescapedAnd = (text: string): string =>
  text.replace(/&(?:amp;|(?=[lg]t;))/g, (found) => (found === '&' ? '\0' : '&    '));

/** Whether a name fills its place in a list. */
const isWholeItem = (who: string, rest: string, known: KnownNames): boolean =>
  known.isName(likeliest(plainText(who))) && (SEPARATED.test(who.trim()) || AT_SEPARATOR.test(rest));
