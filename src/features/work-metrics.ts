import { waitingEnds } from '../changes/apply/waiting-ends.ts';
import { CHANGE_STATES, type Change, isFinal } from '../changes/change.ts';
import { CHANGE_KINDS } from '../changes/steps/step.ts';
import {
  oldestDueChangeAt,
  oldestDueNewsAt,
  oldestStaleCardAt,
  openChangeCounts,
} from '../changes/store/open-changes.ts';
import type { Config } from '../config.ts';
import type { Db } from '../db/tables.ts';
import { oldestUntoldNewsAt } from '../db/user-news.ts';
import { oldestUntoldDigestAt } from '../digest/digest-store.ts';
import { CATCH_UP_MS } from '../digest/slots.ts';
import { oldestAwaitedHomeAt } from '../home/viewer-store.ts';
import type { Watchdog } from '../jobs/watchdog.ts';
import type { IdleSince } from '../license/idle.ts';
import type { Metrics } from '../ops/metrics.ts';
import { inSlices } from '../slices.ts';
import { isIdleFor } from '../users/standing.ts';
import { oldestOutdatedWarningAt } from '../watch/warning-store.ts';
import { latestLook } from '../watch/watch-store.ts';
import { forEach } from '../work.ts';
import type { ListSeen } from './measured-platform.ts';

interface WorkMetricsParts {
  readonly db: Db;
  readonly metrics: Metrics;
  readonly now: () => Date;
  readonly watchdog: Watchdog;
  readonly config: Pick<Config, 'DIGEST_CRON' | 'IDLE_DAYS' | 'LICENSE_CHANNEL' | 'WATCH_INTERVAL'>;
  readonly idleSince: () => Promise<IdleSince>;
  /** The list of users that this process read last; `undefined` until it read one. */
  readonly listSeen: () => ListSeen | undefined;
}

const DAY_MS = 86_400_000;

/** Counts a change that has ended, then tells of it. */
export const countEnds =
  ({ changes }: Pick<Metrics, 'changes'>, tell: () => void) =>
  ({ kind, state }: Pick<Change, 'kind' | 'state'>): void => {
    changes.inc({ kind, state });
    tell();
  };

/** Tells, when somebody asks, what waits and for how long. Asks the database, never Wallaroo. */
export function tellWork(parts: WorkMetricsParts): void {
  const { db, metrics, now, watchdog } = parts;
  const startedAt = now();
  // Prometheus sees a rise from 0 to 1, and none from nothing to 1.
  for (const kind of CHANGE_KINDS)
    for (const state of CHANGE_STATES.filter(isFinal)) metrics.changes.inc({ kind, state }, 0);
  metrics.toldBy('chatops_changes_open', 'Changes that have not ended', 'state', () => openChangeCounts(db));
  metrics.toldBy(
    'chatops_oldest_due_seconds',
    'Age of the oldest work that is due, by the duty that does it; 0 where none is',
    'work',
    () => oldestDue(parts, startedAt),
  );
  metrics.toldBy(
    'chatops_duty_silent_seconds',
    'Since each recurring duty of this process last came through',
    'duty',
    async () => new Map(watchdog.ages().map(({ name, silentMs }) => [name, silentMs / 1000])),
  );
  metrics.told('chatops_seats_taken', 'Seats taken when a replica last looked', () => seatsTaken(parts));
  metrics.told('chatops_users_idle', 'Active users without a sign of life for IDLE_DAYS', () =>
    idleUsers(parts),
  );
}

/** By the names of the duties. */
async function oldestDue(parts: WorkMetricsParts, startedAt: Date): Promise<ReadonlyMap<string, number>> {
  const { db } = parts;
  const now = parts.now();
  const waiting = waitingEnds(db, now);
  const since = {
    'carry out changes': waiting.then((ids) => oldestDueChangeAt(db, now, ids)),
    'tell what time brings': waiting.then((ids) => oldestDueNewsAt(db, now, ids)),
    announce: oldestStaleCardAt(db),
    'tell people of their accounts': oldestUntoldNewsAt(db),
    'watch the license': oldestDueLookAt(parts, startedAt),
    'post license warnings': oldestOutdatedWarningAt(db),
    'keep the digests': oldestDueDigestAt(parts, now),
    home: oldestAwaitedHomeAt(db, now),
  };
  const ages = Object.entries(since).map(async ([work, reading]): Promise<[string, number]> => {
    const at = await reading;
    return [work, at === undefined ? 0 : Math.max(0, (now.getTime() - at.getTime()) / 1000)];
  });
  return new Map(await Promise.all(ages));
}

/** When the instance should have been looked at again, counted from the last look that came off: one that fails puts off the next. */
async function oldestDueLookAt({ db, config }: WorkMetricsParts, startedAt: Date) {
  if (config.WATCH_INTERVAL === 0) return undefined;
  const look = await latestLook(db);
  return look === undefined ? startedAt : new Date(look.at.getTime() + config.WATCH_INTERVAL);
}

async function oldestDueDigestAt({ db, config }: WorkMetricsParts, now: Date) {
  if (config.DIGEST_CRON === '') return undefined;
  const notOlderThan = new Date(now.getTime() - CATCH_UP_MS);
  return oldestUntoldDigestAt(db, config.LICENSE_CHANNEL, { now, notOlderThan });
}

/** The latest look of any process, and the list of this one where none has looked since. */
async function latestOf({ db, listSeen }: WorkMetricsParts) {
  const own = listSeen();
  const look = await latestLook(db);
  return { own: own !== undefined && (look === undefined || own.at >= look.at) ? own : undefined, look };
}

/** By the latest list: of this process, or of the look of another. */
async function seatsTaken(parts: WorkMetricsParts): Promise<number | undefined> {
  const { own, look } = await latestOf(parts);
  return own === undefined ? look?.taken : own.taken;
}

/** `undefined` where another process has looked since: that one tells. */
async function idleUsers(parts: WorkMetricsParts): Promise<number | undefined> {
  const { config, idleSince, now } = parts;
  const { own } = await latestOf(parts);
  if (own === undefined) return undefined;
  const standing = { idleSince: await idleSince(), now: now() };
  let idle = 0;
  await inSlices(
    forEach(own.users, (user) => {
      if (isIdleFor(user, config.IDLE_DAYS * DAY_MS, standing)) idle += 1;
    }),
  );
  return idle;
}
