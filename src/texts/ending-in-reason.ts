import { durationAtStart, durationWithin, readDuration } from './duration.ts';
import { NO_LONGER_THAN, readEnding } from './ending.ts';
import { momentAtStart, type TypedAt } from './moment.ts';

/** A reason, and the ending that was typed with it. */
export interface TakenEnding {
  readonly reason: string;
  /** As typed, `7 days` or `until 24 Dec`: to be read by `readEnding`, which may not understand it. */
  readonly ending: string | undefined;
  /** What stays in the reason though it may be meant as an ending. */
  readonly unclear: string | undefined;
}

/** What leaves open how long, or says the same as a duration alone. */
const QUALIFIER =
  /^(?:the next|the coming|at most|up to|max(?:imum)?\.?|only|just|exactly|another|at least|min(?:imum)?\.?|about|around|roughly|approx\.?|ca\.?|~)\s*/i;
/** What people put around a time: emphasis, code, quotation marks, brackets. */
const MARKS = '*_~`"\'“”„‘’«»()\\[\\]';

const LONGEST_ENDING = 80;
/** A day that is written in a way that is not understood. */
const LONGEST_DAY = 25;
const KEYWORD = /(?<![\p{L}\p{N}-]['’]?)(for|until|till|til|through|thru|by|to)\s+/giu;
/** Each costs a look for a day: of a text full of them the first and the last are enough. */
const MOST_KEYWORDS = 10;
/** What people say of a day or a week that is meant without a number. */
const VAGUE =
  /^(?:(?:the |this |next |coming |rest of (?:the |this )?)+(?:day|night|week|weekend|month|quarter|year)|today|tonight|tomorrow)(?=\s*(?:$|[.,;!]))/i;

interface Phrase {
  readonly start: number;
  readonly end: number;
  /** As it goes into the field. */
  readonly text: string;
  /** Whether `for` or `until` stands before it. */
  readonly keyword: boolean;
  /** Whether it can hardly be anything but an end, understood or not; `never` for `by Friday`. */
  readonly certain: 'yes' | 'no' | 'never';
}

/**
 * Takes the ending out of a reason that begins or ends with one: `for 7 days new here`, `back from leave, until Friday`.
 * One in its middle may say something else (`waiting for 3 days, so let her in`): it stays, and is named.
 */
export function takeEnding(typed: string, typedAt: TypedAt): TakenEnding {
  const text = typed.replace(/^[\s,;:]+/, '');
  const phrases = phrasesIn(text, typedAt);
  const taken =
    phrases.find(
      ({ start, keyword, certain }) =>
        isFirst(text, start) &&
        (keyword ? certain !== 'never' : phrases.length === 1 && isLast(text, phrases[0])),
    ) ?? phrases.findLast((phrase) => phrase.certain === 'yes' && isLast(text, phrase));
  const other = phrases.find((phrase) => phrase !== taken && /\p{L}/u.test(phrase.text));
  const unclear = other === undefined ? undefined : text.slice(other.start, other.end);
  if (taken === undefined) return { reason: text, ending: undefined, unclear };
  const [around, behind] = [text.slice(0, taken.start), text.slice(taken.end)];
  const marked = /^[*_~`"'”’»)\]]/u.test(behind) ? around.replace(OPENING_MARKS, '') : around;
  const before = ONLY_MARKS.test(marked) ? '' : marked.replace(/[\s,;:–—-]+$/, '');
  const after = ENDS_HERE.test(behind) ? '' : behind.replace(MARKS_AFTER, '');
  return { reason: [before, after].filter(Boolean).join(' '), ending: taken.text, unclear };
}

/** An ending that stands before the name, `for 7 days nora`: how long it is, and as typed. */
export function leadingEnding(
  typed: string,
  typedAt: TypedAt,
): { readonly length: number; readonly ending: string } | undefined {
  const blanks = /^\s*/.exec(typed)?.[0].length ?? 0;
  const text = typed.slice(blanks);
  const first = phrasesIn(text.slice(0, LONGEST_ENDING), typedAt).find(
    ({ start, keyword, certain }) => start === 0 && keyword && certain === 'yes',
  );
  if (first === undefined || !readEnding(first.text, typedAt).ok) return undefined;
  return { length: blanks + first.end, ending: first.text };
}

const ONLY_MARKS = new RegExp(`^[\\s${MARKS}]*$`, 'u');
const MARKS_AT_START = new RegExp(`^[\\s${MARKS}]*`, 'u');
const ENDS_HERE = new RegExp(`^[\\s.,;!?${MARKS}]*$`, 'u');
const OPENING_MARKS = /[\s*_~`"'“„«([]+$/u;
const MARKS_AFTER = new RegExp(`^[${MARKS}]*[\\s.,;:!?–—-]+`, 'u');

const isFirst = (text: string, start: number): boolean => ONLY_MARKS.test(text.slice(0, start));

const isLast = (text: string, phrase: Phrase | undefined): boolean =>
  phrase !== undefined && ENDS_HERE.test(text.slice(phrase.end));

const DAY_WORDS =
  /\d|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b/i;

function phrasesIn(text: string, typedAt: TypedAt): readonly Phrase[] {
  const first = firstWithoutKeyword(text);
  const keywords = [...text.matchAll(KEYWORD)];
  const looked =
    keywords.length > MOST_KEYWORDS
      ? [...keywords.slice(0, MOST_KEYWORDS - 2), ...keywords.slice(-2)]
      : keywords;
  const others = looked.flatMap(({ 0: keyword, 1: word = '', index }) => {
    const from = index + keyword.length;
    const rest = text.slice(from);
    const end = { for: 'span', by: 'deadline', to: 'deadline' }[word.toLowerCase()] ?? 'day';
    const isAtStart = isFirst(text, index);
    const day = end === 'span' && isAtStart ? dayBefore(rest, typedAt) : undefined;
    const said =
      end === 'span'
        ? (spanAtStart(rest) ?? day?.text)
        : dayAtStart(rest, typedAt, end === 'day' && isAtStart);
    if (said === undefined || (end === 'deadline' && !isDay(said, typedAt))) return [];
    const isNever = end === 'deadline' || (said === day?.text && !day.isAlone);
    return [
      {
        start: index,
        end: from + said.length,
        text: end === 'span' ? said : `until ${said}`,
        keyword: true,
        certain: isNever
          ? ('never' as const)
          : end === 'day' || isSpan(said)
            ? ('yes' as const)
            : ('no' as const),
      },
    ];
  });
  const all: readonly Phrase[] = [...first, ...others];
  // The `to` of `up to 3 days`, or of `7 to 10 days`.
  return all.filter(({ start }, n) => !all.slice(0, n).some((other) => start < other.end));
}

/** `7 days` at the start of a text, also `max 7 days` and `(7 days)`. */
function firstWithoutKeyword(text: string): readonly Phrase[] {
  const marks = MARKS_AT_START.exec(text)?.[0].length ?? 0;
  const span = spanAtStart(text.slice(marks));
  const length = span === undefined ? 0 : span.replace(NO_LONGER_THAN, '').length;
  if (span === undefined || readDuration(span.slice(-length)).kind === 'none') return [];
  return [{ start: marks, end: marks + span.length, text: span, keyword: false, certain: 'yes' }];
}

/**
 * What else in a reason may be meant as an ending though nothing says so: `her 3 days`, or a reason that is nothing but a
 * day; `undefined` where there is nothing of the kind.
 */
export function timeWithin(reason: string, typedAt: TypedAt): string | undefined {
  const bare = reason.replace(MARKS_AT_START, '').replace(/[\s.,;!?)\]*_~`"'”’»]+$/u, '');
  const isDay = bare !== '' && momentAtStart(bare, typedAt)?.text.length === bare.length;
  return isDay ? bare : durationWithin(reason);
}

/** `1:30`: an hour and a half, or half past one. */
const CLOCK = /^\d{1,2}:\d{2}(?::\d{2})?(?=\s*(?:$|[,;.!?)]))/;

const isSpan = (said: string): boolean => /\d\s*\p{L}/u.test(said) || readDuration(said).kind !== 'none';
const isDay = (said: string, typedAt: TypedAt): boolean => momentAtStart(said, typedAt) !== undefined;

function spanAtStart(rest: string): string | undefined {
  const qualifier = QUALIFIER.exec(rest)?.[0] ?? '';
  const duration =
    durationAtStart(rest.slice(qualifier.length)) ?? CLOCK.exec(rest.slice(qualifier.length))?.[0];
  return duration === undefined ? VAGUE.exec(rest)?.[0] : qualifier + duration;
}

/**
 * The moment to come of `for Friday`, behind which nothing goes on: `for Friday night shifts` and `for now` say why. Of
 * `for Friday - the demo` it is not alone: that may mean either.
 */
function dayBefore(
  rest: string,
  typedAt: TypedAt,
): { readonly text: string; readonly isAlone: boolean } | undefined {
  const moment = momentAtStart(rest, typedAt);
  if (moment === undefined || moment.at <= typedAt.now) return undefined;
  const behind = rest.slice(moment.text.length);
  const isAlone = PAUSE.test(behind);
  return isAlone || HALF_PAUSE.test(behind) ? { text: moment.text, isAlone } : undefined;
}

const PAUSE = new RegExp(`^[${MARKS}]*\\s*(?:$|[,;.!?])`, 'u');
const HALF_PAUSE = /^\s*(?:[:(\n]|\s[-–—]+\s)/;

function dayAtStart(rest: string, typedAt: TypedAt, isFirst: boolean): string | undefined {
  const duration = durationAtStart(rest) ?? '';
  if (readDuration(duration).kind !== 'none') return duration;
  const moment = momentAtStart(rest, typedAt);
  if (moment !== undefined) return moment.text;
  // Right behind the name nothing but an end can be meant: as far as the next pause.
  const clause = /^[^,;!]*/.exec(rest)?.[0].trim() ?? '';
  const mayBeDay = isFirst || (DAY_WORDS.test(clause) && clause.length <= LONGEST_DAY);
  return mayBeDay && clause !== '' && clause.length <= LONGEST_ENDING ? clause : undefined;
}
