import type { Db } from '../../db/tables.ts';
import type { Undelivered, Verdict } from '../../posts/post.ts';
import { isLost, isPersonGone, isShut } from '../../slack/delivery.ts';
import { type Change, isFinal } from '../change.ts';
import { type Card, insertCard, trailSince } from '../store/card-store.ts';
import { hasTrail, isOwnerPlace } from './card-places.ts';

/** How long to retry a card whose channel is shut, ms: somebody may open the channel again. */
const KEPT_IN_MIND_MS = 7 * 86_400_000;

export interface UndeliveredParts {
  readonly db: Db;
  readonly administratorIds: () => Promise<readonly string[]>;
}

/** What becomes of a card that Slack did not take; looks for another way to those who decide. */
export async function cardUndelivered(
  parts: UndeliveredParts,
  change: Change,
  undelivered: Undelivered<Card>,
): Promise<Verdict> {
  const { row, error } = undelivered;
  if (isLost(error)) return (await isMissed(parts, change, undelivered)) ? 'post_again' : 'give_up';
  if (row.place === 'approvals' && isShut(error) && change.state === 'pending')
    await callAdministrators(parts, change);
  const gone = isGone(change, undelivered);
  // The administrators decide where an owner cannot be written to.
  if (gone && isOwnerPlace(row.place) && change.state === 'pending')
    await insertCard(parts.db, change.id, { place: 'approvals', destination: '' });
  return gone ? 'give_up' : 'retry';
}

/**
 * Whether a card that cannot be rewritten leaves its readers without news. Who decides may have deleted a card on
 * purpose; a person's is lost when the team keeps messages for a shorter time than an access lasts, and another bot
 * user can rewrite none.
 */
async function isMissed(
  { db }: UndeliveredParts,
  change: Change,
  { row, slackError }: Undelivered<Card>,
): Promise<boolean> {
  // Just posted, and Slack lets nobody rewrite even that: so it would go on with the next.
  if (row.ts === null) return false;
  if (!hasTrail(change) || (row.place === 'approvals' && slackError === 'message_not_found')) return false;
  return (await trailSince(db, change.id, row.toldSeq)).length > 0;
}

function isGone(change: Change, { row, error, slackError, now }: Undelivered<Card>): boolean {
  if (slackError === 'thread_not_found') return true;
  if (row.place !== 'approvals' && isPersonGone(error)) return true;
  if (!isShut(error)) return false;
  // A message that stands there with buttons is worth waiting for; news that are no news any more are not.
  if (row.ts === null && (row.place !== 'approvals' || isFinal(change.state))) return true;
  return now.getTime() > change.createdAt.getTime() + KEPT_IN_MIND_MS;
}

/** The approvals channel is missing or shut: administrators get the card as a DM each. */
async function callAdministrators({ db, administratorIds }: UndeliveredParts, change: Change): Promise<void> {
  for (const userId of await administratorIds())
    if (userId !== change.requesterId)
      await insertCard(db, change.id, { place: `dm-admin:${userId}`, destination: userId });
}
