import parseDuration from 'parse-duration';
import { z } from 'zod';
import { readValue } from '../slack/button-value.ts';
import { oneLine } from '../slack/mrkdwn.ts';

const DURATION = /^\d{1,6}\s?[a-z]+$/i;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
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

/** Reads `[who] [since 30d]`; the time may also be `30 days` or a day like `2026-01-31` (UTC). */
export function readTyped(text: string, now: Date): ReadQuery {
  const words = oneLine(text)
    .split(' ')
    .filter((word) => word !== '');
  const at = words.findIndex((word) => word.toLowerCase() === 'since');
  const time = at < 0 ? undefined : timeIn(words.slice(at + 1), now);
  if (at >= 0 && time === undefined) return { ok: false, problem: UNREADABLE_SINCE };
  const rest = time === undefined ? words : [...words.slice(0, at), ...words.slice(at + 1 + time.words)];
  const who = rest.join(' ');
  return who.length > LONGEST_WHO
    ? { ok: false, problem: 'That is too long for an email or a username.' }
    : { ok: true, query: { who, since: time?.since } };
}

/** The time at the start of `words`, and how many of them it took. */
function timeIn(words: readonly string[], now: Date): { since: Date; words: number } | undefined {
  for (const taken of [2, 1]) {
    const since = words.length < taken ? undefined : moment(words.slice(0, taken).join(' '), now);
    if (since !== undefined) return { since, words: taken };
  }
  return undefined;
}

function moment(text: string, now: Date): Date | undefined {
  if (DAY.test(text)) {
    const day = new Date(`${text}T00:00:00Z`);
    return Number.isNaN(day.getTime()) ? undefined : day;
  }
  const ms = DURATION.test(text) ? parseDuration(text) : null;
  return ms === null ? undefined : new Date(Math.max(0, now.getTime() - ms));
}

const filterSchema = z.object({
  slackUserId: z.string().optional(),
  text: z.string().optional(),
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
