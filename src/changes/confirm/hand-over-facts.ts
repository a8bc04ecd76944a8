import type { WallarooClient } from '../../wallaroo/client.ts';
import { orIfDown } from '../../wallaroo/errors.ts';
import type { Workspace } from '../../wallaroo/workspace.ts';

/** The workspaces of which any of these users is a member; `undefined` where they cannot be read. */
export async function workspacesOfAll(
  { workspaces }: Pick<WallarooClient, 'workspaces'>,
  userIds: readonly string[],
): Promise<readonly Workspace[] | undefined> {
  const read = await Promise.all(
    userIds.map((memberId) => workspaces({ memberId }).catch(orIfDown(undefined))),
  );
  if (read.includes(undefined)) return undefined;
  const found = read.flatMap((some) => some ?? []);
  return [...new Map(found.map((workspace) => [workspace.id, workspace])).values()];
}
