import type { Db } from '../../db/tables.ts';
import type { Change, Failure } from '../change.ts';
import { ACCESS_ENDED } from '../steps/end-outcome.ts';
import { endsAsked } from '../steps/end-steps.ts';
import { findChange } from '../store/change-store.ts';
import type { ApplyParts } from './apply-parts.ts';
import { closeInTime } from './close-in-time.ts';

const ENDED: Failure = { code: ACCESS_ENDED, sentence: 'The access ended before anybody decided.' };

const DROPPED: Failure = {
  code: 'end_dropped',
  sentence: 'The end of this access was dropped: nothing is left to decide.',
};

/** Lets a pending request expire whose approval could move or drop no end any more; `false` if it could, or is another. */
export async function expireWithEnd(
  parts: Pick<ApplyParts, 'closed' | 'db' | 'now'>,
  change: Change,
): Promise<boolean> {
  const failure = await whyNothingIsLeft(parts.db, change);
  return failure !== undefined && closeInTime(parts, change, { type: 'expire', failure });
}

async function whyNothingIsLeft(db: Db, { state, steps }: Change): Promise<Failure | undefined> {
  const [asked] = endsAsked(steps);
  if (state !== 'pending' || asked === undefined) return undefined;
  const end = await findChange(db, asked.changeId);
  // One that failed can be tried again: the access is still there.
  if (end?.state === 'applied') return ENDED;
  return end?.state === 'cancelled' ? DROPPED : undefined;
}
