import { hasActiveOwner } from '../../access/workspace-rules.ts';
import { WallarooError } from '../../wallaroo/errors.ts';
import { isDefaultName, memberIn } from '../../wallaroo/workspace.ts';
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
  try {
    const owned = (await wallaroo.workspacesOf(userId)).filter(
      ({ role, name }) => role === 'OWNER' && !isDefaultName(name),
    );
    if (owned.every(({ otherOwners }) => otherOwners === 0))
      return owned.map(({ workspaceId, name }) => ({ id: workspaceId, name }));
    const theirs = await wallaroo.workspaces({ memberId: userId, fresh: true });
    // After the platform was read: what is settled by now, it has shown.
    const leavingOf = await ownersLeaving(db, changeId);
    return theirs
      .filter((one) => !one.archived && !one.isDefault && memberIn(one, userId)?.role === 'OWNER')
      .filter((one) => !hasActiveOwner(one, new Set([...leavingOf(one.id), userId, ...alsoGone])))
      .map(({ id, name }) => ({ id, name }));
  } catch (error) {
    if (!(error instanceof WallarooError)) throw error;
    log.warn(
      { err: error, change: changeId },
      'workspaces without another active owner could not be read: none is kept',
    );
    return [];
  }
}
