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
  try {
    const owned = (await wallaroo.workspacesOf(userId)).filter(
      ({ role, name }) => role === 'OWNER' && !isDefaultName(name),
    );
    const others = await wallaroo.usersNow(owned.flatMap(({ otherOwnerIds }) => otherOwnerIds));
    const active = new Set(others.filter(({ enabled }) => enabled).map(({ id }) => id));
    // After the platform was read: what is settled by now, it has shown.
    const ownersLeavingOf = await ownersLeaving(db, changeId);
    return owned
      .filter(({ workspaceId, otherOwnerIds }) => {
        const gone = new Set([...ownersLeavingOf(workspaceId), ...alsoGone]);
        return !otherOwnerIds.some((id) => active.has(id) && !gone.has(id));
      })
      .map(({ workspaceId, name }) => ({ id: workspaceId, name }));
  } catch (error) {
    if (!(error instanceof WallarooError)) throw error;
    log.warn(
      { err: error, change: changeId },
      'workspaces without another active owner could not be read: none is kept',
    );
    return [];
  }
}
