import { inSlices } from '../slices.ts';
import type { AtWrite, MembershipWrite } from './client.ts';
import { WallarooError, WallarooRefused } from './errors.ts';
import { makeMember, type Scene, takeOut } from './member-steps.ts';
import { addCall, MemberWrites, removeCall } from './member-writes.ts';
import type { Platform } from './platform.ts';
import { readBack, type Uncertain } from './uncertain.ts';
import type { WorkspaceRole } from './user.ts';
import { getUser } from './user-lookup.ts';
import { peopleWith, readOneWithPeople, type UserSource } from './workspace-people.ts';
import { listedMembers, oneWorkspace } from './workspace-readings.ts';
import { named, placeOf } from './workspaces.ts';

/** Who is to be what in which workspace; `role` `undefined`: no member. */
export interface MembershipWish {
  readonly workspaceId: number;
  readonly userId: string;
  readonly role: WorkspaceRole | undefined;
  readonly atWrite: AtWrite | undefined;
}

/** Contract §6.4, §6.5, §13; `users` tells them as they are now. See `WallarooClient.setMembership`. */
export async function setMembership(
  platform: Platform,
  users: UserSource,
  { workspaceId, userId, role, atWrite }: MembershipWish,
): Promise<MembershipWrite> {
  const call = role === undefined ? removeCall : addCall;
  const { found, people } = await readOneWithPeople(platform, users, workspaceId);
  if (found === undefined) throw new WallarooRefused(call, 'unknown_workspace');
  const before = await inSlices(named(found, people));
  if (placeOf(found.users, userId) === role) return { before, after: before };
  const peopleWithIds = (ids: readonly string[], failure?: Uncertain) =>
    readBack(call, failure, () => peopleWith(platform, ids, people));
  const scene: Scene = {
    writes: new MemberWrites(platform, workspaceId, atWrite),
    before: found.users,
    peopleWithIds,
    userId,
    look: (after, failure) => readBack(after, failure, () => membersNow(platform, workspaceId)),
  };
  const members = role === undefined ? await takeOut(scene) : await enter(platform, scene, role);
  const known = await peopleWithIds(members.map(({ user_id }) => user_id));
  return { before, after: await inSlices(named({ ...found, users: [...members] }, known)) };
}

async function enter(platform: Platform, scene: Scene, role: WorkspaceRole) {
  const user = await getUser(platform, scene.userId);
  if (user === undefined) throw new WallarooRefused(addCall, 'not_found');
  return makeMember(scene, user, role);
}

/** As GraphQL tells or, where it does not, `list_users`. */
async function membersNow(platform: Platform, id: number) {
  try {
    const now = await oneWorkspace(platform, id);
    if (now !== undefined) return now.users;
  } catch (error) {
    if (!(error instanceof WallarooError)) throw error;
  }
  return listedMembers(platform, id);
}
