import type { Directory } from './directory-service.ts';
import { isSamePerson } from './person-keys.ts';
import { keysOf, type OwnTeam, type Principals, roleOf, type SlackPerson } from './principals.ts';

/** So many are asked about at once: a big group must not use up what Slack allows in a minute (users.info: 50 and more). */
const AT_ONCE = 4;

/** Ids that a setting names, groups resolved. */
export interface Named {
  readonly ids: ReadonlySet<string>;
  /** Whether Slack told of every group. */
  readonly isComplete: boolean;
}

/** Whom a setting names. */
export async function namedIn({ people, groups }: Principals, directory: Directory): Promise<Named> {
  const told = await Promise.all(groups.map((group) => directory.group(group)));
  const members = told.flatMap((ids) => (typeof ids === 'string' ? [] : ids));
  return { ids: new Set([...people, ...members]), isComplete: !told.includes('unknown') };
}

/** Somebody whom `ADMINS` names. `person` is what Slack tells of them, if it does. */
interface Candidate {
  readonly id: string;
  readonly person: SlackPerson | undefined;
  /** False only where Slack says that they can decide nothing: each press is checked too, so doubt does no harm here. */
  readonly mayDecide: boolean;
}

async function candidate(id: string, ownTeam: OwnTeam, directory: Directory): Promise<Candidate> {
  if (directory.isResting()) return { id, person: undefined, mayDecide: true };
  const person = await directory.person(id);
  if (typeof person === 'string') return { id, person: undefined, mayDecide: person === 'unknown' };
  const facts = { person, ownTeam, claimedTeamId: undefined, inAdmins: true, inMembers: true };
  return { id, person, mayDecide: roleOf(facts).role === 'administrator' };
}

/**
 * An id of each administrator that exists, groups resolved; those whom Slack could not be asked about are among them. Who
 * is named by two ids of one account is told once.
 */
export async function administratorIds(
  admins: Principals,
  ownTeam: OwnTeam,
  directory: Directory,
): Promise<readonly string[]> {
  const ids = [...(await namedIn(admins, directory)).ids];
  const found: string[] = [];
  const seen = new Set<string>();
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const batch = ids.slice(at, at + AT_ONCE);
    for (const { id, person, mayDecide } of await Promise.all(
      batch.map((id) => candidate(id, ownTeam, directory)),
    )) {
      const theirs = person?.ids ?? [id];
      if (mayDecide && !theirs.some((other) => seen.has(other))) found.push(id);
      for (const other of theirs) seen.add(other);
    }
  }
  return found;
}

/** Whether somebody is an administrator, by any id of their account. True in doubt. */
export async function isAdministrator(
  userId: string,
  admins: Principals,
  ownTeam: OwnTeam,
  directory: Directory,
): Promise<boolean> {
  const [{ ids, isComplete }, { person, mayDecide }] = await Promise.all([
    namedIn(admins, directory),
    candidate(userId, ownTeam, directory),
  ]);
  const isNamed = (person?.ids ?? [userId]).some((id) => ids.has(id));
  return mayDecide && (isNamed || !isComplete);
}

/**
 * Whether there is an administrator who is another person than `userId`, and none of those known by the keys `barred`; asks
 * until one is found. True in doubt.
 */
export async function hasOtherAdministrator(
  userId: string,
  barred: readonly string[],
  admins: Principals,
  ownTeam: OwnTeam,
  directory: Directory,
): Promise<boolean> {
  const [{ ids, isComplete }, asking] = await Promise.all([
    namedIn(admins, directory),
    directory.person(userId),
  ]);
  const own = typeof asking === 'string' ? [userId] : keysOf(asking);
  const excluded = [...own, ...barred];
  for (const id of ids) {
    if (own.includes(id)) continue;
    const { person, mayDecide } = await candidate(id, ownTeam, directory);
    const isOther = person === undefined || !isSamePerson(keysOf(person), excluded);
    if (mayDecide && isOther) return true;
  }
  return !isComplete;
}
