import type { WallarooState } from '../../sandbox/wallaroo/state.ts';
import type { WallarooUser as SandboxUser } from '../../sandbox/wallaroo/user.ts';
import type { Workspace as SandboxWorkspace } from '../../sandbox/wallaroo/workspace.ts';
import type { WallarooClient } from '../../src/wallaroo/client.ts';
import {
  type Call,
  WallarooRefused,
  WallarooUnreachable,
  WallarooUnreadable,
} from '../../src/wallaroo/errors.ts';
import type { WallarooUser } from '../../src/wallaroo/user.ts';
import { isDefaultName, type Workspace } from '../../src/wallaroo/workspace.ts';

/**
 * How the platform takes calls: `loses answers` does what is asked and then cannot be asked what it did; of `lists some only`
 * the client believes no list.
 */
export type Mood = 'well' | 'refuses' | 'fails' | 'loses answers' | 'lists some only';

/** What happens to one of the next writes. */
export interface Mishap {
  /** How many writes go well before. */
  readonly skip: number;
  readonly mood: Exclude<Mood, 'well' | 'lists some only'>;
}

/** A write of the bot that took effect. */
export interface Write {
  readonly user: SandboxUser;
  readonly enabled: boolean;
}

/** A workspace that had an active OWNER until a write of the bot. */
export interface Orphaned {
  readonly workspaceId: number;
  /** Who was deactivated; `undefined`: memberships were changed. */
  readonly userId: string | undefined;
}

/** The sandbox's platform without its wire, so that thousands of stories can be told. */
export interface ModelPlatform {
  readonly client: WallarooClient;
  readonly state: WallarooState;
  mood: Mood;
  mishap: Mishap | undefined;
  /** Lists that the client believes lack this user: those of a process that has seen no whole one yet, where Keycloak counts nobody. */
  hidden: string | undefined;
  /** What the watch reads: lists that may lack somebody. */
  readonly listUsersWatched: WallarooClient['listUsers'];
  /** Told of each write of the bot that took effect, right after it. */
  onWrite: (write: Write) => Promise<void>;
  /** Told of each workspace that a write of the bot left without an active OWNER, before `onWrite`. */
  onOrphaned: (orphaned: Orphaned) => Promise<void>;
}

