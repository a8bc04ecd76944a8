import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from '@slack/web-api';
import { ChatopsError } from '../errors.ts';
import { wholeMessage } from '../whole-message.ts';
import { type Outcome, wrong } from './check.ts';

const APP = 'api.slack.com/apps → your app';
const TOKEN_AGAIN = `copy the token again from ${APP}, and install the app to the workspace if it was removed`;

/** What helps against Slack's own error strings. */
const slackRemedies: Readonly<Record<string, string>> = {
  invalid_auth: TOKEN_AGAIN,
  not_authed: TOKEN_AGAIN,
  account_inactive: TOKEN_AGAIN,
  token_revoked: TOKEN_AGAIN,
  token_expired: TOKEN_AGAIN,
  not_allowed_token_type: 'SLACK_BOT_TOKEN takes a token xoxb-…, SLACK_APP_TOKEN one xapp-…',
  missing_scope: `put manifest.yml into ${APP} → App Manifest, then install the app again`,
};

/** An error in the words of a finding: what happened, and what to do about it. */
export function explain(error: unknown): Outcome {
  if (error instanceof WebAPIRateLimitedError)
    return wrong('Slack is being asked too often', `try again in ${error.retryAfter} seconds`);
  if (error instanceof WebAPIPlatformError) {
    const code = error.data.error;
    return wrong(`Slack answers ${code}`, slackRemedies[code] ?? `look up ${code} in Slack's reference`);
  }
  if (error instanceof WebAPIRequestError || error instanceof WebAPIHTTPError)
    return wrong(
      `Slack cannot be reached: ${wholeMessage(error instanceof WebAPIRequestError ? error.original : error)}`,
      'check whether this machine may reach slack.com (DNS, firewall, proxy), and SLACK_API_URL if it is set',
    );
  if (error instanceof ChatopsError) return wrong(error.message, error.userMessage);
  return wrong(wholeMessage(error), 'the message tells what to look at');
}
