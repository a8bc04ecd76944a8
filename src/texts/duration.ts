import { distance } from 'fastest-levenshtein';
import { amountOf, DIGITS, HALF, NUMBER, NUMBER_WORDS, plainDigits } from './numbers.ts';

const SECOND_MS = 1000;
const DAY_MS = 86_400_000;

const SHORTEST_MS = SECOND_MS;
/** A year. */
const LONGEST_MS = 365 * DAY_MS;

/** Units by the words that name them, in milliseconds. A month is 30 days, a year 365. */
const UNITS: Readonly<Record<string, number>> = Object.fromEntries(
  (
    [
      ['s sec secs second seconds', SECOND_MS],
      ['m min mins minute minutes', 60 * SECOND_MS],
      ['h hr hrs hour hours', 3600 * SECOND_MS],
      ['d day days', DAY_MS],
      ['w wk wks week weeks', 7 * DAY_MS],
      ['fortnight fortnights', 14 * DAY_MS],
      ['mo mon mos month months', 30 * DAY_MS],
      ['y yr yrs year years', 365 * DAY_MS],
    ] as const
  ).flatMap(([names, ms]) => names.split(' ').map((name) => [name, ms])),
);

const PART = new RegExp(`(${NUMBER})[\\s-]*(\\p{L}+)(${HALF}\\b)?`, 'giu');
/** A duration at the start of a text: `7d`, `1 day and 12 hours`, `two weeks`; whether its units are any is seen later. */
const AT_START = new RegExp(
  `^(?:${NUMBER})[\\s-]*\\p{L}+(?:${HALF}\\b)?(?:(?:\\s*,?\\s*(?=\\d)|\\s*,?\\s*(?:and\\s+|&\\s*))(?:${NUMBER})\\s*\\p{L}+)*`,
  'iu',
);

/** `a day and a half` is longer by half of its unit. */
const partsOf = (text: string) =>
  [...text.matchAll(PART)].map(([, amount = '', unit = '', half]) => ({
    amount: amountOf(amount) + (half === undefined ? 0 : 0.5),
    unit: unit.toLowerCase(),
  }));

/** Milliseconds of `7d`, `12 hours`, `1 day and 6 h`, `a week`, whatever the number; `undefined` for anything else. */
export function milliseconds(typed: string): number | undefined {
  const text = plainDigits(typed);
  const whole = AT_START.exec(text)?.[0];
  if (whole === undefined || whole.length !== text.length) return undefined;
  const sizes = partsOf(text).map(({ amount, unit }) => amount * (UNITS[unit] ?? Number.NaN));
  const total = sizes.reduce((sum, ms) => sum + ms, 0);
  return Number.isNaN(total) ? undefined : Math.round(total);
}

/** What a text is as a duration. */
export type ReadDuration =
  | { readonly kind: 'duration'; readonly ms: number }
  | { readonly kind: 'too_short' }
  | { readonly kind: 'too_long' }
  | { readonly kind: 'none' };

/** Reads all of a text as a duration between a second and a year. */
export function readDuration(text: string): ReadDuration {
  const ms = milliseconds(text.trim());
  if (ms === undefined) return { kind: 'none' };
  if (ms < SHORTEST_MS) return { kind: 'too_short' };
  return ms > LONGEST_MS ? { kind: 'too_long' } : { kind: 'duration', ms };
}

/** Milliseconds of a duration between a second and a year; `undefined` for anything else. */
export function parseDuration(text: string): number | undefined {
  const read = readDuration(text);
  return read.kind === 'duration' ? read.ms : undefined;
}

const FIRST_NUMBER = new RegExp(
  `^(?:a few|some|several|\\d{1,3}(?:[ ’']\\d{3})+|\\d+e\\d+|${NUMBER})(?:\\s*(?:-|–|to|or)\\s*\\d+)?\\s*`,
  'iu',
);
/** Times that have no length of their own, and those of other languages. */
const OTHER_UNIT =
  /^(?:quarters?|nights?|weekends?|sprints?|semesters?|tagen?|tage|wochen?|stunden?|minuten?|monate?n?|jahre?n?|jours?|semaines?|heures?|mois|ans|d[ií]as?|semanas?|horas?|mes(?:es)?|meses|a[nñ]os?|giorn[oi]|settiman[ae]|or[ae]|mesi)$/iu;
