import type { Db } from '../../db/tables.ts';
import type { TimedEnd, TimedEnds } from '../../license/active-until.ts';
import { plannedEnd } from '../coming-end.ts';
import { turnsOf } from '../steps/steps-of.ts';
import { timedEnds } from '../store/timed-ends.ts';
import { type After, whyEndIsMoot } from './moot-end.ts';

/** When timed activations end, by the id of the user. Ends that will do nothing, as somebody changed the user since, are left out. */
export async function activeUntil(
  db: Db,
  changedOutside: (userId: string, after: After) => Promise<boolean>,
): Promise<TimedEnds> {
  const ends = new Map<string, TimedEnd>();
  for (const timed of await timedEnds(db)) {
    const at = plannedEnd(timed);
    const userId = turnsOf(timed.steps)[0]?.userId;
    if (userId === undefined || at === undefined) continue;
    if ((await whyEndIsMoot(db, timed, changedOutside)) !== undefined) continue;
    ends.set(userId, { changeId: timed.id, at });
  }
  return ends;
}
