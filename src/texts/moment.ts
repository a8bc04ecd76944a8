import { casual } from 'chrono-node/en';
import { Cron } from 'croner';

/** Where and when a text was typed. */
export interface TypedAt {
  readonly now: Date;
  /** An IANA name, such as `Europe/Berlin`. */
  readonly timeZone: string;
}

/** A moment that was read, and how much of the text says it. */
export interface ReadMoment {
  readonly at: Date;
  /** From the start of the text on. */
  readonly text: string;
}

/** A moment as it is where somebody types; without a zone, as it is where the process runs. */
type Reference = Exclude<Parameters<typeof casual.parse>[1], Date | undefined>;
type Parsed = Pick<NonNullable<ReturnType<typeof casual.parse>[0]>, 'start' | 'text'>;

/** `3/4` is a day in March or in April: which, depends on who writes. */
const TWO_WAYS = /^\D*(0?[1-9]|1[0-2])[/.-](0?[1-9]|1[0-2])(?!\d)/;
/** A clock that is none (`25:00`) or a year that stands apart would be left behind as if it were another word. */
const GOES_ON = /^[\s,]*[\d:/.-]*\d/;

/**
 * The moment that a text begins with, by a day or an hour: `24 Dec`, `24.12.`, `Friday`, `tomorrow 6 pm`, `2026-12-24 18:00`.
 * A day without an hour ends with 23:59. `undefined` where it is not certain which day is meant.
 */
export function momentAtStart(text: string, typedAt: TypedAt): ReadMoment | undefined {
  const isBehind = IS_BEHIND.test(text);
  const parsed = parsedAtStart(text, typedAt, !isBehind);
  if (parsed === undefined) return undefined;
  const at = instantOf(parsed, typedAt.timeZone, '23:59');
  // Of `Friday 18:00` it is the next one that is to come.
  const isOver = !isBehind && at <= typedAt.now && isAnyWeekday(parsed);
  return {
    at: isOver ? instantOf(parsed, typedAt.timeZone, '23:59', 7) : at,
    text: parsed.text.replace(/[\s,]+$/, ''),
  };
}

const isAnyWeekday = ({ start, text }: Parsed): boolean =>
  start.isCertain('weekday') && !start.isCertain('day') && !IS_THIS.test(text);

/** The same for a day that has begun, by its date or weekday, `today` or `yesterday`: it begins with 00:00, in UTC. */
export function pastDayAtStart(text: string, now: Date): ReadMoment | undefined {
  const parsed = parsedAtStart(text, { now, timeZone: 'UTC' }, false);
  const { start } = parsed ?? {};
  const isNamed = start?.isCertain('weekday') || /\d|day$/i.test(parsed?.text ?? '');
  if (parsed === undefined || start === undefined || !isNamed || IS_AHEAD.test(parsed.text)) return undefined;
  const at = instantOf(parsed, 'UTC', '00:00');
  if (at <= now) return { at, text: parsed.text };
  // The last of its kind: Monday of this week, 18:00 of yesterday, or 24 Dec of last year. Today at an hour to come is none.
  if (start.isCertain('year') || (start.isCertain('day') && isSameDay(at, now))) return undefined;
  if (start.isCertain('day')) at.setUTCFullYear(at.getUTCFullYear() - 1);
  else at.setUTCDate(at.getUTCDate() - (start.isCertain('weekday') ? 7 : 1));
  return at > now ? undefined : { at, text: parsed.text };
}

const IS_BEHIND = /^(?:last|past)\b|^\S+\s+last\s+week\b/i;
const IS_AHEAD = /\b(?:next|coming)\b/i;

const isSameDay = (one: Date, other: Date): boolean =>
  one.toISOString().slice(0, 10) === other.toISOString().slice(0, 10);

function parsedAtStart(typed: string, { now, timeZone }: TypedAt, forwardDate: boolean): Parsed | undefined {
  const dotted = dottedDay(typed);
  const text = dotted === undefined ? typed : dotted.inWords + typed.slice(dotted.length);
  const timezone = offsetMinutes(now, timeZone);
  const parse = (reference: Reference): Parsed | undefined => {
    const [first] = casual.parse(text.slice(0, LONGEST_READ), reference, { forwardDate });
    return first === undefined || first.index > 0 || first.end ? undefined : first;
  };
  const first = parse({ instant: now, timezone });
  // From noon on the library takes a day that ends at midnight for one that is over, and finds no 29 Feb in the year after: it is
  // asked as the day begins.
  const parsed =
    first === undefined || namesDay(first) ? parse({ instant: dayAsHere(now, timezone) }) : first;
  if (parsed === undefined) return undefined;
  if (isAmbiguous(parsed) || GOES_ON.test(text.slice(parsed.text.length))) return undefined;
  if (dotted === undefined) return parsed;
  const behind = parsed.text.length - dotted.inWords.length;
  return behind < 0 ? undefined : { start: parsed.start, text: typed.slice(0, dotted.length + behind) };
}

