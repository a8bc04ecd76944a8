import { z } from 'zod';
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

/** Reads `[who] [since 30d]`; the time may also be `two weeks`, or a day like `2026-01-31` or `24 Dec` (UTC). */
export function readTyped(text: string, now: Date): ReadQuery {
  const words = rawWords(text).map(({ raw }) => raw);
  const at = words.findIndex((word) => seenText(word).toLowerCase() === 'since');
  const after = at < 0 ? '' : words.slice(at + 1).join(' ');
  const time = at < 0 ? undefined : timeIn(after, now);
  if (at >= 0 && time === undefined) return { ok: false, problem: UNREADABLE_SINCE };
  const before = at < 0 ? words : words.slice(0, at);
  const who = [...before, after.slice(time?.text.length ?? 0).replace(/^[\s,;.]+/, '')].join(' ').trim();
  return plainText(who).length > LONGEST_WHO
    ? { ok: false, problem: 'That is too long for an email or a username.' }
    : { ok: true, query: { who, since: time?.since } };
}

/** The time that a text begins with. */
function timeIn(text: string, now: Date): { readonly since: Date; readonly text: string } | undefined {
  const duration = durationAtStart(text);
  const ms = duration === undefined ? undefined : milliseconds(duration);
  if (duration !== undefined && ms !== undefined && ms > 0)
    return { since: new Date(Math.max(0, now.getTime() - ms)), text: duration };
  const day = pastDayAtStart(text, now);
  return day === undefined ? undefined : { since: day.at, text: day.text };
}

const filterSchema = z.object({
  slackUserId: z.string().optional(),
  text: z.string().optional(),
  /** Exactly this user, other than a text that may be a part of several. */
  subject: z.object({ userId: z.string(), label: z.string() }).optional(),
  sinceMs: z.number().int().optional(),
  beforeSeq: z.number().int().optional(),
});

/** Which part of the trail is shown. Small enough to travel in a button's value (2000 characters). */
export type AuditFilter = z.output<typeof filterSchema>;

export const writeFilter = (filter: AuditFilter): string => JSON.stringify(filter);

/** `undefined` for a value that is none of ours. */
export function readFilter(value: string): AuditFilter | undefined {
  return readValue(filterSchema, value);
}
