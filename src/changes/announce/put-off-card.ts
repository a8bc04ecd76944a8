import type { Logger } from 'pino';
import type { Db } from '../../db/tables.ts';
import { slackErrorOf } from '../../slack/boundary.ts';
import { failureLevel, isLost, redeliveryDelayMs } from '../../slack/delivery.ts';
import { type Change, isFinal } from '../change.ts';
import { type Card, insertCard, updateCard } from '../store/card-store.ts';

/** Slack's words for a channel that is missing, closed or shut to the bot. */
const CHANNEL_SHUT = new Set(['channel_not_found', 'is_archived', 'not_in_channel', 'restricted_action']);
/** Slack's words for a person who cannot be written to. */
const PERSON_GONE = new Set([
  'user_not_found',
  'users_not_found',
  'user_disabled',
  'cannot_dm_bot',
  'messages_tab_disabled',
]);
/** For so long a card whose channel is shut is kept in mind: a channel may be opened again. */
const KEPT_IN_MIND_MS = 7 * 86_400_000;

export interface PutOffParts {
  readonly db: Db;
  readonly log: Logger;
  readonly now: () => Date;
  readonly administratorIds: () => Promise<readonly string[]>;
}

/** A card that could not be brought up to date. */
export interface Overdue {
  readonly card: Card;
  readonly change: Change;
  /** Failures before this one. */
  readonly attempts: number;
  readonly error: unknown;
}

/** Decides when a card is tried again, or that it never will be; looks for another way to those who decide. */
export async function putOffCard(parts: PutOffParts, overdue: Overdue): Promise<void> {
  const { card, change, attempts, error } = overdue;
  const slackError = slackErrorOf(error);
  const facts = { err: error, change: change.id, place: card.place, slackError };
  if (card.place === 'approvals' && CHANNEL_SHUT.has(slackError ?? '') && change.state === 'pending')
    await callAdministrators(parts, change);
  if (isGone(overdue, slackError, parts.now())) {
    parts.log.warn(facts, 'a card cannot be reached any more');
    await updateCard(parts.db, card, { gone: 1 });
    return;
  }
  const delayMs = redeliveryDelayMs(error, attempts);
  const level = failureLevel(error, attempts);
  parts.log[level]({ ...facts, delayMs }, 'a card could not be brought up to date: it is tried again');
  await updateCard(parts.db, card, { notBefore: parts.now().getTime() + delayMs });
}

function isGone({ card, change, error }: Overdue, slackError: string | undefined, now: Date): boolean {
  if (isLost(error) || slackError === 'thread_not_found') return true;
  if (card.place !== 'approvals' && PERSON_GONE.has(slackError ?? '')) return true;
  if (!CHANNEL_SHUT.has(slackError ?? '')) return false;
  // A message that stands there with buttons is worth waiting for; news that are no news any more are not.
  if (card.ts === null && (card.place !== 'approvals' || isFinal(change.state))) return true;
  return now.getTime() > change.createdAt.getTime() + KEPT_IN_MIND_MS;
}

/** The approvals channel is missing or shut: administrators get the card as a DM each. */
async function callAdministrators({ db, administratorIds }: PutOffParts, change: Change): Promise<void> {
  for (const userId of await administratorIds())
    if (userId !== change.requesterId)
      await insertCard(db, change.id, { place: `dm-admin:${userId}`, destination: userId });
}
