import * as z from 'zod';
import { readValue } from '../slack/button-value.ts';
import { durationAtStart, milliseconds } from '../texts/duration.ts';
import { pastDayAtStart } from '../texts/moment.ts';
import { plainText, rawWords, seenText } from '../texts/plain-text.ts';

/** The longest email that there is (RFC 5321). */
const LONGEST_WHO = 254;

/** `[who] [since 30d]` as typed. */
export interface TypedQuery {
  /** '' for everybody. */
  readonly who: string;
  readonly since: Date | undefined;
}

/** What was typed, or a sentence that says what cannot be read. */
export type ReadQuery =
  | { readonly ok: true; readonly query: TypedQuery }
  | { readonly ok: false; readonly problem: string };

const UNREADABLE_SINCE =
  'I cannot read the time after "since". Write for example: since 30d, since 12h, since 2w or since 2026-01-31.';

/**
 * Reads `[who] [since 30d]`; the time may also be `two weeks`, or a day like `2026-01-31` or `24 Dec` (UTC). `in the last 30 days`
 * says the same.
 */
export function readTyped(text: string, now: Date): ReadQuery {
  const words = rawWords(text).map(({ raw }) => raw);
  const clause = sinceIn(words, now) ?? lastIn(words, now);
  if (clause !== undefined && clause.time === undefined) return { ok: false, problem: UNREADABLE_SINCE };
  const { from, after, time } = clause ?? { from: words.length, after: '' };
  const rest = after.slice(time?.length ?? 0).replace(/^[\s,;.]+/, '');
  const who = seenText([...words.slice(0, from), rest].join(' '));
  return plainText(who).length > LONGEST_WHO
    ? { ok: false, problem: 'That is too long for an email or a username.' }
    : { ok: true, query: { who, since: time?.since } };
}

/** The part of what was typed that says a time. */
interface Clause {
  /** Its first word. */
  readonly from: number;
  /** The words behind `since` or `last`. */
  readonly after: string;
  /** What they begin with; `undefined` where that is no time. */
  readonly time?: { readonly since: Date; readonly length: number } | undefined;
}

function sinceIn(words: readonly string[], now: Date): Clause | undefined {
  const from = words.findIndex((word) => seenText(word).toLowerCase() === 'since');
  const after = words.slice(from + 1).join(' ');
  return from < 0 ? undefined : { from, after, time: timeIn(after, now) };
}

/** `last week`, `in the past 30 days`; somebody may be called Last, too. */
function lastIn(words: readonly string[], now: Date): Clause | undefined {
  const at = words.findIndex((word) => /^(?:last|past)$/i.test(seenText(word)));
  if (at < 0) return undefined;
  const after = words.slice(at + 1).join(' ');
  const one = timeIn(`1 ${after}`, now);
  // `last Friday`, typed on a Friday, is not today.
  const day = durationAtStart(after) === undefined ? pastDayAtStart(`last ${after}`, now) : undefined;
  const time =
    (day && { since: day.at, length: day.text.length - 'last '.length }) ??
    timeIn(after, now) ??
    (one && { ...one, length: one.length - 2 });
  if (time === undefined) return undefined;
  const isBefore = (word: string | undefined): boolean =>
    /^(?:in|for|over|during|the)$/i.test(seenText(word ?? ''));
  let from = at;
  while (isBefore(words[from - 1])) from -= 1;
  return { from, after, time };
}

/** The time that a text begins with. */
function timeIn(text: string, now: Date): Clause['time'] {
  const duration = durationAtStart(text);
  const ms = duration === undefined ? undefined : milliseconds(duration);
  if (duration !== undefined && ms !== undefined && ms > 0)
    return { since: new Date(Math.max(0, now.getTime() - ms)), length: duration.length };
  const day = pastDayAtStart(text, now);
  return day && { since: day.at, length: day.text.length };
}

const filterSchema = z.object({
  slackUserId: z.string().optional(),
  text: z.string().optional(),
  /** Users whose name the text is, by id. */
  userIds: z.array(z.string()).readonly().optional(),
  /** How many more users it names whom neither the text nor an id finds. */
  unsought: z.number().int().optional(),
  /** Exactly this user, other than a text that may be a part of several. */
  subject: z.object({ userId: z.string(), label: z.string() }).optional(),
  sinceMs: z.number().int().optional(),
  beforeSeq: z.number().int().optional(),
  /** Of the entry with this `seq` so many rows were shown: a page may end within a change of many users. */
  shown: z.object({ seq: z.number().int(), rows: z.number().int() }).optional(),
});

/** Which part of the trail is shown. Small enough to travel in a button's value (2000 characters). */
export type AuditFilter = z.output<typeof filterSchema>;

export const writeFilter = (filter: AuditFilter): string => JSON.stringify(filter);

/** `undefined` for a value that is none of ours. */
export function readFilter(value: string): AuditFilter | undefined {
  return readValue(filterSchema, value);
}