/** The nearest unit is a slip of the finger away: `dayz`, `weks`, `horus`. */
const isSlip = (word: string): boolean =>
  word.length > 3 && Object.keys(UNITS).some((unit) => unit.length > 3 && distance(word, unit) <= 2);

/**
 * The longest start of a text that looks like a duration, understood or not: `7 days`, `3 dayz`, `7`, `a few days`,
 * `3 working days`. `undefined` for `7 dwarfs` or `the launch`.
 */
export function durationAtStart(typed: string): string | undefined {
  const text = plainDigits(typed);
  const found = understoodAtStart(text) ?? oddAtStart(text);
  return found === undefined ? undefined : typed.slice(0, found.length);
}

function understoodAtStart(text: string): string | undefined {
  let whole = AT_START.exec(text)?.[0];
  // `2 weeks and a trip`: the end is given back until all of it is a duration.
  while (whole !== undefined) {
    const understood = milliseconds(whole) !== undefined;
    if (understood && endsThere(text, whole)) return whole;
    const shorter = whole.replace(new RegExp(`\\s*(?:,|and|&)?\\s*(?:${NUMBER})\\s*\\p{L}+$`, 'iu'), '');
    whole = shorter === whole || shorter === '' ? undefined : shorter;
  }
  return undefined;
}

function oddAtStart(text: string): string | undefined {
  const number = FIRST_NUMBER.exec(text)?.[0];
  if (number === undefined) return undefined;
  const rest = text.slice(number.length);
  const odd = /^(?:(?:full|whole|working|business|calendar|more)\s+)*\p{L}+/iu.exec(rest)?.[0] ?? '';
  const unit = odd.toLowerCase().split(/\s+/).at(-1) ?? '';
  const isUnit =
    odd !== '' &&
    (UNITS[unit] !== undefined || OTHER_UNIT.test(unit) || isSlip(unit)) &&
    endsThere(rest, odd);
  if (isUnit) return number + odd;
  return /^-?\d+(?:[.,]\d+)?\s*(?:$|[,;.!?)])/.test(text) ? number.trim() : undefined;
}

const endsThere = (text: string, start: string): boolean =>
  /^(?:$|[\s,;.:!?)\]*_~`"'”’»])/.test(text.slice(start.length));

const BARE = new RegExp(
  `(?<![\\p{L}\\p{N}.,-])(?:${DIGITS}[½¼¾]?|(?!an?\\s)(?:${NUMBER_WORDS}))[\\s-]*(\\p{L}+)`,
  'giu',
);

/** The first duration in the midst of a text: `3 days` of `her 3 days`. None of `a second account`, or of `3 d printers`. */
export function durationWithin(typed: string): string | undefined {
  const text = plainDigits(typed);
  for (const { 0: found, 1: unit = '', index } of text.matchAll(BARE)) {
    const isClear = unit.length > 2 || !/\s/.test(found);
    const isOne = isClear && (milliseconds(found) !== undefined || OTHER_UNIT.test(unit));
    if (isOne && endsThere(text.slice(index), found)) return typed.slice(index, index + found.length);
  }
  return undefined;
}

const LARGEST_FIRST = [
  ['day', DAY_MS],
  ['hour', 3600 * SECOND_MS],
  ['minute', 60 * SECOND_MS],
  ['second', SECOND_MS],
] as const;

const unitOf = (ms: number) =>
  LARGEST_FIRST.find(([, size]) => ms % size === 0 && ms >= size) ?? (['second', SECOND_MS] as const);

/** `7 days`, `90 minutes`: whole numbers of the largest unit that fits. */
export function durationText(ms: number): string {
  const [name, size] = unitOf(ms);
  const n = Math.round(ms / size);
  return `${n} ${name}${n === 1 ? '' : 's'}`;
}

/** `7d`: the same for an input. */
export function durationInput(ms: number): string {
  const [name, size] = unitOf(ms);
  return `${Math.round(ms / size)}${name[0]}`;
}
