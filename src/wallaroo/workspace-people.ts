import { inSlices } from '../slices.ts';
import { forEach, type Work } from '../work.ts';
import { indexedById } from './by-id.ts';
import { areMany } from './many-users.ts';
import type { Platform } from './platform.ts';
import type { WorkspaceOnWire } from './schemas.ts';
import type { WallarooUser } from './user.ts';
import { getUser, usersById } from './user-lookup.ts';
import { oneWorkspace } from './workspace-readings.ts';

/** Who a member's id names. */
export type People = Pick<ReadonlyMap<string, WallarooUser>, 'get'>;

/** Where users are known from. */
export interface UserSource {
  /** All of them. */
  list(): Promise<readonly WallarooUser[]>;
  /** How many they are, as far as we know. Left out where a list is at hand. */
  size?(): number | undefined;
}

/** Users that are listed in the time in which one is told by id, roughly: Keycloak is asked about each. */
const LISTED_MEANWHILE = 20;
/** A workspace may have members who were removed from Keycloak (contract §6.3). */
const MOST_ASKED_ALONE = 10;

/** The workspaces that `read` finds, and who their members are. */
export async function readWithPeople(
  platform: Platform,
  users: UserSource,
  read: () => Promise<readonly WorkspaceOnWire[]>,
): Promise<{ readonly found: readonly WorkspaceOnWire[]; readonly people: People }> {
  // Of a few users, the list comes while the workspaces are read.
  const [found, listed] = await Promise.all([read(), areMany(users.size?.()) ? undefined : users.list()]);
  const ids = await inSlices(membersOf(found));
  const people =
    listed === undefined
      ? await peopleNow(platform, users, ids)
      : await peopleWith(platform, ids, await inSlices(indexedById(listed)));
  return { found, people };
}

/** The same of one workspace; `found` is `undefined` where the bot's account sees none of this id. */
export async function readOneWithPeople(
  platform: Platform,
  users: UserSource,
  id: number,
): Promise<{ readonly found: WorkspaceOnWire | undefined; readonly people: People }> {
  const { found, people } = await readWithPeople(platform, users, async () => {
    const one = await oneWorkspace(platform, id);
    return one === undefined ? [] : [one];
  });
  return { found: found[0], people };
}

/** The people with these ids, as they are now: of a few among many the platform is asked, else a list tells. */
async function peopleNow(platform: Platform, users: UserSource, ids: ReadonlySet<string>): Promise<People> {
  const size = users.size?.();
  const isQuicker = areMany(size) && ids.size * LISTED_MEANWHILE <= (size ?? 0);
  const told = isQuicker ? await toldById(platform, ids) : undefined;
  return told ?? peopleWith(platform, ids, await inSlices(indexedById(await users.list())));
}

/**
 * Those whom the platform tells by their ids. Its answer may be cut without a sign (contract §5.1), so about those whom it leaves
 * out Keycloak is asked, which says for certain who is gone; `undefined` where they are too many, or it is not asked here.
 */
async function toldById(platform: Platform, ids: ReadonlySet<string>): Promise<People | undefined> {
  const told = new Map((await usersById(platform, [...ids])).map((user) => [user.id, user]));
  const untold = [...ids].filter((id) => !told.has(id));
  if (untold.length > 0 && (platform.usersVia !== 'keycloak' || untold.length > MOST_ASKED_ALONE))
    return undefined;
  for (const user of await Promise.all(untold.map((id) => getUser(platform, id))))
    if (user !== undefined) told.set(user.id, user);
  return told;
}

/** The people with these ids; those who are not `known` are asked for: a list may be cut, and has no service accounts. */
export async function peopleWith(platform: Platform, ids: Iterable<string>, known: People): Promise<People> {
  const missing = [...ids].filter((id) => known.get(id) === undefined);
  const asked = new Map((await usersById(platform, missing)).map((user) => [user.id, user]));
  return { get: (id) => asked.get(id) ?? known.get(id) };
}

/** Those of these users whom the platform has now. */
export async function usersNow(
  platform: Platform,
  users: UserSource,
  ids: readonly string[],
): Promise<readonly WallarooUser[]> {
  const wanted = new Set(ids);
  if (wanted.size === 0) return [];
  const people = await peopleNow(platform, users, wanted);
  return [...wanted].flatMap((id) => people.get(id) ?? []);
}

function* membersOf(workspaces: readonly WorkspaceOnWire[]): Work<ReadonlySet<string>> {
  const ids = new Set<string>();
  for (const { users } of workspaces) {
    yield* forEach(users, ({ user_id: id }) => ids.add(id));
    yield;
  }
  return ids;
}
