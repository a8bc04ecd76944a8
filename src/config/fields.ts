import parseDuration from 'parse-duration';
import { z } from 'zod';

const SECOND_MS = 1000;
const DURATION = /^\d+(s|m|h|d|w)$/;

/** Milliseconds of a text like `24h`, `5m`, `7d`; `undefined` when it is no such text. */
export function durationMs(text: string): number | undefined {
  if (text === '0') return 0;
  return DURATION.test(text) ? (parseDuration(text) ?? undefined) : undefined;
}

/** A duration setting between two bounds, in milliseconds. */
export function duration(minMs: number, maxMs: number, expected: string) {
  return z.string().transform((text, context) => {
    const ms = durationMs(text);
    if (ms !== undefined && ms >= minMs && ms <= maxMs) return ms;
    context.addIssue({ code: 'custom', message: expected });
    return z.NEVER;
  });
}

/** The same, or `0`, which stays 0: never, or for ever. */
export function durationOrNever(minMs: number, maxMs: number, expected: string) {
  const some = duration(minMs, maxMs, expected);
  return z.string().transform((text, context) => {
    if (text === '0') return 0;
    const parsed = some.safeParse(text);
    if (parsed.success) return parsed.data;
    context.addIssue({ code: 'custom', message: expected });
    return z.NEVER;
  });
}

/** A whole number between two bounds, in plain digits. */
export function wholeNumber(min: number, max: number) {
  const expected = `a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d+$/, expected)
    .transform(Number)
    .pipe(z.number(expected).min(min, expected).max(max, expected));
}

/** `true` or `false`, however capitalised. */
export const flag = z
  .string()
  .transform((text) => text.toLowerCase())
  .pipe(z.enum(['true', 'false'], 'true or false'))
  .transform((text) => text === 'true');

/** A name of the IANA time zone database, as the runtime knows it. */
export const timeZone = z.string().refine((name) => {
  // Newer runtimes also take `+02:00`, which knows no summer time.
  if (/^[+-]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}, 'a time zone name like Europe/Berlin');

export const durationBounds = { second: SECOND_MS, minute: 60 * SECOND_MS, day: 86_400 * SECOND_MS } as const;
