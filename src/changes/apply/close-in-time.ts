import type { Change } from '../change.ts';
import type { ChangeEvent } from '../change-event.ts';
import { outcomeEntry } from '../store/change-audit.ts';
import { storeTransition } from '../store/change-store.ts';
import { transition } from '../transition.ts';
import type { ApplyParts } from './apply-parts.ts';

/** Ends a change that nobody ends, with its entry in the trail; `false` where that may not happen. */
export async function closeInTime(
  { closed, db, now }: Pick<ApplyParts, 'closed' | 'db' | 'now'>,
  change: Change,
  event: Extract<ChangeEvent, { type: 'drop' | 'expire' }>,
): Promise<boolean> {
  const at = now();
  const moved = transition(change, event, at);
  if (!moved.ok) return false;
  const entry = outcomeEntry(moved.change, at);
  if (await storeTransition(db, moved.change, { entry })) closed?.(moved.change);
  return true;
}
