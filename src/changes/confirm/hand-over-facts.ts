import type { WallarooClient } from '../../wallaroo/client.ts';
import { WallarooError } from '../../wallaroo/errors.ts';
import type { Workspace } from '../../wallaroo/workspace.ts';

/** The workspaces of which any of these users is a member; `undefined` where they cannot be read. */
export async function workspacesOfAll(
  { workspaces }: Pick<WallarooClient, 'workspaces'>,
  userIds: readonly string[],
): Promise<readonly Workspace[] | undefined> {
  const read = await Promise.all(userIds.map((memberId) => workspaces({ memberId }).catch(unreadable)));
  if (read.includes(undefined)) return undefined;
  const found = read.flatMap((some) => some ?? []);
  return [...new Map(found.map((workspace) => [workspace.id, workspace])).values()];
}

/** That workspaces, or the life of tokens, cannot be read must not keep anybody from deciding. */
export function unreadable(error: unknown): undefined {
  if (error instanceof WallarooError) return undefined;
  throw error;
}
