import { WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api';

// Slack's words that concern the token and not what was asked (the errors that every method page of docs.slack.dev lists).

/** The token itself is no good, for any method, until somebody renews it or lets the app in again. */
const REFUSED = new Set([
  'not_authed',
  'invalid_auth',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'user_removed_from_team',
  'team_disabled',
  'org_login_required',
  'enterprise_is_restricted',
  'app_not_installed',
  'accesslimited',
  'two_factor_setup_required',
]);

/** To an app token, where it is the app that speaks no Socket Mode (apps.connections.open). */
const SOCKET_MODE_OFF = 'socket_mode_not_enabled';

/** A token of another kind or with fewer rights than wanted: for a start as bad as none. */
const UNFIT = new Set(['no_permission', 'not_allowed_token_type', 'missing_scope', SOCKET_MODE_OFF]);

/** A trouble of Slack's own, which says nothing of the token nor of what was asked. */
const PASSING = new Set([
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'ratelimited',
  // As some methods spell it, and for the whole team (chat.postMessage).
  'rate_limited',
  'message_limit_exceeded',
  'update_failed',
  'external_channel_migrating',
  // The workspace is moving into an organisation, and answers at times.
  'team_added_to_org',
]);

/** Whether Slack names a trouble of its own by this word. */
export const isPassing = (word: string): boolean => PASSING.has(word);

/** Slack named a trouble of its own: it is there, and may take the same call another time. */
export class SlackTroubleError extends Error {
  constructor(word: string) {
    super(`Slack answers ${word}`);
    this.name = new.target.name;
  }
}

/** How Slack spells its errors. The client takes for one whatever comes with status 200, as a page of something in between. */
const A_WORD = /^\w+$/;

/** Slack's own error string, e.g. `channel_not_found`; '' when Slack gave no answer at all. */
export function wordOf(error: unknown): string {
  const word: unknown = error instanceof WebAPIPlatformError ? error.data.error : '';
  return typeof word === 'string' && A_WORD.test(word) ? word : '';
}

/** Whether Slack gave an answer of its own: it took the call, or refused it for a reason that concerns the call. */
export const isAnswer = (error: unknown): boolean =>
  error === undefined || (wordOf(error) !== '' && !PASSING.has(wordOf(error)));

/** Whether the call did not reach Slack, or came back without a word of Slack's: a rate limit is one. */
export const isUnanswered = (error: unknown): boolean =>
  error !== undefined &&
  wordOf(error) === '' &&
  !(error instanceof WebAPIRateLimitedError) &&
  !(error instanceof WebAPIRequestError && error.original instanceof SlackTroubleError);

/** Whether Slack said no to the token, whatever it was asked for. */
export const isTokenRefused = (error: unknown): boolean => REFUSED.has(wordOf(error));

/** Whether Slack said no to the token, be it for one method only, rather than not answering. */
export const isTokenUnfit = (error: unknown): boolean => isTokenRefused(error) || UNFIT.has(wordOf(error));

/** What to do about an app token that Slack refuses. */
export const appTokenRemedy = (error: unknown): string =>
  wordOf(error) === SOCKET_MODE_OFF
    ? 'switch Socket Mode on: api.slack.com/apps → your app → Socket Mode; or leave SLACK_APP_TOKEN empty and set SLACK_SIGNING_SECRET, for HTTP'
    : 'make an app-level token with the scope connections:write: api.slack.com/apps → your app → Basic Information → App-Level Tokens';

/** The scope that the token lacks for what was asked; `undefined` where it is not that. */
export function missingScope(error: unknown): string | undefined {
  if (wordOf(error) !== 'missing_scope' || !(error instanceof WebAPIPlatformError)) return undefined;
  const { needed } = error.data as { readonly needed?: unknown };
  return typeof needed === 'string' ? needed : 'not told by Slack';
}

/** What people read when the bot's token is the trouble; `undefined` when it is not. */
export function tokenSentence(error: unknown): string | undefined {
  if (isTokenRefused(error))
    return `Slack no longer accepts this bot's token (SLACK_BOT_TOKEN: ${wordOf(error)}), so I can do nothing. Please tell the people who run this bot: it needs a new one.`;
  const scope = missingScope(error);
  if (scope !== undefined)
    return `This bot's token (SLACK_BOT_TOKEN) lacks the Slack scope ${scope}. Please tell the people who run this bot: they can install the app again from manifest.yml.`;
  return undefined;
}
