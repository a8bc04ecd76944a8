import { catchUpCards } from '../changes/store/card-store.ts';
import { clearEndedChanges, stillNeeded } from '../changes/store/ended-changes.ts';
import { clearTrail } from '../db/clear-trail.ts';
import type { Db } from '../db/tables.ts';
import { clearOldNews } from '../db/user-news.ts';
import { clearOldRuns, clearOldSnoozes } from '../digest/old-runs-store.ts';
import { clearOldViewers } from '../home/old-viewers-store.ts';
import { nowAndThen } from '../jobs/now-and-then.ts';
import type { Duty } from '../jobs/recurring-pass.ts';
import { clearOldWarnings } from '../watch/old-warnings-store.ts';
import { seenMark } from '../watch/watch-store.ts';

const HOUR_MS = 3_600_000;

export interface UpkeepParts {
  readonly db: Db;
  /** The clock that all replicas share. */
  readonly leaseNow: () => Date;
  readonly monotonicMs: () => number;
  /** 0: forever. */
  readonly retentionMs: number;
}

/** Work that nobody sees, done at the start and then each hour; more often where less is kept. */
export function upkeep({ db, leaseNow, monotonicMs, retentionMs }: UpkeepParts): readonly Duty[] {
  const follow: Duty = { name: 'follow changes that older versions stored', run: () => catchUpCards(db) };
  const clear: Duty = {
    name: 'clear what is over',
    run: (alive = () => undefined) =>
      clearWhatIsOver(db, new Date(leaseNow().getTime() - retentionMs), alive),
  };
  return [
    nowAndThen(follow, HOUR_MS, monotonicMs),
    ...(retentionMs === 0 ? [] : [nowAndThen(clear, Math.min(retentionMs, HOUR_MS), monotonicMs)]),
  ];
}

async function clearWhatIsOver(db: Db, before: Date, alive: () => void): Promise<void> {
  const needed = await stillNeeded(db);
  await clearEndedChanges(db, { before, seen: await seenMark(db), needed, alive });
  await clearTrail(db, { before, exceptOf: needed.users, alive });
  for (const clear of [clearOldRuns, clearOldSnoozes, clearOldWarnings, clearOldViewers, clearOldNews]) {
    await clear(db, before);
    alive();
  }
}
