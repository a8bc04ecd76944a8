import type { WallarooUser, WorkspaceRole } from '../wallaroo/user.ts';
import { activeOwners, memberIn, type Workspace } from '../wallaroo/workspace.ts';

/** What somebody is to be in a workspace; `none`: no member. */
export type WantedRole = WorkspaceRole | 'none';

/** Why nobody changes the members of this workspace from here, as a sentence; `undefined` where somebody may. */
export function whyLeftAlone({ archived, isDefault }: Workspace): string | undefined {
  if (isDefault)
    return 'This is the default workspace that Wallaroo made for one person: its members are left as they are.';
  return archived ? 'This workspace is archived: its members are left as they are.' : undefined;
}

/** Whether another of these workspaces goes by its name (contract §2.3). */
export const sharesName = ({ id, name }: Workspace, all: readonly Workspace[]): boolean =>
  all.some((other) => other.id !== id && other.name === name);

/** Who looks at workspaces. */
export interface WorkspaceViewer {
  readonly administrator: boolean;
  /** Their own user; `undefined` where nobody knows which it is. */
  readonly userId: string | undefined;
}

/** Administrators see all workspaces, others those of which they are a member. */
export const isSeenBy = (workspace: Workspace, { administrator, userId }: WorkspaceViewer): boolean =>
  administrator || (userId !== undefined && memberIn(workspace, userId) !== undefined);

/** Whether the workspace has an OWNER who is active, `leaving` aside. */
export const hasActiveOwner = (workspace: Workspace, leaving: ReadonlySet<string> = new Set()): boolean =>
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

/**
 * The emails, in small letters, by which the workspace's active OWNERs are known; `users` are all. An email that several
 * accounts share names nobody.
 */
export function ownerEmails(workspace: Workspace, users: readonly WallarooUser[]): readonly string[] {
  const owners = activeOwners(workspace).flatMap(({ user }) => user ?? []);
  const bearers = new Map(owners.map((user) => [smallEmail(user), new Set([user.id])]));
  for (const user of [...owners, ...users]) bearers.get(smallEmail(user))?.add(user.id);
  return [...bearers].flatMap(([email, { size }]) => (email === undefined || size > 1 ? [] : [email]));
}

const smallEmail = ({ email }: WallarooUser): string | undefined => email?.toLowerCase();

const LAST_OWNER = 'This is the last active OWNER of the workspace. Make somebody else an OWNER first.';
