import { inSlices } from '../slices.ts';
import { forEach, type Work } from '../work.ts';
import { indexedById } from './by-id.ts';
import { MANY_USERS } from './many-users.ts';
import type { Platform } from './platform.ts';
import type { WorkspaceOnWire } from './schemas.ts';
import type { WallarooUser } from './user.ts';
import { usersById } from './user-lookup.ts';
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

/** The workspaces that `read` finds, and who their members are. */
export async function readWithPeople(
  platform: Platform,
  users: UserSource,
  read: () => Promise<readonly WorkspaceOnWire[]>,
): Promise<{ readonly found: readonly WorkspaceOnWire[]; readonly people: People }> {
  const isAmongMany = (users.size?.() ?? 0) >= MANY_USERS;
  // Among a few, the list comes while the workspaces are read.
  const [found, listed] = await Promise.all([read(), isAmongMany ? undefined : users.list()]);
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

/**
 * The people with these ids. A few among many are asked for by id; only where all of them are told, as nobody knows whether
 * that answer may be cut (contract §5.1), while a list is compared with Keycloak's count.
 */
async function peopleNow(platform: Platform, users: UserSource, ids: ReadonlySet<string>): Promise<People> {
  const size = users.size?.() ?? 0;
  if (size >= MANY_USERS && ids.size * LISTED_MEANWHILE <= size) {
    const told = new Map((await usersById(platform, [...ids])).map((user) => [user.id, user]));
    if (told.size === ids.size) return told;
  }
  return peopleWith(platform, ids, await inSlices(indexedById(await users.list())));
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
