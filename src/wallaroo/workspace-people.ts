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
  /** How many that are, as far as is known; absent where a list is at hand, so that nobody need be asked for by id. */
  size?(): number | undefined;
}

/** Users that are listed in the time in which one is told by id, roughly: Keycloak is asked about each. */
const LISTED_MEANWHILE = 20;

/**
 * The workspaces that `read` finds, and who their members are: from the list of all or, of a few among many, asked for by
 * id. Those whom a list leaves out are asked for, too: it may be cut, and has no service accounts.
 */
export async function withPeople(
  platform: Platform,
  users: UserSource,
  read: () => Promise<readonly WorkspaceOnWire[]>,
): Promise<{ readonly found: readonly WorkspaceOnWire[]; readonly people: People }> {
  const size = users.size?.() ?? 0;
  const begun = size < MANY_USERS ? users.list() : undefined;
  const [found] = await Promise.all([read(), begun]);
  const ids = await inSlices(membersOf(found));
  const isQuicker = begun === undefined && ids.size * LISTED_MEANWHILE <= size;
  const known = isQuicker ? NOBODY : await inSlices(indexedById(await (begun ?? users.list())));
  return { found, people: await peopleWith(platform, ids, known) };
}

/** The same of one workspace; `found` is `undefined` where the bot's account sees none of this id. */
export async function workspaceWithPeople(
  platform: Platform,
  users: UserSource,
  id: number,
): Promise<{ readonly found: WorkspaceOnWire | undefined; readonly people: People }> {
  const { found, people } = await withPeople(platform, users, async () => {
    const one = await oneWorkspace(platform, id);
    return one === undefined ? [] : [one];
  });
  return { found: found[0], people };
}

const NOBODY: People = new Map();

/** The people with these ids; those who are not `known` are asked for. */
export async function peopleWith(platform: Platform, ids: Iterable<string>, known: People): Promise<People> {
  const missing = [...ids].filter((id) => known.get(id) === undefined);
  const asked = new Map((await usersById(platform, missing)).map((user) => [user.id, user]));
  return { get: (id) => asked.get(id) ?? known.get(id) };
}

function* membersOf(workspaces: readonly WorkspaceOnWire[]): Work<ReadonlySet<string>> {
  const ids = new Set<string>();
  yield* forEach(workspaces, ({ users }) => {
    for (const { user_id: id } of users) ids.add(id);
  });
  return ids;
}
