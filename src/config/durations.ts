import parseDuration from 'parse-duration';
import * as z from 'zod';

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

/** The same, or `0`, which stays 0: never, or forever. */
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

export const durationBounds = { second: SECOND_MS, minute: 60 * SECOND_MS, day: 86_400 * SECOND_MS } as const;
