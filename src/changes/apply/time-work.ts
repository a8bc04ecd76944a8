import { SYSTEM } from '../../db/audit-trail.ts';
import type { Change } from '../change.ts';
import { orphansComing, withOrphansComing } from '../steps/hand-over.ts';
import { quotedNames } from '../steps/orphan-names.ts';
import { turnsOf } from '../steps/steps-of.ts';
import { entryOf } from '../store/change-audit.ts';
import { storeTransition } from '../store/change-store.ts';
import { changesWithNews, dueChanges, type Portion } from '../store/due-changes.ts';
import { timedEnds } from '../store/timed-ends.ts';
import { transition } from '../transition.ts';
import { endingNews } from '../user-news.ts';
import { applyChange } from './apply-change.ts';
import type { ApplyParts } from './apply-parts.ts';
import { closeInTime } from './close-in-time.ts';
import { expireWithEnd } from './expire-with-end.ts';
import { leaseTerm } from './hold-change.ts';
import { type After, mayBeMoot, mayYetStand, whyEndIsMoot } from './moot-end.ts';
import { orphansOf } from './orphans-of.ts';
import { lastReminder } from './timed-activation.ts';
import { waitingEnds } from './waiting-ends.ts';

const AT_A_TIME = 50;

export interface TimeWorkParts extends ApplyParts {
  /** Whether somebody altered the user outside Slack since. */
  readonly changedOutside: (userId: string, after: After) => Promise<boolean>;
}

/** Applies what is due, and calls `alive` before each: put off, left behind by a process that died, or timed. */
export async function applyDue(parts: TimeWorkParts, alive: () => void): Promise<void> {
  const { db, now } = parts;
  for (const change of await readPortion(parts, (portion) =>
    dueChanges(db, now(), leaseTerm(parts), portion),
  )) {
    alive();
    await apart(parts, change, async () => {
      if (await dropIfMoot(parts, change)) return;
      await applyChange(parts, change.id);
    });
  }
}

/**
 * Says what time alone brings: expiries, reminders, the coming end of a timed activation, the end of `Undo`. Calls `alive`
 * before each.
 */
export async function tellNews(parts: TimeWorkParts, alive: () => void): Promise<void> {
  const { db, now } = parts;
  for (const change of await readPortion(parts, (portion) => changesWithNews(db, now(), portion))) {
    alive();
    await apart(parts, change, async () => {
      if ((await expire(parts, change)) || (await expireWithEnd(parts, change))) return;
      if (!(await dropIfMoot(parts, change))) await tell(parts, change);
    });
  }
}

/**
 * A portion of what is due. Ends that wait for an undo stay due for long: where they might take all places, the portion is
 * read without them.
 */
async function readPortion(
  { db, now }: TimeWorkParts,
  find: (portion: Portion) => Promise<readonly Change[]>,
): Promise<readonly Change[]> {
  const found = await find({ most: AT_A_TIME, waiting: [] });
  if (found.length < AT_A_TIME) return found;
  return find({ most: AT_A_TIME, waiting: await waitingEnds(db, now()) });
}

/** One change that cannot be handled keeps no other from it. */
async function apart({ log }: TimeWorkParts, change: Change, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    log.error({ err: error, change: change.id }, 'could not handle a change: trying again later');
  }
}

/** Lets a pending request expire whose time is over; `false` if it is not. */
export const expire = (parts: ApplyParts, change: Change): Promise<boolean> =>
  closeInTime(parts, change, { type: 'expire' });

/**
 * Drops the end of a timed activation that means nothing any more, or lets it wait while that may yet be undone; `false`
 * for everything else.
 */
async function dropIfMoot(parts: TimeWorkParts, timed: Change): Promise<boolean> {
  if (!mayBeMoot(timed)) return false;
  const moot = await whyEndIsMoot(parts.db, timed, parts.changedOutside);
  if (moot === undefined) return false;
  if (await mayYetStand(parts.db, timed, moot, parts.now())) return true;
  return closeInTime(parts, timed, { type: 'drop', by: undefined, failure: moot.failure });
}

async function tell(parts: TimeWorkParts, change: Change): Promise<void> {
  const now = parts.now();
  // It may be here for another reason, which only a newer version of the bot, beside this one, can read.
  if (change.newsAt === undefined || change.newsAt > now) return;
  const isComingEnd = change.origin === 'timed' && change.state === 'approved';
  const again = isComingEnd ? lastReminder(change, now) : undefined;
  const steps = isComingEnd ? await withOrphans(parts, change) : change.steps;
  const moved = transition(change, { type: 'news_told', newsAt: again, steps }, now);
  if (!moved.ok) return;
  const next = moved.change;
  await storeTransition(parts.db, next, {
    entry: change.state === 'pending' || isComingEnd ? reminderOf(next, now) : undefined,
    cards: isComingEnd ? parts.placesOf(next) : [],
    news: isComingEnd && parts.notifyUsers === true ? endingNews(next, now) : [],
  });
}

/**
 * The steps of a coming end with the workspaces that have no active OWNER once it is over, and those that end by then:
 * somebody may see to them yet.
 */
async function withOrphans(parts: TimeWorkParts, { id, steps, notBefore }: Change): Promise<Change['steps']> {
  const [turn] = turnsOf(steps);
  if (turn === undefined || notBefore === undefined) return steps;
  const ends = (await timedEnds(parts.db)).filter((end) => (end.notBefore ?? notBefore) <= notBefore);
  const alsoGone = ends.flatMap((end) => turnsOf(end.steps).map(({ userId }) => userId));
  const orphans = await orphansOf(parts, turn.userId, id, alsoGone);
  return withOrphansComing(
    steps,
    orphans.map(({ name }) => name),
  );
}

const reminderOf = (change: Change, now: Date) =>
  entryOf(
    change,
    'reminded',
    SYSTEM,
    now,
    change.state === 'pending'
      ? 'Reminder: still waiting for a decision.'
      : ['Reminder: access ends soon.', orphansComing(change.steps, quotedNames) ?? ''].join(' ').trim(),
  );
