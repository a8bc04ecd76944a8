import { WallarooError } from '../../wallaroo/errors.ts';
import { activeOwners, isDefaultName } from '../../wallaroo/workspace.ts';
import type { ApplyParts } from './apply-parts.ts';
import { ownersLeaving } from './owners-leaving.ts';

interface Orphan {
  readonly id: number;
  readonly name: string;
}

/**
 * The workspaces of which nobody active is OWNER but this user, past every cache. An owner whom another change may have
 * taken away without an answer does not count. None where they cannot be read: that keeps nobody from deactivating.
 */
export async function orphansOf(
  { db, wallaroo }: Pick<ApplyParts, 'db' | 'wallaroo'>,
  userId: string,
  changeId: string,
): Promise<readonly Orphan[]> {
  try {
    const owned = (await wallaroo.workspacesOf(userId)).filter(
      ({ role, name }) => role === 'OWNER' && !isDefaultName(name),
    );
    const orphans: Orphan[] = [];
    for (const { workspaceId, name, otherOwners } of owned) {
      const workspace = otherOwners === 0 ? undefined : await wallaroo.workspace(workspaceId);
      const leaving = await ownersLeaving(db, workspaceId, changeId);
      const others = (workspace === undefined ? [] : activeOwners(workspace)).filter(
        (owner) => owner.userId !== userId && !leaving.has(owner.userId),
      );
      if (others.length === 0) orphans.push({ id: workspaceId, name });
    }
    return orphans;
  } catch (error) {
    if (error instanceof WallarooError) return [];
    throw error;
  }
}
