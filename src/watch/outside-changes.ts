import type { RecordMark } from '../db/record-mark.ts';
import { forEach, type Work } from '../work.ts';

/** A user as the watch remembers them. */
export interface SeenUser {
  readonly id: string;
  readonly active: boolean;
  /** Email, or the username where there is none. */
  readonly label: string;
}

/** A write of the bot's, made or tried since the last look. */
export interface OwnWrite {
  readonly changeId: string;
  /** A user's id, or the email of somebody invited whose id is not known yet. */
  readonly subject: string;
  readonly enabled: boolean;
  /** Its place in the bot's records; `undefined`: under way, or nobody knows whether it took effect. */
  readonly settledSeq: number | undefined;
}

export interface OutsideChange {
  readonly user: SeenUser;
  /** `undefined`: the user did not exist. */
  readonly before: boolean | undefined;
  /** `undefined`: the user does not exist any more. */
  readonly after: boolean | undefined;
}

export interface Look {
  readonly before: readonly SeenUser[];
  readonly after: readonly SeenUser[];
  /** Everything of ours since `before` was read. */
  readonly ownWrites: readonly OwnWrite[];
  /** How far our records were before `after` began to be read: it shows every write that was settled by then. */
  readonly mark: RecordMark;
}

/** What happened to users between two looks that no write of the bot's explains. */
export function* outsideChanges(look: Look): Work<readonly OutsideChange[]> {
  const before = new Map<string, SeenUser>();
  yield* forEach(look.before, (user) => before.set(user.id, user));
  const after = new Set<string>();
  yield* forEach(look.after, ({ id }) => after.add(id));
  const writes = bySubject(look.ownWrites);
  const changes: OutsideChange[] = [];
  const compare = (user: SeenUser, state: boolean | undefined): void => {
    const known = before.get(user.id)?.active;
    const own = writesOf(user, writes);
    // Whether this list shows the write, nobody knows: the next one will.
    if (!own.every((write) => isShown(write, look.mark))) return;
    const latest = latestOf(own);
    const expected = latest?.enabled ?? known;
    // A change whose process died is settled late: its write may be the earlier of two.
    const mayBeLater = own.some((write) => write.changeId !== latest?.changeId && write.enabled === state);
    if (expected !== state && !mayBeLater) changes.push({ user, before: expected, after: state });
  };
  yield* forEach(look.after, (user) => compare(user, user.active));
  yield* forEach(look.before, (user) => {
    if (!after.has(user.id)) compare(user, undefined);
  });
  return changes;
}

function writesOf(user: SeenUser, writes: ReadonlyMap<string, readonly OwnWrite[]>): readonly OwnWrite[] {
  if (writes.size === 0) return [];
  return [...(writes.get(user.id.toLowerCase()) ?? []), ...(writes.get(user.label.toLowerCase()) ?? [])];
}

/** Whether a list that began to be read after `mark` surely shows what this write did. */
const isShown = ({ changeId, settledSeq }: OwnWrite, mark: RecordMark): boolean =>
  settledSeq !== undefined && settledSeq <= mark.seq && !mark.open.includes(changeId);

const latestOf = (writes: readonly OwnWrite[]): OwnWrite | undefined =>
  writes.reduce<OwnWrite | undefined>(
    (latest, write) => ((write.settledSeq ?? 0) >= (latest?.settledSeq ?? 0) ? write : latest),
    undefined,
  );

function bySubject(writes: readonly OwnWrite[]): ReadonlyMap<string, readonly OwnWrite[]> {
  const map = new Map<string, OwnWrite[]>();
  for (const write of writes) {
    const key = write.subject.toLowerCase();
    map.set(key, [...(map.get(key) ?? []), write]);
  }
  return map;
}

/** What was noted of a user, as words of the trail. */
export interface NotedTurn {
  readonly before: string | null;
  readonly after: string | null;
}

/**
 * Whether somebody outside has dealt with the user, from what was noted since, oldest first, and how the last look saw them.
 * One who was deactivated and not seen active since is left alone: if they are active by now, somebody did that, too. One
 * who was seen active without a note of it was so before: that note tells of an earlier time.
 */
export function isDealtWith(noted: readonly NotedTurn[], wasSeenActive: boolean): boolean {
  // A user who had an id before cannot have been created since.
  const last = noted.filter(({ before }) => before === 'active' || before === 'inactive').at(-1);
  if (last === undefined) return false;
  return last.after === 'active' || !wasSeenActive;
}
