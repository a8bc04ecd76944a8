import { askText } from '../changes/change-texts.ts';
import { pendingChanges } from '../changes/store/change-store.ts';
import type { Config } from '../config.ts';
import type { Core } from '../core.ts';
import type { Db } from '../db/tables.ts';
import type { Ownerless } from '../digest/digest.ts';
import type { DigestSources } from '../digest/digest-parts.ts';
import { valueWithin } from '../jobs/time-limit.ts';
import type { LicenseRules } from '../license/license-desk.ts';
import { accountFaults } from '../users/account-faults.ts';
import type { WallarooClient } from '../wallaroo/client.ts';
import { orIfDown } from '../wallaroo/errors.ts';
import { ownerlessWorkspaces } from '../workspaces/own-views.ts';

interface Parts {
  readonly config: Pick<Config, 'IDLE_DAYS' | 'WALLAROO_AUTH_URL'>;
  readonly core: Pick<Core, 'activeUntil' | 'idleSince' | 'mayBeDeactivated'>;
  readonly db: Db;
  readonly now: () => Date;
  readonly rules: LicenseRules;
  readonly wallaroo: Pick<WallarooClient, 'listUsers' | 'workspaces'>;
}

/** From what digests are computed, those that are posted and that of the command line. */
export const digestSources = (parts: Parts): DigestSources => {
  const { config, core, db, now, rules, wallaroo } = parts;
  return {
    db,
    now,
    rules,
    idleDays: config.IDLE_DAYS,
    authUrl: config.WALLAROO_AUTH_URL,
    listUsers: () => wallaroo.listUsers(),
    mayBeDeactivated: core.mayBeDeactivated,
    idleSince: core.idleSince,
    activeUntil: core.activeUntil,
    accountFaults,
    pendingRequests: async () =>
      (await pendingChanges(db)).map((change) => ({ ...change, text: askText(change) })),
    ownerless: ownerless(parts),
  };
};

/** How long a digest waits for the workspaces, ms: the rest of it has to be posted. */
const DIGEST_PATIENCE_MS = 8000;

/** Workspaces without an active owner, for the digest; `undefined` where Wallaroo does not tell. */
const ownerless =
  ({ wallaroo }: Pick<Parts, 'wallaroo'>) =>
  async (): Promise<Ownerless | undefined> => {
    const all = await valueWithin(DIGEST_PATIENCE_MS, () => wallaroo.workspaces().catch(orIfDown(undefined)));
    return all === undefined ? undefined : ownerlessWorkspaces(all);
  };
