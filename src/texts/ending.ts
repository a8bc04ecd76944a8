import { durationAtStart, durationText, readDuration } from './duration.ts';
import { momentAtStart, momentText, type TypedAt } from './moment.ts';
import { quoted, seenText } from './plain-text.ts';

/** When something ends: so long after it begins, or at a moment. */
export type Ending =
  | { readonly kind: 'after'; readonly ms: number }
  | { readonly kind: 'at'; readonly at: Date };

/** An ending as typed, or a sentence that says why it is none. */
export type ReadEnding =
  | { readonly ok: true; readonly ending: Ending }
  | { readonly ok: false; readonly problem: string };

const EXAMPLES = 'A time reads like 12h, 7 days, 2 weeks or until 24 Dec.';
const NOT_UNDERSTOOD = `I do not understand this as a time. ${EXAMPLES}`;
const TOO_LONG = 'That is more than a year, the longest there is.';
const PAST = 'That moment has passed.';
const YEAR_MS = 365 * 86_400_000;

/** Reads all of a text as an ending: `7d`, `for two weeks`, `until Friday`, `24 Dec 18:00`, within a year from `now`. */
export function readEnding(typed: string, typedAt: TypedAt, now = typedAt.now): ReadEnding {
  const text = seenText(typed).replace(/[.,;!]+$/, '');
  const bare = text.replace(/^(?:for|until|till|til)\s+/i, '').replace(NO_LONGER_THAN, '');
  const duration = readDuration(bare);
  if (duration.kind === 'duration') return { ok: true, ending: { kind: 'after', ms: duration.ms } };
  if (duration.kind === 'too_long') return { ok: false, problem: TOO_LONG };
  if (duration.kind === 'too_short')
    return { ok: false, problem: `That is shorter than a second. ${EXAMPLES}` };
  const moment = momentAtStart(bare, typedAt);
  if (moment === undefined || moment.text.length < bare.length) return { ok: false, problem: NOT_UNDERSTOOD };
  const ms = moment.at.getTime() - now.getTime();
  if (ms <= 0) return { ok: false, problem: PAST };
  return ms > YEAR_MS
    ? { ok: false, problem: TOO_LONG }
    : { ok: true, ending: { kind: 'at', at: moment.at } };
}

/** `for 7 days`, `until Thu, 24 Dec 2026, 23:59 (Europe/Berlin)`. */
const endingText = (ending: Ending, timeZone: string): string =>
  ending.kind === 'after' ? `for ${durationText(ending.ms)}` : `until ${momentText(ending.at, timeZone)}`;

/** What has to be said of an ending that was typed behind a command: how a day is read, or that it is not understood. */
export function endingNote(typed: string | undefined, typedAt: TypedAt): string | undefined {
  const read = typed === undefined ? undefined : readEnding(typed, typedAt);
  if (read === undefined) return undefined;
  if (!read.ok) return `${quoted(typed ?? '')} stands in *For how long*, please change it. ${read.problem}`;
  return read.ending.kind === 'after'
    ? undefined
    : `I read ${quoted(typed ?? '')} as ${endingText(read.ending, typedAt.timeZone)}.`;
}

/** A reason, and the ending that was typed with it. */
export interface TakenEnding {
  readonly reason: string;
  /** As typed, `7 days` or `until 24 Dec`: to be read by `readEnding`, which may not understand it. */
  readonly ending: string | undefined;
  /** What stays in the reason though it may be meant as an ending. */
  readonly unclear: string | undefined;
}

/** What says the same as a duration alone, and what leaves open how long. */
const NO_LONGER_THAN = /^(?:the next|the coming|at most|up to|max(?:imum)?\.?|only|just|exactly|another)\s+/i;
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
const ENDS_HERE = new RegExp(`^[\\s.,;!?${MARKS}]*$`, 'u');
const OPENING_MARKS = /[\s*_~`"'“„«([]+$/u;
const MARKS_AFTER = new RegExp(`^[${MARKS}]*[\\s.,;:!?–—-]+`, 'u');

const isFirst = (text: string, start: number): boolean => ONLY_MARKS.test(text.slice(0, start));

const isLast = (text: string, phrase: Phrase | undefined): boolean =>
  phrase !== undefined && ENDS_HERE.test(text.slice(phrase.end));

const DAY_WORDS =
  /\d|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b/i;

function phrasesIn(text: string, typedAt: TypedAt): readonly Phrase[] {
  const bare = durationAtStart(text) ?? '';
  const first =
    readDuration(bare).kind === 'none'
      ? []
      : [{ start: 0, end: bare.length, text: bare, keyword: false, certain: 'yes' as const }];
  const keywords = [...text.matchAll(KEYWORD)];
  const looked =
    keywords.length > MOST_KEYWORDS
      ? [...keywords.slice(0, MOST_KEYWORDS - 2), ...keywords.slice(-2)]
      : keywords;
  const others = looked.flatMap(({ 0: keyword, 1: word = '', index }) => {
    const from = index + keyword.length;
    const rest = text.slice(from);
    const end = { for: 'span', by: 'deadline', to: 'deadline' }[word.toLowerCase()] ?? 'day';
    const said =
      end === 'span' ? spanAtStart(rest) : dayAtStart(rest, typedAt, end === 'day' && isFirst(text, index));
    if (said === undefined || (end === 'deadline' && !isDay(said, typedAt))) return [];
    return [
      {
        start: index,
        end: from + said.length,
        text: end === 'span' ? said : `until ${said}`,
        keyword: true,
        certain:
          end === 'deadline'
            ? ('never' as const)
            : end === 'day' || isSpan(said)
              ? ('yes' as const)
              : ('no' as const),
      },
    ];
  });
  return [...first, ...others];
}

const isSpan = (said: string): boolean => /\d\s*\p{L}/u.test(said) || readDuration(said).kind !== 'none';
const isDay = (said: string, typedAt: TypedAt): boolean => momentAtStart(said, typedAt) !== undefined;

function spanAtStart(rest: string): string | undefined {
  const qualifier = QUALIFIER.exec(rest)?.[0] ?? '';
  const duration = durationAtStart(rest.slice(qualifier.length));
  return duration === undefined ? VAGUE.exec(rest)?.[0] : qualifier + duration;
}

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
