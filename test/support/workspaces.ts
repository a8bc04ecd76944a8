import type { WallarooState } from '../../sandbox/wallaroo/state.ts';
import type { Workspace } from '../../sandbox/wallaroo/workspace.ts';

/** The first workspace of the sandbox with exactly this name. */
export function workspaceNamed({ workspaces }: WallarooState, name: string): Workspace {
  const found = [...workspaces.values()].find((one) => one.name === name);
  if (found === undefined) throw new Error(`no workspace ${name}`);
  return found;
}

/** What everybody is in the workspace, by username, or by id where the account is gone. */
export const rolesIn = ({ users }: WallarooState, { members }: Workspace): Record<string, string | null> =>
  Object.fromEntries(
    members.map(({ userId, userType }) => [users.get(userId)?.username ?? userId, userType]),
  );

/** Usernames of the active owners of the workspace. */
export const activeOwnersOf = (state: WallarooState, name: string): readonly string[] =>
  workspaceNamed(state, name)
    .members.filter(
      ({ userId, userType }) => userType === 'OWNER' && state.users.get(userId)?.enabled === true,
    )
    .map(({ userId }) => state.user(userId).username)
    .sort();
