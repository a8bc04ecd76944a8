import { z } from 'zod';
import { durationMs } from '../../config-fields.ts';
import { oneLine, truncate, typedText } from '../../slack/mrkdwn.ts';

/** What somebody typed or pressed for, before it is known whom they mean. */
export const draftSchema = z.object({
  kind: z.enum(['activate', 'deactivate', 'swap']),
  /** One `<who>`, or for a swap two: who leaves, who comes. A user's id is one, too. */
  who: z.array(z.string()),
  reason: z.string(),
  durationMs: z.number().optional(),
});

export type Draft = z.infer<typeof draftSchema>;

/** How many `<who>` a kind takes. */
export const whoCount = (kind: Draft['kind']): number => (kind === 'swap' ? 2 : 1);

const LONGEST_WHO = 300;
const LONGEST_REASON = 1000;
/** What a draft may take of a modal's metadata (3000 characters) while people choose whom they mean. */
const LONGEST_DRAFT = 2400;
/** One `<who>`: what Slack made of a mention or an address, a quoted text, or a word. */
const WHO = /^\s*(<[^>]*>|"[^"]*"|“[^”]*”|\S+)\s*/;
const FOR_AT_START = /^for\s+(\d+[smhdw])(?:\s+|$)/i;
const FOR_AT_END = /(?:^|\s+)for\s+(\d+[smhdw])$/i;

/** Reads `<who> [for 7d] [reason]`, for a swap `<who leaves> <who comes> [reason]`. */
export function parseDraft(kind: Draft['kind'], typed: string): Draft {
  const who: string[] = [];
  let rest = typed;
  while (who.length < whoCount(kind)) {
    const found = WHO.exec(rest);
    if (found?.[1] === undefined) break;
    who.push(oneLine(found[1]).slice(0, LONGEST_WHO));
    rest = rest.slice(found[0].length);
  }
  const text = truncate(oneLine(typedText(rest)), LONGEST_REASON);
  const timed = kind === 'deactivate' ? undefined : (FOR_AT_START.exec(text) ?? FOR_AT_END.exec(text));
  const ms = parseDuration(timed?.[1] ?? '');
  if (ms === undefined || timed === undefined || timed === null) return { kind, who, reason: text };
  return { kind, who, reason: text.replace(timed[0], ' ').trim(), durationMs: ms };
}

/** The draft as it fits into a modal's metadata: of a reason full of quotes the end may have to go. */
export function carried(draft: Draft): Draft {
  const tooLong = JSON.stringify(draft).length - LONGEST_DRAFT;
  return tooLong <= 0 ? draft : { ...draft, reason: truncate(draft.reason, draft.reason.length - tooLong) };
}

const SHORTEST_MS = 1000;
const LONGEST_MS = 365 * 86_400_000;

/** Milliseconds of `7d`, `12h`, …, up to a year; `undefined` for anything else. */
export function parseDuration(text: string): number | undefined {
  const ms = durationMs(text.trim().toLowerCase());
  return ms !== undefined && ms >= SHORTEST_MS && ms <= LONGEST_MS ? ms : undefined;
}

/** `7d`, for showing in an input what was read. */
export function durationInput(ms: number): string {
  const units = [
    ['d', 86_400_000],
    ['h', 3_600_000],
    ['m', 60_000],
  ] as const;
  const [unit, size] = units.find(([, each]) => ms % each === 0) ?? (['s', 1000] as const);
  return `${ms / size}${unit}`;
}
