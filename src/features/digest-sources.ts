import { askText } from '../changes/change-texts.ts';
import { pendingChanges } from '../changes/store/change-store.ts';
import type { Db } from '../db/tables.ts';
import type { Ownerless } from '../digest/digest.ts';
import type { DigestParts } from '../digest/digest-parts.ts';
import { endsWithin } from '../jobs/time-limit.ts';
import type { WallarooClient } from '../wallaroo/client.ts';
import { WallarooError } from '../wallaroo/errors.ts';
import type { Workspace } from '../wallaroo/workspace.ts';
import { ownerlessWorkspaces } from '../workspaces/own-views.ts';

interface Parts {
  readonly db: Db;
  readonly wallaroo: Pick<WallarooClient, 'workspaces'>;
}

/** What digests tell of requests and workspaces. */
export const digestSources = (parts: Parts): Pick<DigestParts, 'ownerless' | 'pendingRequests'> => ({
  pendingRequests: async () =>
    (await pendingChanges(parts.db)).map((change) => ({ ...change, text: askText(change) })),
  ownerless: ownerless(parts),
});

/** How long a digest waits for the workspaces, ms: the rest of it has to be posted. */
const DIGEST_PATIENCE_MS = 8000;

/** Workspaces without an active owner, for the digest; `undefined` where Wallaroo does not tell. */
const ownerless =
  ({ wallaroo }: Parts) =>
  async (): Promise<Ownerless | undefined> => {
    let all: readonly Workspace[] | undefined;
    const read = async (): Promise<void> => {
      all = await wallaroo.workspaces().catch(undefinedIfDown);
    };
    await endsWithin(DIGEST_PATIENCE_MS, read, () => undefined);
    return all === undefined ? undefined : ownerlessWorkspaces(all);
  };

function undefinedIfDown(error: unknown): undefined {
  if (error instanceof WallarooError) return undefined;
  throw error;
}
