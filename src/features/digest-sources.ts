import { askText } from '../changes/change-texts.ts';
import { pendingChanges } from '../changes/store/change-store.ts';
import type { Db } from '../db/tables.ts';
import type { Ownerless } from '../digest/digest.ts';
import type { DigestParts } from '../digest/digest-parts.ts';
import { valueWithin } from '../jobs/time-limit.ts';
import type { WallarooClient } from '../wallaroo/client.ts';
import { orIfDown } from '../wallaroo/errors.ts';
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
    const all = await valueWithin(DIGEST_PATIENCE_MS, () => wallaroo.workspaces().catch(orIfDown(undefined)));
    return all === undefined ? undefined : ownerlessWorkspaces(all);
  };
