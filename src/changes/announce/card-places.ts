import { isSlackId } from '../../slack/actor-text.ts';
import type { Change } from '../change.ts';
import type { CardPlace } from '../store/card-store.ts';

/** Where a change is shown: requests in the approvals channel and to the requester; others to the people concerned, as far as they are in Slack. */
export function placesOf(change: Change, approvalsChannel: string): readonly CardPlace[] {
  const dm = (...actors: readonly string[]): readonly CardPlace[] =>
    [...new Set(actors)].filter(isSlackId).map((userId) => ({ place: `dm:${userId}`, destination: userId }));
  if (change.origin === 'timed') return dm(change.requesterId, change.decidedBy ?? change.requesterId);
  if (change.origin !== 'request') return dm(change.requesterId);
  return [{ place: 'approvals', destination: approvalsChannel }, ...dm(change.requesterId)];
}
