import { durationAtStart, durationText, readDuration } from './duration.ts';
import { momentAtStart, momentText, type TypedAt } from './moment.ts';
import { quoted, seenText } from './plain-text.ts';

/** When something ends: so long after it begins, or at a moment. */
export type Ending =
  | { readonly kind: 'after'; readonly ms: number }
  | { readonly kind: 'at'; readonly at: Date };

/** The moment of an ending that is counted from `from`. */
export const momentOf = (ending: Ending, from: Date): Date =>
  ending.kind === 'at' ? ending.at : new Date(from.getTime() + ending.ms);

/** An ending as typed, or a sentence that says why it is none. */
export type ReadEnding =
  | { readonly ok: true; readonly ending: Ending }
  | { readonly ok: false; readonly problem: string };

const EXAMPLES = 'A time reads like 12h, 7 days, 2 weeks or until 24 Dec.';
const NOT_UNDERSTOOD = `I do not understand this as a time. ${EXAMPLES}`;
const TOO_LONG = 'That is more than a year, the longest there is.';
const PAST = 'That moment has passed.';
const YEAR_MS = 365 * 86_400_000;
/** What says the same as a duration alone. */
export const NO_LONGER_THAN =
  /^(?:the next|the coming|at most|up to|max(?:imum)?\.?|only|just|exactly|another)\s+/i;

/** What closes a sentence: the last dot of `24.12.` belongs to the day. */
const AT_END = /(?<=\d\.\s?\d{1,2}\.)[.,;!]+$|(?<!\d\.\s?\d{1,2})[.,;!]+$/;

/** Reads all of a text as an ending: `7d`, `for two weeks`, `until Friday`, `24 Dec 18:00`, within a year from `now`. */
export function readEnding(typed: string, typedAt: TypedAt, now = typedAt.now): ReadEnding {
  const text = seenText(typed).replace(AT_END, '');
  const bare = text.replace(/^(?:for|until|till|til)\s+/i, '').replace(NO_LONGER_THAN, '');
  const duration = readDuration(bare);
  const twoWays = CLOCK_OR_LENGTH.exec(text);
  if (twoWays !== null) return { ok: false, problem: twoWaysText(twoWays) };
  if (isHourOfDay(text) || (duration.kind === 'none' && isLength(bare)))
    return { ok: false, problem: NOT_UNDERSTOOD };
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

/** `until 17h` is five in the afternoon for some, and in seventeen hours for others. */
const isHourOfDay = (text: string): boolean => /^(?:until|till?)\s+\d\d?\s*h(?:\d\d)?$/i.test(text);

/** `1:30` without `until` is half past one at night for some, and an hour and a half for others; `17:00` is a time of day. */
const CLOCK_OR_LENGTH = /^(?:for\s+)?(?!0?0:00)((0?\d|1[0-2]):(\d{2})(?::\d{2})?)$/i;

function twoWaysText([, clock, hours, minutes]: RegExpExecArray): string {
  const ms = (Number(hours) * 60 + Number(minutes)) * 60_000;
  return `This may be a time of day or a length of time: type until ${clock}, or ${durationText(ms)}.`;
}

/** `1.000 minutes`: a length of time, though not one that is certain, and no moment. */
const isLength = (bare: string): boolean => /\p{L}/u.test(bare) && durationAtStart(bare) === bare;

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
