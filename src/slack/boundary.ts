import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from '@slack/web-api';
import type { Logger } from 'pino';
import { databaseSentence } from '../db/database-fault.ts';
import { ChatopsError, RefusedError } from '../errors.ts';
import { causeText, errorOf } from '../thrown.ts';
import { context, type Message, section } from './blocks.ts';
import { escapeMrkdwn } from './mrkdwn.ts';
import { tokenSentence, wordOf } from './token-words.ts';

/** A short id that a person can read out, and that the log has beside the error. */
function newReference(random: () => number = Math.random): string {
  return Math.floor(random() * 36 ** 6)
    .toString(36)
    .toUpperCase()
    .padStart(6, '0');
}

const EXPECTED_LEVEL = 'warn';

/** A problem in words for people; `id` only where somebody may have to look into the log. */
export interface Report {
  readonly sentence: string;
  /** Mrkdwn of ours that stands behind the sentence. */
  readonly next?: string;
  readonly id: string | undefined;
}

/** Logs what went wrong with a new reference, and returns what to tell the person. */
export function report(thrown: unknown, log: Logger): Report {
  const error = errorOf(thrown);
  if (error instanceof RefusedError) {
    log.warn({ reason: error.userMessage }, 'interaction refused');
    return { id: undefined, sentence: error.userMessage, next: error.mrkdwnNext };
  }
  const id = newReference();
  const known = error instanceof ChatopsError || isAway(error) || tokenSentence(error) !== undefined;
  log[known ? EXPECTED_LEVEL : 'error'](
    { err: error, reference: id, cause: causeText(error) },
    'interaction failed',
  );
  return { id, sentence: sentenceOf(error) };
}

function sentenceOf(error: unknown): string {
  if (error instanceof ChatopsError) return error.userMessage;
  if (isAway(error)) return 'Slack did not take what I wanted to show you. Please try again in a minute.';
  return (
    tokenSentence(error) ??
    databaseSentence(error) ??
    'Something went wrong on my side. Nothing was announced; please try again.'
  );
}

/** Slack could not be asked, or asks us to come back later: it did not say no. */
export const isAway = (error: unknown): boolean =>
  error instanceof WebAPIRateLimitedError ||
  error instanceof WebAPIRequestError ||
  error instanceof WebAPIHTTPError ||
  (error instanceof WebAPIPlatformError && slackErrorOf(error) === undefined);

/** The problem drawn: one sentence, and the id to quote. */
export const reportBlocks = (told: Report): Message['blocks'] => [
  section(`${reportText(told)} :warning:`),
  ...(told.id === undefined ? [] : [context(`Reference \`${told.id}\`, for the people who run this bot`)]),
];

const reportText = ({ sentence, next = '' }: Report): string => `${escapeMrkdwn(sentence)} ${next}`.trim();

export const reportMessage = (told: Report): Message => ({
  text: reportText(told),
  blocks: reportBlocks(told),
});

/** Slack's own error string, e.g. `channel_not_found`; `undefined` when Slack gave no answer at all. */
export function slackErrorOf(error: unknown): string | undefined {
  return wordOf(error) || undefined;
}
