import { WebAPIRateLimitedError } from '@slack/web-api';
import { slackErrorOf } from './boundary.ts';
import { isTokenRefused } from './token-words.ts';

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 15_000;
/** Soon after somebody has invited the bot or mended the setting, yet no burden on Slack meanwhile. */
const UNREACHABLE_DELAY_MS = 30_000;

// Slack's words for why it takes no message (docs.slack.dev: the errors of chat.postMessage and chat.update).

/** A channel that is missing, closed or shut to the bot. Of an archived one chat.update says `is_inactive`. */
const SHUT = new Set([
  'channel_not_found',
  'is_archived',
  'is_inactive',
  'not_in_channel',
  'restricted_action',
  'restricted_action_read_only_channel',
  'restricted_action_thread_only_channel',
  'no_permission',
  'access_denied',
  'team_access_not_granted',
  'team_not_found',
]);

/** A person who cannot be written to. */
const GONE = new Set([
  'user_not_found',
  'users_not_found',
  'user_disabled',
  'cannot_dm_bot',
  'messages_tab_disabled',
]);

/** A message that takes no replies, while it can be rewritten and the channel takes others. */
const UNANSWERABLE = new Set([
  'cannot_reply_to_message',
  'thread_locked',
  'restricted_action_thread_locked',
  'restricted_action_non_threadable_channel',
]);

/** Whether the channel is missing, closed or shut to the bot. */
export const isShut = (error: unknown): boolean => SHUT.has(slackErrorOf(error) ?? '');

/** Whether the person to whom it goes cannot be written to. */
export const isPersonGone = (error: unknown): boolean => GONE.has(slackErrorOf(error) ?? '');

/** Whether it is replies that Slack does not let anybody post there. */
export const takesNoReplies = (error: unknown): boolean => UNANSWERABLE.has(slackErrorOf(error) ?? '');

/** Posting at all, wherever: until somebody lets the bot again. */
const STOPPED = new Set(['missing_scope', 'ekm_access_denied']);

/** Whether the place, or all of Slack for as long as it refuses the token, stays out of reach. */
const isUnreachable = (error: unknown): boolean =>
  isTokenRefused(error) || isShut(error) || isPersonGone(error) || STOPPED.has(slackErrorOf(error) ?? '');

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
