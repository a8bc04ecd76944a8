import type { Json } from './json.ts';

/** Slack's `ok: false`: `code` is its error string, `details` what it adds to the answer. */
export class SlackRefusal extends Error {
  override readonly name = 'SlackRefusal';
  readonly code: string;
  readonly details: Json;

  constructor(code: string, details: Json = {}) {
    super(code);
    this.code = code;
    this.details = details;
  }
}

/** Why an interaction failed for the person; the codes are those that Slack shows. */
export type FailureCode =
  | 'operation_timeout' // no acknowledgement within three seconds
  | 'dispatch_failed' // no connection, or an HTTP status other than 2xx
  | 'invalid_ack' // acknowledged with something that Slack refuses
  | 'not_possible'; // Slack's own client would not let this person do it

interface FailureDetails {
  /** HTTP mode: the status that the app answered with. */
  readonly status?: number;
  /** The app asked not to be sent this again (`x-slack-no-retry`). */
  readonly noRetry?: boolean;
}

/** An interaction that did not get through, as the person sees it. */
export class InteractionFailed extends Error {
  override readonly name = 'InteractionFailed';
  readonly code: FailureCode;
  readonly details: FailureDetails;

  constructor(code: FailureCode, detail: string, details: FailureDetails = {}) {
    super(`${code}: ${detail}`);
    this.code = code;
    this.details = details;
  }
}

/** What Slack's own client does not let a person do: nothing is sent to the app. */
export const notPossible = (why: string): InteractionFailed => new InteractionFailed('not_possible', why);