const IS_THIS = /^this\b/i;

/** Which day is meant, no matter at what time of a day it is typed. An hour alone is of this day or of the next. */
const namesDay = ({ start, text }: Parsed): boolean =>
  !start.isCertain('hour') ||
  start.isCertain('weekday') ||
  (start.isCertain('day') && !start.isCertain('year')) ||
  IS_THIS.test(text);

/**
 * The day that it is where clocks are so many minutes ahead of UTC, as it begins where this process runs: the library compares
 * days by the clock of the process.
 */
function dayAsHere(at: Date, offset: number): Date {
  const there = new Date(at.getTime() + offset * 60_000);
  return new Date(there.getUTCFullYear(), there.getUTCMonth(), there.getUTCDate());
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** `24.12.` and `24. 12.`; without the second dot only what is no clock (`23.12`) and no number (`30.5`). */
const DOTTED = /^(\d{1,2})\.\s?(\d{1,2})\.(?!\d)|^(2[4-9]|3[01])\.(0[1-9]|1[0-2])(?![\d\p{L}]|[.,:/-]\d)/u;

/** A day and a month at the start of a text, as `24.12.` is written where days go first; a year may follow. */
function dottedDay(text: string): { readonly inWords: string; readonly length: number } | undefined {
  const found = DOTTED.exec(text);
  if (found === null) return undefined;
  const [day, month] = [Number(found[1] ?? found[3]), Number(found[2] ?? found[4])];
  const name = MONTHS[month - 1];
  const isTwoWays = day <= 12 && day !== month;
  return name === undefined || isTwoWays ? undefined : { inWords: `${day} ${name}`, length: found[0].length };
}

/** A moment is said in fewer characters. */
const LONGEST_READ = 60;

/** No day of their own: `next week`, `a few days`. */
const VAGUE =
  /\b(?:few|some|several|about|around|roughly|approximately|least)\b|^(?:next|this|last|coming|past)\s+(?:week|month|quarter|year)$|^(?:last|past)\s+night\b/i;

function isAmbiguous({ start, text }: Parsed): boolean {
  if (VAGUE.test(text) || /^[-+]/.test(text)) return true;
  // `2026-13-01`, which the library reads as a day before a month.
  const isoMonth = /^\d{4}-(\d{1,2})-/.exec(text)?.[1];
  if (isoMonth !== undefined && Number(isoMonth) !== start.get('month')) return true;
  const slashed = TWO_WAYS.exec(text);
  if (slashed !== null && Number(slashed[1]) !== Number(slashed[2])) return true;
  const isDay = start.isCertain('day') || start.isCertain('weekday') || start.isCertain('hour');
  if (!isDay) return true;
  // `Friday 24 Dec` of a year in which that is a Thursday.
  const day = new Date(
    Date.UTC(start.get('year') ?? 0, (start.get('month') ?? 1) - 1, start.get('day') ?? 1),
  );
  return start.isCertain('weekday') && start.isCertain('day') && day.getUTCDay() !== start.get('weekday');
}

const DAY_MS = 86_400_000;

/** The instant that the parts of a date are in a time zone, or so many days later, clock changes included. */
function instantOf({ start }: Parsed, timeZone: string, atAnyHour: string, daysLater = 0): Date {
  if (start.isCertain('timezoneOffset') && start.isCertain('hour'))
    return new Date(start.date().getTime() + daysLater * DAY_MS);
  const two = (n: number | null): string => String(n ?? 0).padStart(2, '0');
  const date = Date.UTC(
    start.get('year') ?? 0,
    (start.get('month') ?? 0) - 1,
    (start.get('day') ?? 0) + daysLater,
  );
  const day = new Date(date).toISOString().slice(0, 10);
  const clock = start.isCertain('hour') ? `${two(start.get('hour'))}:${two(start.get('minute'))}` : atAnyHour;
  return new Cron(`${day}T${clock}:00`, { timezone: timeZone, paused: true }).getOnce() ?? start.date();
}

/** How far a zone is from UTC at an instant. */
function offsetMinutes(at: Date, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }).formatToParts(at);
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours, minutes] = /([+-])(\d+):(\d+)/.exec(name) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0));
}

/** The zone, if the runtime knows it, else UTC. */
export function knownTimeZone(name: string | undefined): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name ?? 'UTC' }).resolvedOptions().timeZone;
  } catch (error) {
    if (error instanceof RangeError) return 'UTC';
    throw error;
  }
}

/** `Thu, 24 Dec 2026, 23:59 (Europe/Berlin)`. */
export function momentText(at: Date, timeZone: string): string {
  const shown = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  }).format(at);
  return `${shown} (${timeZone})`;
}
