import { WebAPIRateLimitedError } from '@slack/web-api';
import { slackErrorOf } from './boundary.ts';
import { isTokenRefused } from './token-words.ts';

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 15_000;
/** Soon after somebody has invited the bot or mended the setting, yet no burden on Slack meanwhile. */
const UNREACHABLE_DELAY_MS = 30_000;

/** Slack's words for a place that does not come back by trying again at once. */
const UNREACHABLE = new Set([
  'channel_not_found',
  'is_archived',
  'not_in_channel',
  'restricted_action',
  'missing_scope',
]);

/** Whether the place, or all of Slack for as long as it refuses the token, stays out of reach. */
const isUnreachable = (error: unknown): boolean =>
  isTokenRefused(error) || UNREACHABLE.has(slackErrorOf(error) ?? '');

/** Slack's words for a message of ours that cannot be rewritten any more. */
const LOST = new Set(['message_not_found', 'cant_update_message', 'edit_window_closed']);

/** Whether the message can never be rewritten again: deleted, too old, not ours. */
export const isLost = (error: unknown): boolean => LOST.has(slackErrorOf(error) ?? '');

/** When to retry background work that failed, ms: as Slack says at a rate limit, else at growing intervals. */
export function redeliveryDelayMs(error: unknown, attempts: number): number {
  if (error instanceof WebAPIRateLimitedError) return error.retryAfter * 1000;
  if (isUnreachable(error)) return UNREACHABLE_DELAY_MS;
  return Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(attempts, 10));
}

/**
 * The level to log a failure of background work at. A place that stays out of reach is news once, not each time that it
 * is tried; `attempts` is how many failures came before.
 */
export const failureLevel = (error: unknown, attempts: number): 'warn' | 'debug' =>
  attempts > 0 && isUnreachable(error) ? 'debug' : 'warn';
