import type { Db } from '../../db/tables.ts';
import type { Change, Failure } from '../change.ts';
import { endsAsked } from '../steps/end-steps.ts';
import { outcomeEntry } from '../store/change-audit.ts';
import { findChange, storeTransition } from '../store/change-store.ts';
import { transition } from '../transition.ts';
import type { ApplyParts } from './apply-parts.ts';

const ENDED: Failure = { code: 'access_ended', sentence: 'The access ended before anybody decided.' };

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
  if (failure === undefined) return false;
  const now = parts.now();
  const moved = transition(change, { type: 'expire', failure }, now);
  if (!moved.ok) return false;
  const entry = outcomeEntry(moved.change, now);
  if (await storeTransition(parts.db, moved.change, { entry })) parts.closed?.(moved.change);
  return true;
}

async function whyNothingIsLeft(db: Db, { state, steps }: Change): Promise<Failure | undefined> {
  const [asked] = endsAsked(steps);
  if (state !== 'pending' || asked === undefined) return undefined;
  const end = await findChange(db, asked.changeId);
  // One that failed can be tried again: the access is still there.
  if (end?.state === 'applied') return ENDED;
  return end?.state === 'cancelled' ? DROPPED : undefined;
}
