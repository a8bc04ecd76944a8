import { inSlices } from '../slices.ts';
import type { Work } from '../work.ts';
import type { Call } from './errors.ts';
import { QueryNotOffered } from './graphql.ts';
import { type Platform, read } from './platform.ts';
import {
  type MemberOnWire,
  type WorkspaceOnWire,
  workspaceListSchema,
  workspaceMembersSchema,
  workspaceRowsSchema,
  workspaceSchema,
} from './schemas.ts';
import { understood } from './wire.ts';

/** All members are fetched, to know the other owners (contract §7.3, first way). */
const OF_USER = `query WorkspacesOfUser($userId: String!) {
  workspace(where: {users: {user_id: {_eq: $userId}}}, order_by: {id: asc}) {
    id name archived users { user_id user_type }
  }
}`;

/** For instances whose relation refuses filters (second way). */
const ALL = `query Workspaces {
  workspace { id name archived users { user_id user_type } }
}`;

const ONE = `query Workspace($id: bigint!) {
  workspace(where: {id: {_eq: $id}}) { id name archived users { user_id user_type } }
}`;

/** How many membership lists are asked for at a time, where GraphQL gives none. */
const AT_ONCE = 4;

type Read = readonly WorkspaceOnWire[];
type Wanted = (workspace: Omit<WorkspaceOnWire, 'users'>) => boolean;

/** The workspaces that the bot's account sees and `wanted` takes. */
export function allWorkspaces(platform: Platform, wanted: Wanted = () => true): Promise<Read> {
  return withFallback(
    async () => (await query(platform, ALL, {})).filter(wanted),
    () => listed(platform, wanted),
  );
}

/** Those of which the user is a member, and perhaps others. */
export function workspacesAround(
  platform: Platform,
  userId: string,
  wanted: Wanted = () => true,
): Promise<Read> {
  return withFallback(
    async () => (await query(platform, OF_USER, { userId })).filter(wanted),
    () => allWorkspaces(platform, wanted),
  );
}

/** The workspace as it is now; `undefined` where the bot's account sees none of this id. */
export async function oneWorkspace(platform: Platform, id: number): Promise<WorkspaceOnWire | undefined> {
  const found = await withFallback(
    () => query(platform, ONE, { id }),
    () => listed(platform, (workspace) => workspace.id === id),
  );
  return found.find((workspace) => workspace.id === id);
}

/** Its members as `list_users` tells them (contract §6.3). */
export async function listedMembers(platform: Platform, id: number): Promise<readonly MemberOnWire[]> {
  const { users } = await read(platform, (token) =>
    platform.mlops.ask(token, 'workspaces/list_users', { workspace_id: id }, workspaceMembersSchema),
  );
  return users;
}

async function withFallback<T>(first: () => Promise<T>, second: () => Promise<T>): Promise<T> {
  try {
    return await first();
  } catch (error) {
    if (error instanceof QueryNotOffered) return second();
    throw error;
  }
}

const query = (platform: Platform, document: string, variables: Record<string, unknown>): Promise<Read> =>
  read(platform, (token) =>
    platform.graphql.queryFor(token, document, variables, (data, call) => inSlices(workspacesIn(data, call))),
  );

function* workspacesIn(data: unknown, call: Call): Work<Read> {
  const found: WorkspaceOnWire[] = [];
  for (const row of understood(call, workspaceRowsSchema, data).workspace) {
    found.push(understood(call, workspaceSchema, row));
    yield;
  }
  return found;
}

/** Without GraphQL (fourth way): every workspace, then the members of each; its filter is never trusted (§6.1). */
async function listed(platform: Platform, wanted: Wanted): Promise<Read> {
  const { workspaces } = await read(platform, (token) =>
    platform.mlops.ask(token, 'workspaces/list', {}, workspaceListSchema),
  );
  const waiting = workspaces.filter(wanted);
  const found: WorkspaceOnWire[] = [];
  const work = async (): Promise<void> => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop())
      found.push({ ...next, users: [...(await listedMembers(platform, next.id))] });
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return found;
}
