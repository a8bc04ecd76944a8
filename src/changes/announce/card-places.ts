import { isSlackId } from '../../slack/actor-text.ts';
import type { Change } from '../change.ts';
import type { CardPlace } from '../store/card-store.ts';

/**
 * Where a change is shown: requests in the approvals channel and to the requester; others to the people concerned. Of what
 * somebody does outside of Slack, where nobody concerned has direct messages, the approvals channel hears.
 */
export function placesOf(change: Change, approvalsChannel: string): readonly CardPlace[] {
  const approvals: CardPlace = { place: 'approvals', destination: approvalsChannel };
  const dms = (...actors: readonly string[]): readonly CardPlace[] =>
    [...new Set(actors)].filter(isSlackId).map((userId) => ({ place: `dm:${userId}`, destination: userId }));
  if (change.origin === 'request') return [approvals, ...dms(change.requesterId)];
  const decidedBy = change.origin === 'timed' ? change.decidedBy : undefined;
  const people = dms(change.requesterId, decidedBy ?? change.requesterId);
  return people.length > 0 ? people : [approvals];
}
