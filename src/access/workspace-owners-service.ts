import type { WallarooClient } from '../wallaroo/client.ts';
import { ownerEmails } from './workspace-rules.ts';

export interface WorkspaceOwnersParts {
  readonly wallaroo: Pick<WallarooClient, 'listUsers' | 'workspace'>;
  /** Setting WORKSPACE_OWNERS_DECIDE. */
  readonly ownersDecide: boolean;
}

const EMAIL_KEY = /^email:/;

/** Who decides about workspaces beside the administrators: their active OWNERs, each known by exactly their email. */
export class WorkspaceOwners {
  readonly #parts: WorkspaceOwnersParts;

  constructor(parts: WorkspaceOwnersParts) {
    this.#parts = parts;
  }

  /**
   * Whether the person known by these keys is an active OWNER of each of these workspaces, of which there is one at least.
   * Their email is among the keys only where Slack has found it confirmed.
   */
  async own(personKeys: readonly string[], workspaceIds: readonly number[]): Promise<boolean> {
    const emails = personKeys.filter((key) => EMAIL_KEY.test(key)).map((key) => key.replace(EMAIL_KEY, ''));
    if (emails.length === 0) return false;
    const common = await this.emailsOf(workspaceIds);
    return emails.some((email) => common.includes(email));
  }

  /** The emails, in small letters, of those who are an active OWNER of each of these workspaces; of several accounts that share one, of none. */
  async emailsOf(workspaceIds: readonly number[]): Promise<readonly string[]> {
    const { wallaroo, ownersDecide } = this.#parts;
    if (!ownersDecide || workspaceIds.length === 0) return [];
    const users = await wallaroo.listUsers({ evenIfCut: true });
    const [first = [], ...others] = await Promise.all(
      [...new Set(workspaceIds)].map(async (id) => {
        const workspace = await wallaroo.workspace(id);
        return workspace === undefined ? [] : ownerEmails(workspace, users);
      }),
    );
    return first.filter((email) => others.every((emails) => emails.includes(email)));
  }
}
