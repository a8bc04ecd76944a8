import type { WallarooClient } from '../wallaroo/client.ts';
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
  readonly wallaroo: Pick<WallarooClient, 'listUsers' | 'workspace'>;
  /** Setting WORKSPACE_OWNERS_DECIDE. */
  readonly ownersDecide: boolean;
}): WorkspaceOwners => ({
  emailsOf: async (workspaceIds) => {
    if (!ownersDecide || workspaceIds.length === 0) return [];
    const [users, ...workspaces] = await Promise.all([
      // Asked for at once, one listing serves all.
      wallaroo.listUsers({ fresh: true, evenIfCut: true }),
      ...[...new Set(workspaceIds)].map((id) => wallaroo.workspace(id)),
    ]);
    const [first = [], ...others] = workspaces.map((workspace) =>
      workspace === undefined ? [] : ownerEmails(workspace, users),
    );
    return first.filter((email) => others.every((emails) => emails.includes(email)));
  },
});
