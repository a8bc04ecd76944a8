import { type Change, isComingEnd } from './change.ts';
import type { Refusal } from './change-event.ts';
import { mayHaveWritten } from './steps/steps-of.ts';

/** Why the end of a timed activation is neither dropped nor, where `until` is said, moved there. */
export function whyEndStays(change: Change, until?: Date): Refusal | undefined {
  if (isEnding(change)) return 'ending';
  if (!isComingEnd(change)) return 'already_decided';
  const { notBefore } = change;
  // Others may have moved it further since this was asked for.
  const isLater = until === undefined || notBefore === undefined || until > notBefore;
  return isLater ? undefined : 'not_later';
}

/** Whether the access is just being ended: whether it still is there, only another try shows. */
const isEnding = ({ origin, state, steps }: Change): boolean =>
  origin === 'timed' && (state === 'applying' || (state === 'approved' && mayHaveWritten(steps)));
