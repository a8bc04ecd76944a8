import { dateTime } from '../slack/mrkdwn.ts';
import { durationText } from '../texts/duration.ts';
import type { Change } from './change.ts';
import { asksText, stepsConcern } from './steps/steps-of.ts';

type Asked = Pick<Change, 'steps' | 'durationMs' | 'endsAt'>;

/** How long an activation lasts, as mrkdwn: "for 7 days", "until 24 Dec at 18:00"; `undefined` without an end. */
export function lastingText({
  durationMs,
  endsAt,
}: Pick<Asked, 'durationMs' | 'endsAt'>): string | undefined {
  if (endsAt !== undefined) return `until ${dateTime(endsAt)}`;
  return durationMs === undefined ? undefined : `for ${durationText(durationMs)}`;
}

/** What a change asks for, as mrkdwn: "activate `x`". */
export const askText = (change: Asked): string =>
  asksText(change.steps, stepsConcern(change.steps, 'takes') ? lastingText(change) : undefined);
