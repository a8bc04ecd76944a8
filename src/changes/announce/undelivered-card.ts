import type { Db } from '../../db/tables.ts';
import type { Undelivered } from '../../posts/post.ts';
import { type Change, isFinal } from '../change.ts';
import { type Card, insertCard } from '../store/card-store.ts';
import { isOwnerPlace } from './card-places.ts';

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
/** How long to retry a card whose channel is shut, ms: somebody may open the channel again. */
const KEPT_IN_MIND_MS = 7 * 86_400_000;

export interface UndeliveredParts {
  readonly db: Db;
  readonly administratorIds: () => Promise<readonly string[]>;
}

/** Whether to retry a card that Slack did not take; looks for another way to those who decide. */
export async function cardUndelivered(
  parts: UndeliveredParts,
  change: Change,
  undelivered: Undelivered<Card>,
): Promise<'retry' | 'give_up'> {
  const { row, slackError = '' } = undelivered;
  if (row.place === 'approvals' && CHANNEL_SHUT.has(slackError) && change.state === 'pending')
    await callAdministrators(parts, change);
  const gone = isGone(change, undelivered);
  // The administrators decide where an owner cannot be written to.
  if (gone && isOwnerPlace(row.place) && change.state === 'pending')
    await insertCard(parts.db, change.id, { place: 'approvals', destination: '' });
  return gone ? 'give_up' : 'retry';
}

function isGone(change: Change, { row, slackError = '', now }: Undelivered<Card>): boolean {
  if (slackError === 'thread_not_found') return true;
  if (row.place !== 'approvals' && PERSON_GONE.has(slackError)) return true;
  if (!CHANNEL_SHUT.has(slackError)) return false;
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
