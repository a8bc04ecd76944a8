import type { WallarooClient } from '../wallaroo/client.ts';
import { areMany } from '../wallaroo/many-users.ts';
import { ownerEmails } from './workspace-rules.ts';

/** Who decides about workspaces beside the administrators: their active OWNERs, each known by exactly their email. */
export interface WorkspaceOwners {
  /** The emails, in small letters, of those who are an active OWNER of each of these workspaces; of several accounts that share one, of none. */
  emailsOf(workspaceIds: readonly number[]): Promise<readonly string[]>;
}

export const workspaceOwners = ({
  wallaroo,
  ownersDecide,
}: {
  readonly wallaroo: Pick<WallarooClient, 'lastUsers' | 'listUsers' | 'workspace'>;
  /** Setting WORKSPACE_OWNERS_DECIDE. */
  readonly ownersDecide: boolean;
}): WorkspaceOwners => ({
  emailsOf: async (workspaceIds) => {
    if (!ownersDecide || workspaceIds.length === 0) return [];
    const workspaces = await Promise.all([...new Set(workspaceIds)].map((id) => wallaroo.workspace(id)));
    // Of a few users the workspaces have brought a list, which serves here, too; of many they may have brought none.
    const fresh = areMany(wallaroo.lastUsers()?.users.length);
    const users = await wallaroo.listUsers({ fresh, evenIfCut: true });
    const [first = [], ...others] = workspaces.map((workspace) =>
      workspace === undefined ? [] : ownerEmails(workspace, users),
    );
    return first.filter((email) => others.every((emails) => emails.includes(email)));
  },
});
