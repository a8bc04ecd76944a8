import { setTimeout as wait } from 'node:timers/promises';
import {
  type FetchFunction,
  type Logger as SlackLogger,
  WebClient,
  type WebClientOptions,
} from '@slack/web-api';
import { fetchFromSlack } from './slack-fetch.ts';

const INTERACTIVE_TIMEOUT_MS = 10_000;
const BACKGROUND_TIMEOUT_MS = 15_000;
/** Longer waits outlive the trigger of a modal (3 s) and a person's patience. */
const LONGEST_WAIT_MS = 2000;

/**
 * Two ways to call Slack. `@slack/web-api` repeats a call for half an hour unless told otherwise: fatal in a handler, and
 * able to post twice. So handlers get few quick tries, and background work none: the next pass is its repetition.
 */
export interface SlackClients {
  readonly interactive: WebClient;
  readonly background: WebClient;
}

/** What came of a call: `error` where it failed, else the scopes that Slack tells of the token, if it does. */
export interface CallOutcome {
  readonly error?: unknown;
  readonly scopes?: readonly string[] | undefined;
}

type Heard = (method: string, outcome: CallOutcome) => void;

export function createSlackClients(
  token: string,
  slackApiUrl: string,
  logger: SlackLogger,
  heard: Heard = () => undefined,
): SlackClients {
  const background: WebClientOptions = {
    slackApiUrl,
    logger,
    timeout: BACKGROUND_TIMEOUT_MS,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    fetch: fetchFromSlack,
  };
  return {
    interactive: new TellingWebClient(token, interactiveOptions(slackApiUrl, logger), heard),
    background: new TellingWebClient(token, background, heard),
  };
}

/** Tells what came of each call: all methods go through `apiCall`. */
class TellingWebClient extends WebClient {
  readonly #heard: Heard;

  constructor(token: string, options: WebClientOptions, heard: Heard) {
    super(token, options);
    this.#heard = heard;
  }

  override async apiCall(...call: Parameters<WebClient['apiCall']>): ReturnType<WebClient['apiCall']> {
    try {
      const answer = await super.apiCall(...call);
      this.#heard(call[0], { scopes: answer.response_metadata?.scopes });
      return answer;
    } catch (error) {
      this.#heard(call[0], { error });
      throw error;
    }
  }
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
  const response = await fetchFromSlack(url, init);
  const waitMs = Number(response.headers.get('retry-after') ?? Number.NaN) * 1000;
  if (response.status !== 429 || !(waitMs <= LONGEST_WAIT_MS)) return response;
  await response.body?.cancel();
  await wait(waitMs, undefined, init?.signal ? { signal: init.signal } : {});
  return fetchFromSlack(url, init);
};
