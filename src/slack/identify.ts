import type { AuthTestResponse, WebClient } from '@slack/web-api';
import pRetry, { AbortError } from 'p-retry';
import type { Logger } from 'pino';
import { ChatopsError } from '../errors.ts';
import { slackErrorOf } from './boundary.ts';
import type { SlackIdentity } from './slack-app.ts';
import { isTokenUnfit } from './token-words.ts';

/**
 * Whom the bot's token belongs to. Asks until Slack answers.
 * @throws ChatopsError `slack_token_refused` when Slack says that the token is no good.
 */
export async function identify(client: WebClient, log: Logger): Promise<SlackIdentity> {
  const ask = async (): Promise<SlackIdentity> => {
    try {
      return identityOf(await client.auth.test());
    } catch (error) {
      if (isTokenUnfit(error)) throw new AbortError(tokenRefused(error));
      throw error;
    }
  };
  return pRetry(ask, {
    retries: Number.POSITIVE_INFINITY,
    minTimeout: 300,
    maxTimeout: 5000,
    randomize: true,
    onFailedAttempt: ({ error, attemptNumber }) =>
      log.warn({ err: error, attemptNumber }, 'Slack does not answer yet: asking again'),
  });
}

/**
 * Reads an answer of auth.test.
 * @throws Error when it names no team.
 */
export function identityOf(told: AuthTestResponse): SlackIdentity {
  const enterpriseId = told.is_enterprise_install === true ? told.enterprise_id : undefined;
  const teamId = told.team_id ?? enterpriseId;
  if (teamId === undefined) throw new Error('auth.test answered without a team');
  return { teamId, enterpriseId, botId: told.bot_id, botUserId: told.user_id };
}

const tokenRefused = (cause: unknown): ChatopsError =>
  new ChatopsError(`auth.test: ${slackErrorOf(cause)}`, {
    code: 'slack_token_refused',
    userMessage: `Slack does not accept SLACK_BOT_TOKEN (${slackErrorOf(cause)}). Copy the Bot User OAuth Token again: api.slack.com/apps → your app → OAuth & Permissions.`,
    cause,
  });
