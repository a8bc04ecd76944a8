import type { WallarooUser, WorkspaceMembership } from '../../wallaroo/user.ts';
import { activeOwners, memberIn, type Workspace } from '../../wallaroo/workspace.ts';
import type { Turn } from '../steps/step-kind.ts';

/** A workspace that a deactivation leaves without an active OWNER. */
export interface Orphan {
  readonly workspaceId: number;
  readonly workspace: string;
  /** Who may take over: its active members, then other active users. */
  readonly heirs: readonly WallarooUser[];
  /** How many of these are members. */
  readonly members: number;
}

const MOST_HEIRS = 60;

const leavingOf = (wanted: readonly Turn[]): ReadonlySet<string> =>
  new Set(wanted.flatMap((turn) => (turn.enabled ? [] : [turn.userId])));

/**
 * The workspaces in which nobody active is OWNER once those who leave are gone, but for those of `settled`, about which the
 * change itself says what becomes of them. Default workspaces and archived ones are left alone.
 */
export function orphansAmong(
  workspaces: readonly Workspace[],
  users: readonly WallarooUser[],
  wanted: readonly Turn[],
  { settled, botUserId }: { readonly settled: readonly number[]; readonly botUserId: string },
): readonly Orphan[] {
  const leaving = leavingOf(wanted);
  return workspaces
    .filter((one) => !one.archived && !one.isDefault && !settled.includes(one.id))
    .filter((one) => {
      const owners = activeOwners(one).map(({ userId }) => userId);
      return owners.length > 0 && owners.every((id) => leaving.has(id));
    })
    .map((one) => {
      const stays = (user: WallarooUser | undefined): user is WallarooUser =>
        user?.enabled === true && !leaving.has(user.id);
      const members = one.members.flatMap(({ user }) => (stays(user) ? [user] : []));
      const others = users.filter(
        (user) => stays(user) && user.id !== botUserId && memberIn(one, user.id) === undefined,
      );
      const heirs = [...members, ...others].slice(0, MOST_HEIRS);
      return { workspaceId: one.id, workspace: one.name, heirs, members: members.length };
    });
}

/** Where somebody who leaves is a member; of the other OWNERs those count who are active and stay. */
export const membershipsAmong = (
  workspaces: readonly Workspace[],
  userId: string,
  wanted: readonly Turn[],
): readonly WorkspaceMembership[] => {
  const leaving = new Set(wanted.flatMap((turn) => (turn.enabled ? [] : [turn.userId])));
  return workspaces.flatMap((workspace) => {
    const member = memberIn(workspace, userId);
    if (member === undefined || workspace.archived) return [];
    const others = activeOwners(workspace).filter(
      (owner) => owner.userId !== userId && !leaving.has(owner.userId),
    );
    const { id: workspaceId, name } = workspace;
    return [{ workspaceId, name, role: member.role, otherOwners: others.length }];
  });
};
