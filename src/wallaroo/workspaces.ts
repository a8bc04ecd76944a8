import { byCodeUnits } from '../by-code-units.ts';
import { inSlices } from '../slices.ts';
import { forEach, sorted, type Work } from '../work.ts';
import type { Platform } from './platform.ts';
import type { MemberOnWire, WorkspaceOnWire } from './schemas.ts';
import type { OwnMembership, WorkspaceRole } from './user.ts';
import { byName, isDefaultName, type Workspace, type WorkspaceMember } from './workspace.ts';
import { type People, readOneWithPeople, readWithPeople, type UserSource } from './workspace-people.ts';
import { allWorkspaces, workspacesAround } from './workspace-readings.ts';

/** The user's workspaces that are not archived, by name, as far as the bot's account sees them. */
export async function workspacesOf(platform: Platform, userId: string): Promise<readonly OwnMembership[]> {
  const workspaces = await workspacesAround(platform, userId, ({ archived }) => archived !== true);
  return workspaces.toSorted(byName).flatMap((workspace) => membershipOf(workspace, userId));
}

/** All workspaces, or those of one user, with what `users` tells of their members. */
export async function workspaces(
  platform: Platform,
  users: UserSource,
  memberId: string | undefined,
): Promise<readonly Workspace[]> {
  const { found, people } = await readWithPeople(platform, users, async () =>
    memberId === undefined
      ? allWorkspaces(platform)
      : (await workspacesAround(platform, memberId)).filter((one) => hasMember(one, memberId)),
  );
  return inSlices(allNamed(found.toSorted(byName), people));
}

function* allNamed(found: readonly WorkspaceOnWire[], people: People): Work<readonly Workspace[]> {
  const all: Workspace[] = [];
  for (const workspace of found) all.push(yield* named(workspace, people));
  return all;
}

/** One workspace; `undefined` where the bot's account sees none of this id. */
export async function workspace(
  platform: Platform,
  users: UserSource,
  id: number,
): Promise<Workspace | undefined> {
  const { found, people } = await readOneWithPeople(platform, users, id);
  return found && inSlices(named(found, people));
}

/** The workspace as the wire has it, in our words. In steps, as it may have all users for members. */
export function* named({ id, name, archived, users }: WorkspaceOnWire, people: People): Work<Workspace> {
  const members: WorkspaceMember[] = [];
  yield* forEach(users, (member) => {
    members.push({ userId: member.user_id, role: roleOf(member), user: people.get(member.user_id) });
  });
  return {
    id,
    name,
    archived: archived === true,
    isDefault: isDefaultName(name),
    members: yield* sorted(members, byPlace),
  };
}

/** What the wire says of a member's type. */
const roleOf = ({ user_type: type }: MemberOnWire): WorkspaceRole | undefined =>
  type === 'OWNER' || type === 'COLLABORATOR' ? type : undefined;

/** What somebody is in a workspace: `open` is a member whose type the platform leaves open, `undefined` no member. */
export type Place = WorkspaceRole | 'open' | undefined;

export function placeOf(members: readonly MemberOnWire[], userId: string): Place {
  const member = members.find(({ user_id }) => user_id === userId);
  return member === undefined ? undefined : (roleOf(member) ?? 'open');
}

const hasMember = ({ users }: WorkspaceOnWire, userId: string): boolean =>
  users.some(({ user_id }) => user_id === userId);

const byPlace = (a: WorkspaceMember, b: WorkspaceMember): number =>
  Number(a.user === undefined) - Number(b.user === undefined) ||
  Number(b.role === 'OWNER') - Number(a.role === 'OWNER') ||
  byCodeUnits(a.user?.username ?? a.userId, b.user?.username ?? b.userId);

function membershipOf({ id, name, users }: WorkspaceOnWire, userId: string): OwnMembership[] {
  const own = users.find(({ user_id }) => user_id === userId);
  if (own === undefined) return [];
  const others = users.filter(({ user_id, user_type }) => user_id !== userId && user_type === 'OWNER');
  const otherOwnerIds = others.map(({ user_id }) => user_id);
  return [{ workspaceId: id, name, role: roleOf(own), otherOwners: others.length, otherOwnerIds }];
}
