import { mayChangeMembers, visibleWorkspaces } from '../mlops/workspace-record.ts';
import type { Platform } from '../platform.ts';
import type { Actor } from '../roles.ts';
import type { UserType } from '../workspace.ts';
import { hasuraError } from './hasura-error.ts';
import { memberRow, memberRows, workspaceRow } from './rows.ts';
import { type BoolExp, holds, type Row } from './where.ts';

interface MemberInput {
  readonly user_id?: string;
  readonly user_type?: UserType;
  readonly workspace_id?: number;
}

interface WorkspaceInput {
  readonly object: {
    readonly name?: string;
    readonly created_by?: string | null;
    readonly owner_id?: string | null;
    readonly users?: { readonly data: readonly MemberInput[] };
  };
  readonly on_conflict?: object | null;
}

/**
 * Inserts a workspace with its members. One of that name stops it: the nested rows cannot be inserted when the
 * row above them was not (contract §7.4).
 */
function insertWorkspace(platform: Platform, caller: Actor, { object, on_conflict }: WorkspaceInput) {
  const path = '$.selectionSet.insert_workspace_one.args.object[0]';
  const name = object.name;
  if (name === undefined) throw hasuraError('constraint-violation', path, 'Not-NULL violation on "name"');
  const taken = [...platform.state.workspaces.values()].some((workspace) => workspace.name === name);
  const nested = object.users?.data ?? [];
  if (taken && !on_conflict)
    throw hasuraError(
      'constraint-violation',
      path,
      'Uniqueness violation. duplicate key value violates unique constraint "workspace_name_key"',
    );
  if (taken && nested.length > 0)
    throw hasuraError(
      'not-supported',
      path,
      'cannot proceed to insert array relations since insert to table "workspace" affects zero rows',
    );
  if (taken) return null;
  const { id } = platform.state.addWorkspace(name, object.owner_id ?? object.created_by ?? caller.id);
  if (nested.length > 0) platform.state.updateWorkspace(id, { members: [] });
  for (const { user_id, user_type } of nested)
    platform.state.setMember(id, user_id ?? caller.id, user_type ?? null);
  return workspaceRow(platform.state.workspace(id));
}

function insertMember(platform: Platform, caller: Actor, input: MemberInput): Row | null {
  const path = '$.selectionSet.insert_workspace_users_one.args.object[0]';
  const workspace = platform.state.workspaces.get(input.workspace_id ?? 0);
  if (workspace === undefined || input.user_id === undefined)
    throw hasuraError('constraint-violation', path, 'Foreign key violation.');
  if (!mayChangeMembers(platform, caller, workspace))
    throw hasuraError('permission-error', path, 'check constraint of an insert/update permission has failed');
  const after = platform.state.setMember(workspace.id, input.user_id, input.user_type ?? null);
  const member = after.members.find((one) => one.userId === input.user_id);
  return member === undefined ? null : memberRow(after, member);
}

function deleteMembers(platform: Platform, caller: Actor, where: BoolExp) {
  const gone = visibleWorkspaces(platform, caller)
    .filter((workspace) => mayChangeMembers(platform, caller, workspace))
    .flatMap((workspace) => memberRows(workspace))
    .filter((row) => holds(row, where));
  for (const row of gone) platform.state.removeMember(Number(row.workspace_id), String(row.user_id));
  return { affected_rows: gone.length, returning: gone };
}

/** The mutations that the vendor's SDK sends (contract §7.2). */
export const mutations = (platform: Platform, caller: Actor) => ({
  insert_workspace_one: (input: WorkspaceInput) => insertWorkspace(platform, caller, input),
  insert_workspace_users_one: ({ object }: { object: MemberInput }) => insertMember(platform, caller, object),
  delete_workspace_users: ({ where }: { where: BoolExp }) => deleteMembers(platform, caller, where),
});
