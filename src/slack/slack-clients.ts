import { type Logger as SlackLogger, WebClient, type WebClientOptions } from '@slack/web-api';

const INTERACTIVE_TIMEOUT_MS = 10_000;
const BACKGROUND_TIMEOUT_MS = 15_000;

/**
 * Two ways to call Slack. `@slack/web-api` by itself repeats a call for half an hour: fatal in a handler, and
 * able to post twice. So handlers get few quick tries, and background work none: it comes again by itself.
 */
export interface SlackClients {
  readonly interactive: WebClient;
  readonly background: WebClient;
}

export function createSlackClients(token: string, slackApiUrl: string, logger: SlackLogger): SlackClients {
  return {
    interactive: new WebClient(token, interactiveOptions(slackApiUrl, logger)),
    background: new WebClient(token, {
      slackApiUrl,
      logger,
      timeout: BACKGROUND_TIMEOUT_MS,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
    }),
  };
}

/**
 * Options of the client for handlers, for Bolt's own client too: two quick repetitions, and a rate limit is
 * waited out, so that a modal does not stay on its loading view.
 */
export function interactiveOptions(slackApiUrl: string, logger: SlackLogger): WebClientOptions {
  return {
    slackApiUrl,
    logger,
    timeout: INTERACTIVE_TIMEOUT_MS,
    retryConfig: { retries: 2, minTimeout: 300, factor: 2 },
  };
}
