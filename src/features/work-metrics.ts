import {
  oldestDueChangeAt,
  oldestDueNewsAt,
  oldestStaleCardAt,
  openChangeCounts,
} from '../changes/store/open-changes.ts';
import type { Db } from '../db/tables.ts';
import { oldestUntoldNewsAt } from '../db/user-news.ts';
import { oldestUntoldDigestAt } from '../digest/digest-store.ts';
import type { Watchdog } from '../jobs/watchdog.ts';
import type { IdleSince } from '../license/idle.ts';
import type { Metrics } from '../ops/metrics.ts';
import { inSlices } from '../slices.ts';
import { isIdleFor } from '../users/standing.ts';
import type { WallarooUser } from '../wallaroo/user.ts';
import { forEach } from '../work.ts';

interface WorkMetricsParts {
  readonly db: Db;
  readonly metrics: Metrics;
  readonly now: () => Date;
  readonly watchdog: Watchdog;
  readonly idleDays: number;
  readonly idleSince: () => Promise<IdleSince>;
  /** The list of users that was read last; `undefined` until one was. */
  readonly usersSeen: () => readonly WallarooUser[] | undefined;
}

const DAY_MS = 86_400_000;

/** Tells, when somebody asks, what waits and for how long. Asks the database, never Wallaroo. */
export function tellWork(parts: WorkMetricsParts): void {
  const { db, metrics, now, watchdog } = parts;
  metrics.toldBy('chatops_changes_open', 'Changes that have not ended', 'state', () => openChangeCounts(db));
  metrics.toldBy(
    'chatops_oldest_due_seconds',
    'Age of the oldest work that is due; 0 where none is',
    'work',
    () => oldestDue(db, now()),
  );
  metrics.toldBy(
    'chatops_duty_silent_seconds',
    'Since each recurring duty of this process last came through',
    'duty',
    async () => new Map(watchdog.ages().map(({ name, silentMs }) => [name, silentMs / 1000])),
  );
  metrics.told('chatops_users_idle', 'Active users without a sign of life for IDLE_DAYS', () =>
    idleUsers(parts),
  );
}

async function oldestDue(db: Db, now: Date): Promise<ReadonlyMap<string, number>> {
  const since = {
    'carry out changes': oldestDueChangeAt(db, now),
    'tell what time brings': oldestDueNewsAt(db, now),
    announce: oldestStaleCardAt(db),
    'tell users': oldestUntoldNewsAt(db),
    digest: oldestUntoldDigestAt(db),
  };
  const ages = Object.entries(since).map(async ([work, reading]): Promise<[string, number]> => {
    const at = await reading;
    return [work, at === undefined ? 0 : Math.max(0, (now.getTime() - at.getTime()) / 1000)];
  });
  return new Map(await Promise.all(ages));
}

async function idleUsers({ idleDays, idleSince, now, usersSeen }: WorkMetricsParts) {
  const users = usersSeen();
  if (users === undefined) return undefined;
  const standing = { idleSince: await idleSince(), now: now() };
  let idle = 0;
  await inSlices(
    forEach(users, (user) => {
      if (isIdleFor(user, idleDays * DAY_MS, standing)) idle += 1;
    }),
  );
  return idle;
}
