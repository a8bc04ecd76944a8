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
 * taken away without an answer does not count, and none of `alsoGone`. Where the platform does not tell who is active, only those
 * that have no other OWNER at all: what cannot be read keeps nobody from deactivating.
 */
export async function orphansOf(
  { db, log, wallaroo }: Pick<ApplyParts, 'db' | 'log' | 'wallaroo'>,
  userId: string,
  changeId: string,
  alsoGone: readonly string[] = [],
): Promise<readonly Orphan[]> {
  const unread = (error: unknown): undefined => {
    if (!(error instanceof WallarooError)) throw error;
    const keepsNobody = 'workspaces without another active owner could not be read: none of them is kept';
    log.warn({ err: error, change: changeId }, keepsNobody);
  };
  const theirs = (await wallaroo.workspacesOf(userId).catch(unread)) ?? [];
  const owned = theirs.filter(({ role, name }) => role === 'OWNER' && !isDefaultName(name));
  const others = await wallaroo.usersNow(owned.flatMap(({ otherOwnerIds }) => otherOwnerIds)).catch(unread);
  const active = others && new Set(others.filter(({ enabled }) => enabled).map(({ id }) => id));
  // After the platform was read: what is settled by now, it has shown.
  const ownersLeavingOf = await ownersLeaving(db, changeId);
  return owned
    .filter(({ workspaceId, otherOwnerIds }) => {
      const gone = new Set([...ownersLeavingOf(workspaceId), ...alsoGone]);
      const left = otherOwnerIds.filter((id) => !gone.has(id));
      return left.length === 0 || (active !== undefined && !left.some((id) => active.has(id)));
    })
    .map(({ workspaceId, name }) => ({ id: workspaceId, name }));
}
