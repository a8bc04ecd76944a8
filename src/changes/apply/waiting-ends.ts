import type { Db } from '../../db/tables.ts';
import { timedEndsDue } from '../store/timed-ends.ts';
import { mayBeMoot, mayYetStand, whyEndIsMoot } from './moot-end.ts';

/**
 * Ids of the ends of timed activations that are due, or of which something is to be said, but wait: what leaves them nothing
 * to do may yet be undone. They are not late.
 */
export async function waitingEnds(db: Db, now: Date): Promise<readonly string[]> {
  const waiting: string[] = [];
  for (const timed of await timedEndsDue(db, now)) {
    if (!mayBeMoot(timed)) continue;
    // What was changed outside Slack nobody undoes: no end waits for it.
    const moot = await whyEndIsMoot(db, timed, async () => false);
    if (moot !== undefined && (await mayYetStand(db, timed, moot, now))) waiting.push(timed.id);
  }
  return waiting;
}
