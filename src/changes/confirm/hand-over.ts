import { byIdIn, indexedById } from '../../wallaroo/by-id.ts';
import type { WallarooUser, WorkspaceMembership } from '../../wallaroo/user.ts';
import { activeOwners, type Workspace, type WorkspaceMember } from '../../wallaroo/workspace.ts';
import { forEach, type Work } from '../../work.ts';
import { settledBy } from '../steps/hand-over.ts';
import type { Step } from '../steps/step.ts';
import type { Turn } from '../steps/step-kind.ts';

/** A workspace that a deactivation leaves without an active OWNER. */
export interface Orphan {
  readonly workspaceId: number;
  readonly workspace: string;
  /** Its members who are active and stay. */
  readonly members: readonly WallarooUser[];
  readonly staying: Staying;
}

/** All who are active and stay, without the bot's account: the same for all workspaces of a change. */
export interface Staying {
  readonly people: readonly WallarooUser[];
  readonly byId: (userId: string) => WallarooUser | undefined;
}

export function stayingAmong(
  users: readonly WallarooUser[],
  leaving: ReadonlySet<string>,
  botUserId: string,
): Staying {
  const stays = (user: WallarooUser) => isActiveWithout(leaving, user) && user.id !== botUserId;
  return {
    people: users.filter(stays),
    byId: (userId) => {
      const user = byIdIn(users).get(userId);
      return user !== undefined && stays(user) ? user : undefined;
    },
  };
}

const isActiveWithout = (leaving: ReadonlySet<string>, { id, enabled }: WallarooUser): boolean =>
  enabled && !leaving.has(id);

/** Who may take over, at most so many: members first. */
export function heirsOf({ members, staying }: Orphan, most: number): readonly WallarooUser[] {
  const heirs = members.slice(0, most);
  const memberIds = new Set(members.map(({ id }) => id));
  for (const user of staying.people) {
    if (heirs.length >= most) break;
    if (!memberIds.has(user.id)) heirs.push(user);
  }
  return heirs;
}

/** The one with this id, if they may take over. */
export const heirOf = ({ members, staying }: Orphan, userId: string): WallarooUser | undefined =>
  members.find(({ id }) => id === userId) ?? staying.byId(userId);

/** The workspaces with their members as these users are: what was listed last may be older. */
export function* withPeople(
  workspaces: readonly Workspace[],
  users: readonly WallarooUser[],
): Work<readonly Workspace[]> {
  const known = yield* indexedById(users);
  const all: Workspace[] = [];
  for (const one of workspaces) {
    const members: WorkspaceMember[] = [];
    yield* forEach(one.members, (member) => {
      members.push({ ...member, user: known.get(member.userId) ?? member.user });
    });
    all.push({ ...one, members });
    yield;
  }
  return all;
}

/** Ids of those whom these turns take out. */
export const leavingOf = (wanted: readonly Turn[]): ReadonlySet<string> =>
  new Set(wanted.flatMap((turn) => (turn.enabled ? [] : [turn.userId])));

/** Who is active once they are gone, by id: somebody beyond a list that is cut counts as one who is. */
const staysAmong =
  (users: readonly WallarooUser[], leaving: ReadonlySet<string>) =>
  (userId: string): boolean =>
    !leaving.has(userId) && byIdIn(users).get(userId)?.enabled !== false;

/**
 * The workspaces in which nobody active is OWNER once those who leave are gone, but for those of which the steps say what
 * becomes of them. Default workspaces and archived ones are left alone.
 */
export function orphansIn(
  workspaces: readonly Workspace[],
  { users, botUserId }: { readonly users: readonly WallarooUser[]; readonly botUserId: string },
  wanted: readonly Turn[],
  steps: readonly Step[],
): readonly Orphan[] {
  const leaving = leavingOf(wanted);
  const settled = settledBy(steps, staysAmong(users, leaving));
  const left = workspaces
    .filter((one) => !one.archived && !one.isDefault && !settled.includes(one.id))
    .filter((one) => {
      const owners = activeOwners(one).map(({ userId }) => userId);
      return owners.length > 0 && owners.every((id) => leaving.has(id));
    });
  if (left.length === 0) return [];
  const staying = stayingAmong(users, leaving, botUserId);
  return left.map((one) => ({
    workspaceId: one.id,
    workspace: one.name,
    members: one.members.flatMap(({ user }) => user ?? []).filter((user) => isActiveWithout(leaving, user)),
    staying,
  }));
}

/** The workspaces of each user whom the turns concern. Other OWNERs count only if they are active and stay. */
export function membershipsAmong(
  workspaces: readonly Workspace[],
  wanted: readonly Turn[],
): (userId: string) => readonly WorkspaceMembership[] {
  const leaving = leavingOf(wanted);
  const found = new Map(wanted.map(({ userId }): [string, WorkspaceMembership[]] => [userId, []]));
  for (const workspace of workspaces.filter(({ archived }) => !archived)) {
    const owners = activeOwners(workspace).map(({ userId }) => userId);
    const staying = new Set(owners.filter((id) => !leaving.has(id)));
    const { id: workspaceId, name } = workspace;
    for (const { userId, role } of workspace.members)
      found.get(userId)?.push({
        workspaceId,
        name,
        role,
        otherOwners: staying.size - (staying.has(userId) ? 1 : 0),
      });
  }
  return (userId) => found.get(userId) ?? [];
}
