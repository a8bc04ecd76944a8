import type { Platform } from '../platform.ts';
import { type Actor, isAdmin } from '../roles.ts';
import type { Workspace } from '../workspace.ts';

/** An id, an email, or an empty string for a creator without one, changing between calls (contract §6.1). */
function createdBy({ createdBy: id }: Workspace, { state, switches, random }: Platform): string {
  const creator = state.users.get(id);
  const asId = switches.createdBy === 'id' || (switches.createdBy === 'recorded' && random() < 0.5);
  if (creator === undefined || (asId && creator.email !== undefined)) return id;
  return creator.email ?? '';
}

/** A workspace as `workspaces/list` shows it (contract §2.3). */
export function workspaceRecord(workspace: Workspace, platform: Platform): Record<string, unknown> {
  return {
    id: workspace.id,
    name: workspace.name,
    created_at: workspace.createdAt,
    created_by: createdBy(workspace, platform),
    archived: workspace.archived,
    models: workspace.models,
    pipelines: workspace.pipelines,
  };
}

const isMember = (workspace: Workspace, user: Actor): boolean =>
  workspace.members.some((member) => member.userId === user.id);

/** A platform administrator sees all workspaces, anyone else their own or, by a switch, all (contract §6.1, §7.3). */
export function visibleWorkspaces({ state, switches }: Platform, caller: Actor): Workspace[] {
  const seesAll = isAdmin(caller) || switches.ordinarySees === 'all';
  return [...state.workspaces.values()].filter((workspace) => seesAll || isMember(workspace, caller));
}

/** Whether the caller may change the members of a workspace that they see (contract §11.7). */
export function mayChangeMembers({ switches }: Platform, caller: Actor, { members }: Workspace): boolean {
  if (isAdmin(caller)) return true;
  if (switches.ordinaryChanges !== 'owned') return switches.ordinaryChanges === 'seen';
  return members.some(({ userId, userType }) => userId === caller.id && userType === 'OWNER');
}
