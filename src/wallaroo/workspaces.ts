import { QueryNotOffered } from './graphql.ts';
import { type Platform, read } from './platform.ts';
import {
  type WorkspaceOnWire,
  workspaceListSchema,
  workspaceMembersSchema,
  workspacesSchema,
} from './schemas.ts';
import type { WorkspaceMembership } from './user.ts';

/** All members are fetched, to know the other owners (contract §7.3, first way). */
const OF_USER = `query WorkspacesOfUser($userId: String!) {
  workspace(where: {users: {user_id: {_eq: $userId}}, archived: {_eq: false}}, order_by: {id: asc}) {
    id name archived users { user_id user_type }
  }
}`;

/** For instances whose relation refuses filters (second way). */
const ALL = `query Workspaces {
  workspace { id name archived users { user_id user_type } }
}`;

/** How many membership lists are asked for at a time, where GraphQL gives none. */
const AT_ONCE = 4;

/** The user's workspaces that are not archived, by name, as far as the bot's account sees them. */
export async function workspacesOf(
  platform: Platform,
  userId: string,
): Promise<readonly WorkspaceMembership[]> {
  const workspaces = await withFallback(
    () => query(platform, OF_USER, { userId }),
    () =>
      withFallback(
        () => query(platform, ALL, {}),
        () => listed(platform),
      ),
  );
  return workspaces
    .filter(({ archived }) => archived !== true)
    .flatMap((workspace) => membershipOf(workspace, userId))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.workspaceId - b.workspaceId));
}

async function withFallback<T>(first: () => Promise<T>, second: () => Promise<T>): Promise<T> {
  try {
    return await first();
  } catch (error) {
    if (error instanceof QueryNotOffered) return second();
    throw error;
  }
}

async function query(
  platform: Platform,
  document: string,
  variables: Record<string, unknown>,
): Promise<readonly WorkspaceOnWire[]> {
  const { workspace } = await read(platform, (token) =>
    platform.graphql.query(token, document, variables, workspacesSchema),
  );
  return workspace;
}

/** Without GraphQL (fourth way): every workspace, then the members of each; its filter is never trusted (§6.1). */
async function listed(platform: Platform): Promise<readonly WorkspaceOnWire[]> {
  const { mlops } = platform;
  const { workspaces } = await read(platform, (token) =>
    mlops.ask(token, 'workspaces/list', {}, workspaceListSchema),
  );
  const waiting = workspaces.filter(({ archived }) => archived !== true);
  const found: WorkspaceOnWire[] = [];
  const work = async (): Promise<void> => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const body = { workspace_id: next.id };
      const { users } = await read(platform, (token) =>
        mlops.ask(token, 'workspaces/list_users', body, workspaceMembersSchema),
      );
      found.push({ ...next, users });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return found;
}

function membershipOf({ id, name, users }: WorkspaceOnWire, userId: string): WorkspaceMembership[] {
  const own = users.find(({ user_id }) => user_id === userId);
  if (own === undefined) return [];
  const role = own.user_type === 'OWNER' || own.user_type === 'COLLABORATOR' ? own.user_type : undefined;
  const others = users.filter(({ user_id, user_type }) => user_id !== userId && user_type === 'OWNER');
  return [{ workspaceId: id, name, role, otherOwners: others.length }];
}
