import type { WorkspaceRole } from '../wallaroo/user.ts';
import { activeOwners, type Workspace } from '../wallaroo/workspace.ts';

/** What somebody is to be in a workspace; `none`: no member. */
export type WantedRole = WorkspaceRole | 'none';

/** Why nobody changes the members of this workspace from here, as a sentence; `undefined` where somebody may. */
function whyLeftAlone({ archived, isDefault }: Workspace): string | undefined {
  if (isDefault)
    return 'This is the default workspace that Wallaroo made for one person: its members are left as they are.';
  return archived ? 'This workspace is archived: its members are left as they are.' : undefined;
}

/** Whether the workspace has an OWNER who is active, `leaving` aside. */
const hasActiveOwner = (workspace: Workspace, leaving: ReadonlySet<string> = new Set()): boolean =>
  activeOwners(workspace).some(({ userId }) => !leaving.has(userId));

/**
 * Why the user's place in the workspace must not become `wanted`, as a sentence; `undefined` if it may (design, rule 13).
 * `leaving`: owners who may be gone although the platform still shows them, as a change of theirs is under way.
 */
export function membershipGuard(
  workspace: Workspace,
  userId: string,
  wanted: WantedRole,
  leaving: ReadonlySet<string> = new Set(),
): string | undefined {
  const leftAlone = whyLeftAlone(workspace);
  if (leftAlone !== undefined || wanted === 'OWNER') return leftAlone;
  const isOne = activeOwners(workspace).some((owner) => owner.userId === userId);
  return isOne && !hasActiveOwner(workspace, new Set([...leaving, userId])) ? LAST_OWNER : undefined;
}

const LAST_OWNER = 'This is the last active OWNER of the workspace. Make somebody else an OWNER first.';