/** The client's promises (`client.ts`) kept on the sandbox's state. */
export function createModelPlatform(state: WallarooState, botName: string): ModelPlatform {
  const platform: ModelPlatform = {
    client: undefined as never,
    state,
    mood: 'well',
    mishap: undefined,
    hidden: undefined,
    listUsersWatched: async () => {
      const { hidden } = platform;
      platform.hidden = undefined;
      const users = await client.listUsers();
      return hidden === undefined ? users : users.filter(({ username }) => username !== hidden);
    },
    onWrite: async () => {},
    onOrphaned: async () => {},
  };
  /** Does what a write asks for, and looks which workspaces it leaves without an active OWNER. */
  const effect = async <T>(userId: string | undefined, write: () => T): Promise<T> => {
    const owned = ownedIn(state);
    const done = write();
    const left = ownedIn(state);
    for (const workspaceId of owned)
      if (!left.has(workspaceId)) await platform.onOrphaned({ workspaceId, userId });
    return done;
  };
  const ask = (call: Call): void => {
    if (platform.mood === 'refuses') throw new WallarooRefused(call, 'missing_permission');
    if (platform.mood !== 'well' && platform.mood !== 'lists some only')
      throw new WallarooUnreachable(call, 'unreachable');
  };
  const read = (what: string): void => {
    // The write that goes unanswered is the last thing that such a platform does.
    if (platform.mood !== 'refuses') ask({ method: 'GET', path: what });
  };
  const moodOfWrite = (): Exclude<Mood, 'lists some only'> => {
    const { mishap } = platform;
    const mood = platform.mood === 'lists some only' ? 'well' : platform.mood;
    if (mishap === undefined || mood !== 'well') return mood;
    platform.mishap = mishap.skip === 0 ? undefined : { ...mishap, skip: mishap.skip - 1 };
    return mishap.skip === 0 ? mishap.mood : 'well';
  };
  const client: WallarooClient = {
    listUsers: async () => {
      read('users');
      if (platform.mood === 'lists some only')
        throw new WallarooUnreadable({ method: 'POST', path: 'users/query' }, 'partial_list');
      const people = [...state.users.values()].filter(({ serviceAccount }) => !serviceAccount);
      return people.map(seen).sort((a, b) => (a.username < b.username ? -1 : 1));
    },
    lastUsers: () => undefined,
    forgetUsers: () => undefined,
    findUserByEmail: async (email) => {
      read('users');
      const found = state.find(email);
      return found === undefined ? undefined : seen(found);
    },
    getUser: async (id) => {
      if (platform.mood !== 'loses answers') read(`users/${id}`);
      const found = state.users.get(id);
      return found === undefined ? undefined : { ...seen(found), realmRoles: undefined };
    },
    setUserEnabled: async (id, enabled, atWrite) => {
      const call = { method: 'PUT', path: `users/${id}` };
      const before = state.users.get(id);
      if (before === undefined) throw new WallarooRefused(call, 'not_found');
      if (before.enabled === enabled) return { before: seen(before), after: seen(before) };
      await atWrite?.();
      const mood = moodOfWrite();
      if (mood === 'refuses') throw new WallarooRefused(call, 'missing_permission');
      if (mood === 'fails') throw new WallarooUnreachable(call, 'unreachable');
      const after = await effect(id, () => state.setEnabled(id, enabled));
      await platform.onWrite({ user: after, enabled });
      if (mood === 'loses answers') throw new WallarooUnreachable(call, 'outcome_unknown');
      return { before: seen(before), after: seen(after) };
    },
    inviteUser: async (email, atWrite) => {
      const call = { method: 'POST', path: 'invite' };
      await client.listUsers();
      if (state.find(email) !== undefined) throw new WallarooRefused(call, 'conflict');
      await atWrite?.();
      const mood = moodOfWrite();
      if (mood === 'refuses') throw new WallarooRefused(call, 'missing_permission');
      if (mood === 'fails') throw new WallarooUnreachable(call, 'unreachable');
      const user = state.addUser({ username: email, email });
      await platform.onWrite({ user, enabled: true });
      if (mood === 'loses answers') throw new WallarooUnreachable(call, 'outcome_unknown');
      return { id: user.id };
    },
    ...noneOf('inviteInKeycloak', 'fixAccount', 'mayEditUsernames', 'instanceName'),
    endSessions: async (_, atWrite) => {
      await atWrite?.();
      ask({ method: 'POST', path: 'logout' });
    },
    accessTokenLifeMs: async () => undefined,
    workspace: async (id) => {
      read(`workspaces/${id}`);
      const found = state.workspaces.get(id);
      return found && seenWorkspace(state, found);
    },
    workspaces: async ({ memberId } = {}) => {
      read('workspaces');
      return [...state.workspaces.values()]
        .filter(({ members }) => memberId === undefined || members.some(({ userId }) => userId === memberId))
        .map((one) => seenWorkspace(state, one));
    },
    usersNow: async (ids) => {
      read('users by id');
      return ids.flatMap((id) => state.users.get(id) ?? []).map(seen);
    },
    workspacesOf: async (userId) => {
      read(`workspaces of ${userId}`);
      return [...state.workspaces.values()].flatMap(({ id, name, archived, members }) => {
        const own = members.find((member) => member.userId === userId);
        const others = members.filter((member) => member.userId !== userId && member.userType === 'OWNER');
        return own === undefined || archived
          ? []
          : [
              {
                workspaceId: id,
                name,
                role: own.userType ?? undefined,
                otherOwners: others.length,
                otherOwnerIds: others.map((member) => member.userId),
              },
            ];
      });
    },
    setMembership: async (workspaceId, userId, role, atWrite) => {
      const call = { method: 'POST', path: 'workspaces/add_user' };
      read(`workspaces/${workspaceId}`);
      const before = seenWorkspace(state, state.workspace(workspaceId));
      if (before.members.find((member) => member.userId === userId)?.role === role)
        return { before, after: before };
      await atWrite?.();
      const mood = moodOfWrite();
      if (mood === 'refuses') throw new WallarooRefused(call, 'missing_permission');
      if (mood === 'fails') throw new WallarooUnreachable(call, 'unreachable');
      await effect(undefined, () =>
        role === undefined
          ? state.removeMember(workspaceId, userId)
          : state.setMember(workspaceId, userId, role),
      );
      if (mood === 'loses answers') throw new WallarooUnreachable(call, 'outcome_unknown');
      return { before, after: seenWorkspace(state, state.workspace(workspaceId)) };
    },
    isPlatformAdministrator: async (id) => state.users.get(id)?.realmRoles.includes('admin'),
    account: async () => ({
      userId: state.user(botName).id,
      username: botName,
      realmRoles: ['admin'],
      managementRoles: [],
      hasuraRole: 'admin_user',
    }),
  };
  return Object.assign(platform, { client });
}

/** What no story asks for yet. */
const noneOf = <Name extends keyof WallarooClient>(...names: readonly Name[]): Pick<WallarooClient, Name> =>
  Object.fromEntries(
    names.map((name) => [name, () => Promise.reject(new Error(`${name} is not modelled`))]),
  ) as unknown as Pick<WallarooClient, Name>;

const seen = (user: SandboxUser): WallarooUser => ({
  id: user.id,
  username: user.username,
  email: user.email,
  emailVerified: user.emailVerified,
  firstName: user.firstName,
  lastName: user.lastName,
  enabled: user.enabled,
  createdMs: user.createdTimestamp,
  lastSignInMs: user.lastLogin,
  realmRoles: user.realmRoles,
  requiredActions: user.requiredActions,
});

/** Ids of the workspaces that have an active OWNER. */
export const ownedIn = ({ users, workspaces }: WallarooState): ReadonlySet<number> =>
  new Set(
    [...workspaces.values()]
      .filter(({ archived, name }) => !archived && !isDefaultName(name))
      .filter(({ members }) =>
        members.some(({ userId, userType }) => userType === 'OWNER' && users.get(userId)?.enabled === true),
      )
      .map(({ id }) => id),
  );

function seenWorkspace(
  { users }: WallarooState,
  { id, name, archived, members }: SandboxWorkspace,
): Workspace {
  return {
    id,
    name,
    archived,
    isDefault: isDefaultName(name),
    members: members.map(({ userId, userType }) => {
      const user = users.get(userId);
      return { userId, role: userType ?? undefined, user: user && seen(user) };
    }),
  };
}
