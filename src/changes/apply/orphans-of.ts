import { hasActiveOwner } from '../../access/workspace-rules.ts';
import { WallarooError } from '../../wallaroo/errors.ts';
import { isDefaultName } from '../../wallaroo/workspace.ts';
import type { ApplyParts } from './apply-parts.ts';
import { ownersLeaving } from './owners-leaving.ts';

interface Orphan {
  readonly id: number;
  readonly name: string;
}

/**
 * The workspaces of which nobody active is OWNER but this user, past every cache. An owner whom another change may have
 * taken away without an answer does not count, and none of `alsoGone`. None where they cannot be read: that keeps nobody from
 * deactivating.
 */
export async function orphansOf(
  { db, log, wallaroo }: Pick<ApplyParts, 'db' | 'log' | 'wallaroo'>,
  userId: string,
  changeId: string,
  alsoGone: readonly string[] = [],
): Promise<readonly Orphan[]> {
  const gone = async (workspaceId: number) =>
    new Set([...(await ownersLeaving(db, workspaceId, changeId)), userId, ...alsoGone]);
  try {
    const owned = (await wallaroo.workspacesOf(userId)).filter(
      ({ role, name }) => role === 'OWNER' && !isDefaultName(name),
    );
    const orphans: Orphan[] = [];
    for (const { workspaceId, name, otherOwners } of owned) {
      const workspace = otherOwners === 0 ? undefined : await wallaroo.workspace(workspaceId);
      const isKept = workspace !== undefined && hasActiveOwner(workspace, await gone(workspaceId));
      if (!isKept) orphans.push({ id: workspaceId, name });
    }
    return orphans;
  } catch (error) {
    if (!(error instanceof WallarooError)) throw error;
    log.warn(
      { err: error, change: changeId },
      'workspaces without another active owner could not be read: none is kept',
    );
    return [];
  }
}
