import { type Change, isComingEnd } from './change.ts';
import type { Refusal } from './change-event.ts';

/** Why the end of a timed activation is neither dropped nor, where `until` is said, moved there. */
export function whyEndStays(change: Change, until?: Date): Refusal | undefined {
  if (!isComingEnd(change)) return 'already_decided';
  const { notBefore } = change;
  // Others may have moved it further since this was asked for.
  const isLater = until === undefined || notBefore === undefined || until > notBefore;
  return isLater ? undefined : 'not_later';
}
