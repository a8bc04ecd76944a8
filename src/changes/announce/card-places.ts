import { isSlackId } from '../../slack/actor-text.ts';
import { type Change, isFinal, wasPutOff } from '../change.ts';
import type { CardPlace } from '../store/card-store.ts';

/**
 * Where a change is shown: requests in the approvals channel, or to the owners who decide, and to the requester; what an administrator does directly in
 * the approvals channel, and to themself where they had to wait for it; the end of a timed activation to the people
 * concerned, and where none of them is in Slack in the approvals channel.
 */
export function placesOf(change: Change, approvalsChannel: string): readonly CardPlace[] {
  const approvals: CardPlace = { place: 'approvals', destination: approvalsChannel };
  const dms = (...actors: readonly string[]): readonly CardPlace[] =>
    [...new Set(actors)].filter(isSlackId).map((userId) => ({ place: `dm:${userId}`, destination: userId }));
  if (change.origin === 'timed') {
    const people = dms(change.requesterId, change.decidedBy ?? change.requesterId);
    return people.length > 0 ? people : [approvals];
  }
  const hadToWait = isFinal(change.state) && wasPutOff(change);
  const deciders = change.origin === 'request' ? (change.shown?.deciders ?? []) : [];
  if (deciders.length > 0) return [...deciders.map(ownerPlace), ...dms(change.requesterId)];
  return [approvals, ...(change.origin === 'request' || hadToWait ? dms(change.requesterId) : [])];
}

const OWNER_PLACE = 'dm-owner:';

/** The direct messages of an owner who decides. */
const ownerPlace = (userId: string): CardPlace => ({ place: `${OWNER_PLACE}${userId}`, destination: userId });

/** Whether the card stands where an owner of the workspace decides. */
export const isOwnerPlace = (place: string): boolean => place.startsWith(OWNER_PLACE);

/** Requests and timed activations have a story; of a direct change the card says all. */
export const hasTrail = ({ origin }: Change): boolean => origin === 'request' || origin === 'timed';
