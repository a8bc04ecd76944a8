import { z } from 'zod';
import { like } from '../keycloak/like.ts';
import type { Call, Handlers, Platform } from '../platform.ts';
import { shuffled } from '../random.ts';
import { refuseApi } from '../refusals.ts';
import type { WallarooUser } from '../user.ts';
import type { Workspace } from '../workspace.ts';
import { apiBody, apiCaller } from './api-call.ts';
import { mayChangeMembers, visibleWorkspaces, workspaceRecord } from './workspace-record.ts';

const listBody = z.object({ user_id: z.string().nullish() });
const createBody = z.object({ workspace_name: z.string().regex(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/) });
const workspaceBody = z.object({ workspace_id: z.number().int() });
const memberBody = workspaceBody.extend({ email: z.string().nullish(), user_id: z.string().nullish() });
const newMemberBody = memberBody.extend({
  url: z.string().nullish(),
  // The API pages write it in capitals, the vendor's SDK sends it in small letters.
  user_type: z
    .string()
    .transform((type) => type.toUpperCase())
    .pipe(z.enum(['OWNER', 'COLLABORATOR']))
    .nullish(),
});

function workspaceOf(platform: Platform, caller: WallarooUser, id: number): Workspace {
  const workspace = visibleWorkspaces(platform, caller).find((one) => one.id === id);
  return workspace ?? refuseApi(500, 'sandbox: no such workspace');
}

/** The workspace, for a caller who may change its members; words and status of the refusal are ours (contract §11.7). */
function changeable(platform: Platform, caller: WallarooUser, id: number): Workspace {
  const workspace = workspaceOf(platform, caller, id);
  return mayChangeMembers(platform, caller, workspace)
    ? workspace
    : refuseApi(403, 'sandbox: caller may not change the members of this workspace');
}

function memberOf(
  { state, switches: { memberMatching } }: Platform,
  { email, user_id: id }: z.infer<typeof memberBody>,
): WallarooUser {
  const goesById = id && (memberMatching === 'id' || !email);
  const pattern = memberMatching === 'part-of-email' ? `%${email}%` : `${email}`;
  const user = [...state.users.values()]
    .sort((a, b) => (a.username < b.username ? -1 : 1))
    .find((one) => (goesById ? one.id === id : Boolean(email) && isMeant(one, pattern)));
  return user ?? refuseApi(500, 'Failed to find user in Keycloak: No user was found in Keycloak.');
}

const isMeant = ({ email }: WallarooUser, pattern: string): boolean =>
  pattern.startsWith('%') ? like(email, pattern) : email?.toLowerCase() === pattern.toLowerCase();

const isOnlyOwner = ({ members }: Workspace, userId: string): boolean => {
  const owners = members.filter(({ userType }) => userType === 'OWNER');
  return owners.length === 1 && owners[0]?.userId === userId;
};

async function list(call: Call, platform: Platform): Promise<Response> {
  const caller = await apiCaller(call, platform);
  const { user_id: id } = await apiBody(call, listBody);
  const heeded = platform.switches.workspaceFilter === 'applied' && id;
  const workspaces = visibleWorkspaces(platform, caller).filter(
    ({ members }) => !heeded || members.some((member) => member.userId === id),
  );
  const records = shuffled(workspaces, platform.random).map((one) => workspaceRecord(one, platform));
  return call.json({ workspaces: records });
}

async function create(call: Call, platform: Platform): Promise<Response> {
  const caller = await apiCaller(call, platform);
  const { workspace_name: name } = await apiBody(call, createBody);
  if ([...platform.state.workspaces.values()].some((workspace) => workspace.name === name))
    return refuseApi(platform.switches.workspaceTakenStatus, 'sandbox: a workspace of this name exists');
  return call.json({ workspace_id: platform.state.addWorkspace(name, caller.id).id });
}

async function removeUser(call: Call, platform: Platform): Promise<Response> {
  const caller = await apiCaller(call, platform);
  const body = await apiBody(call, memberBody);
  const workspace = changeable(platform, caller, body.workspace_id);
  const user = memberOf(platform, body);
  if (platform.switches.keepLastOwner && isOnlyOwner(workspace, user.id))
    return refuseApi(500, 'sandbox: the last owner stays');
  return call.json({ affected_rows: platform.state.removeMember(workspace.id, user.id) ? 1 : 0 });
}

async function addUser(call: Call, platform: Platform): Promise<Response> {
  const caller = await apiCaller(call, platform);
  const body = await apiBody(call, newMemberBody);
  const workspace = changeable(platform, caller, body.workspace_id);
  const user = memberOf(platform, body);
  const { keepLastOwner, repeatSetsRole } = platform.switches;
  const type = body.user_type ?? 'COLLABORATOR';
  const isMember = workspace.members.some(({ userId }) => userId === user.id);
  if (isMember && !repeatSetsRole) return call.json({});
  if (keepLastOwner && type !== 'OWNER' && isOnlyOwner(workspace, user.id))
    return refuseApi(500, 'sandbox: the last owner stays');
  platform.state.setMember(workspace.id, user.id, type);
  return call.json({});
}

/** The MLOps API's workspaces (contract §6). */
export const workspacesHandlers: Handlers<
  | 'workspaces.list'
  | 'workspaces.create'
  | 'workspaces.list_users'
  | 'workspaces.add_user'
  | 'workspaces.remove_user'
> = {
  'workspaces.list': list,
  'workspaces.create': create,
  'workspaces.list_users': async (call, platform) => {
    const caller = await apiCaller(call, platform);
    const { members } = workspaceOf(platform, caller, (await apiBody(call, workspaceBody)).workspace_id);
    return call.json({
      users: members.map(({ userId, userType }) => ({ user_id: userId, user_type: userType })),
    });
  },
  'workspaces.add_user': addUser,
  'workspaces.remove_user': removeUser,
};
