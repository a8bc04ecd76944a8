import { slackErrorOf } from './boundary.ts';

/** Slack's words for a token that will not become right by asking again (Slack: auth.test, apps.connections.open). */
const REFUSED = new Set([
  'not_authed',
  'invalid_auth',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'no_permission',
  'not_allowed_token_type',
  'missing_scope',
  'user_removed_from_team',
  'team_disabled',
]);

/** Whether Slack said no to the token itself, rather than not answering. */
export const isTokenRefused = (error: unknown): boolean => REFUSED.has(slackErrorOf(error) ?? '');
