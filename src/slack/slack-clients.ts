import { setTimeout as wait } from 'node:timers/promises';
import {
  type FetchFunction,
  type Logger as SlackLogger,
  WebClient,
  type WebClientOptions,
} from '@slack/web-api';

const INTERACTIVE_TIMEOUT_MS = 10_000;
const BACKGROUND_TIMEOUT_MS = 15_000;
/** Longer waits outlive the trigger of a modal (3 s) and a person's patience. */
const LONGEST_WAIT_MS = 2000;

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

/** Options of the client for handlers, for Bolt's own client too: two quick repetitions, and only short waits. */
export function interactiveOptions(slackApiUrl: string, logger: SlackLogger): WebClientOptions {
  return {
    slackApiUrl,
    logger,
    timeout: INTERACTIVE_TIMEOUT_MS,
    retryConfig: { retries: 2, minTimeout: 300, factor: 2 },
    rejectRateLimitedCalls: true,
    fetch: waitingOutShortLimits,
  };
}

/**
 * Waits out a short rate limit, once. The client's own way of waiting pauses all its calls, so one method at its
 * limit would keep everybody's modals from opening; here only the call that was refused waits.
 */
const waitingOutShortLimits: FetchFunction = async (url, init) => {
  const response = await fetch(url, init as RequestInit);
  const waitMs = Number(response.headers.get('retry-after') ?? Number.NaN) * 1000;
  if (response.status !== 429 || !(waitMs <= LONGEST_WAIT_MS)) return response;
  await response.body?.cancel();
  await wait(waitMs, undefined, init?.signal ? { signal: init.signal } : {});
  return fetch(url, init as RequestInit);
};
