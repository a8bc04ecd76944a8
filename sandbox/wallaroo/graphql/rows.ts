import { defaultWorkspaceName } from '../default-workspace.ts';
import { visibleWorkspaces } from '../mlops/workspace-record.ts';
import type { Platform } from '../platform.ts';
import type { Actor } from '../roles.ts';
import type { WallarooUser } from '../user.ts';
import type { Member, Workspace } from '../workspace.ts';
import { arranged, holds, type Row, type Selection } from './where.ts';

/** A row of `workspace_users`. */
export const memberRow = (workspace: Workspace, member: Member): Row => ({
  id: member.id,
  user_id: member.userId,
  user_type: member.userType,
  workspace_id: workspace.id,
  workspace: () => workspaceRow(workspace),
});

export const memberRows = (workspace: Workspace): Row[] =>
  workspace.members.map((member) => memberRow(workspace, member));

/** A model of the workspace, with its versions, of which the sandbox keeps one. */
const modelRow = (workspace: Workspace, id: number): Row => ({
  id,
  updated_at: workspace.createdAt,
  models: [{ id }],
});

/** A row of `workspace`, its relations as resolvers (contract §7.2). */
export function workspaceRow(workspace: Workspace): Row {
  return {
    id: workspace.id,
    name: workspace.name,
    created_at: workspace.createdAt,
    created_by: workspace.createdBy,
    archived: workspace.archived,
    users: (selection: Selection) => selected(memberRows(workspace), selection),
    models: (selection: Selection) =>
      arranged(
        workspace.models.map((id) => modelRow(workspace, id)),
        selection,
      ),
    pipelines: () => workspace.pipelines.map((id) => ({ id })),
  };
}

export const selected = (rows: readonly Row[], selection: Selection): Row[] =>
  arranged(
    rows.filter((row) => holds(row, selection.where)),
    selection,
  );

/** The workspaces that the caller's role shows. */
export function selectedWorkspaces(platform: Platform, caller: Actor, selection: Selection): Row[] {
  const rows = visibleWorkspaces(platform, caller)
    .filter((workspace) => holds(workspaceRow(workspace), selection.where, { users: memberRows(workspace) }))
    .map(workspaceRow);
  return arranged(rows, selection);
}

/** A user's default workspace: the one of its name that they are in (contract §7.2); all without an email share the name. */
export function defaultWorkspace(platform: Platform, user: WallarooUser): Workspace | undefined {
  const name = defaultWorkspaceName(user);
  return [...platform.state.workspaces.values()].find(
    (workspace) => workspace.name === name && workspace.members.some(({ userId }) => userId === user.id),
  );
}
