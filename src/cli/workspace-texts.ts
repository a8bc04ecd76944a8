import type { Workspace, WorkspaceMember } from '../wallaroo/workspace.ts';
import { memberLabel } from '../workspaces/workspace-lines.ts';

/** The owners as a cell has them: who of them is inactive, or gone, is said. */
export const ownersText = ({ members }: Workspace): string =>
  members
    .filter(({ role }) => role === 'OWNER')
    .map((owner) => `${memberLabel(owner)}${STATE_MARK[stateOf(owner)]}`)
    .join(', ');

/** Whether a member can sign in. */
export const stateOf = ({ user }: WorkspaceMember): 'active' | 'inactive' | 'deleted' => {
  if (user === undefined) return 'deleted';
  return user.enabled ? 'active' : 'inactive';
};

const STATE_MARK = { active: '', inactive: ' (inactive)', deleted: ' (deleted)' } as const;
