import type { Change } from '../change.ts';
import type { CardPlace } from '../store/card-store.ts';

/** Where a change is shown: requests in the approvals channel and to the requester; others to the people concerned. */
export function placesOf(change: Change, approvalsChannel: string): readonly CardPlace[] {
  const dm = (userId: string): CardPlace => ({ place: `dm:${userId}`, destination: userId });
  if (change.origin === 'timed')
    return [...new Set([change.requesterId, change.decidedBy ?? change.requesterId])].map(dm);
  if (change.origin !== 'request') return [dm(change.requesterId)];
  return [{ place: 'approvals', destination: approvalsChannel }, dm(change.requesterId)];
}
