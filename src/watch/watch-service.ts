import { type AuditEntry, OUTSIDE } from '../db/audit-trail.ts';
import type { Duty } from '../jobs/recurring-pass.ts';
import { meterOf, type SeatCandidate, seatHolders } from '../license/seats.ts';
import { labelOf } from '../license/user-text.ts';
import { inSlices } from '../slices.ts';
import { forEach } from '../work.ts';
import { isDealtWith, type OutsideChange, outsideChanges, type SeenUser } from './outside-changes.ts';
import type { WatchParts } from './watch-parts.ts';
import { claimLook, moveNextLook, nextLookAt, notedTurns, readSeen, storeLook } from './watch-store.ts';
import { isOldList, readWhole } from './whole-look-service.ts';

/** After a look that failed. */
const RETRY_MS = 10_000;

export interface Watch {
  /** Looks when it is time. */
  readonly duty: Duty;
  /** The bot changed something: look at the next pass, whenever the last look was. */
  lookSoon(): void;
  /** Whether somebody has dealt with the user outside Slack since that change; `since` is about when it was applied. */
  changedOutside(
    userId: string,
    after: { readonly changeId: string; readonly since: Date },
  ): Promise<boolean>;
}

/** Watches the instance for seats taken and for changes that nobody made through Slack. */
export function createWatch(parts: WatchParts): Watch {
  let asked = false;
  let pausedUntilMs = Number.NEGATIVE_INFINITY;

  const lookIfDue = async (alive: () => void = () => undefined): Promise<void> => {
    const now = parts.now();
    const due = await nextLookAt(parts.db);
    const next = new Date(now.getTime() + parts.intervalMs);
    // Far later than the next one can be, as clocks differ a little: the clock was set back since.
    const wasSetBack = due !== undefined && due.getTime() > next.getTime() + parts.intervalMs;
    const intervalOver = parts.intervalMs > 0 && (due === undefined || due <= now || wasSetBack);
    if ((!asked && !intervalOver) || parts.monotonicMs() < pausedUntilMs) return;
    if (!(await claimLook(parts.db, due, next))) return;
    const wasAsked = asked;
    asked = false;
    try {
      const kept = await look(parts, alive);
      asked ||= wasAsked && !kept;
    } catch (error) {
      asked ||= wasAsked;
      const pauseMs = Math.min(parts.intervalMs || RETRY_MS, RETRY_MS);
      pausedUntilMs = parts.monotonicMs() + pauseMs;
      await moveNextLook(parts.db, next, new Date(now.getTime() + pauseMs));
      throw error;
    }
  };

  return {
    duty: { name: 'watch the license', run: lookIfDue },
    lookSoon: () => {
      asked = true;
    },
    changedOutside: async (userId, after) => {
      const noted = await notedTurns(parts.db, userId, after);
      if (noted.length === 0) return false;
      const seen = await readSeen(parts.db);
      return isDealtWith(noted, seen?.users.some(({ id, active }) => id === userId && active) === true);
    },
  };
}

/** Compares the instance with what was seen last, and keeps what it finds; `false` when another look came between. */
async function look(parts: WatchParts, alive: () => void): Promise<boolean> {
  const { db, log, now, rules, channel } = parts;
  const seen = await readSeen(db);
  if (seen === undefined) return false;
  const beganAt = now();
  const mark = await parts.markRecords();
  const { listed, unsure } = await readWhole(parts, seen.users);
  alive();
  const shown: SeenUser[] = [];
  await inSlices(
    forEach(listed, (user) => shown.push({ id: user.id, active: user.enabled, label: labelOf(user) })),
  );
  const users = [...shown, ...unsure];
  const isFirst = seen.revision === 0;
  // Asked after the list: whatever of ours it shows is on record by now.
  const ownWrites = isFirst ? [] : await parts.ownWrites(seen.mark);
  const changes = isFirst
    ? []
    : await inSlices(outsideChanges({ before: seen.users, after: users, ownWrites, mark }));
  if (await isOldList(parts, changes))
    throw new Error('the list of users is older than what the platform says of them by id');
  const entries: AuditEntry[] = [];
  await inSlices(forEach(changes, (change) => entries.push(observed(change, beganAt, seen.revision + 1))));
  const stored = await storeLook(db, seen, {
    beganAt,
    mark,
    users,
    meter: meterOf(rules.license, seatHolders([...listed, ...unsure.map(candidate)], rules.exempt).length),
    entries,
    channel,
    alive,
  });
  if (stored && changes.length > 0) log.info({ changes: changes.length }, 'changes outside Slack noted');
  return stored;
}

/** Of somebody known by their label alone. */
const candidate = ({ label, active }: SeenUser): SeatCandidate => ({
  email: label,
  username: label,
  enabled: active,
});

function observed({ user, before, after }: OutsideChange, at: Date, revision: number): AuditEntry {
  return {
    at,
    changeId: undefined,
    event: 'observed',
    actor: OUTSIDE,
    requester: undefined,
    subjects: [{ userId: user.id, label: user.label }],
    reason: '',
    before: stateWord(before, 'absent'),
    after: stateWord(after, 'deleted'),
    outcome: sentence(before, after),
    once: `observed:${revision}:${user.id}`,
  };
}

const stateWord = (active: boolean | undefined, none: string): string =>
  active === undefined ? none : active ? 'active' : 'inactive';

function sentence(before: boolean | undefined, after: boolean | undefined): string {
  if (after === undefined) return 'Deleted outside Slack.';
  if (before === undefined) return `Created outside Slack, ${after ? 'active' : 'inactive'}.`;
  return `${after ? 'Activated' : 'Deactivated'} outside Slack.`;
}
