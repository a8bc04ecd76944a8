import { acquireLease, type Lease } from '../../db/lease.ts';
import { startHeartbeat } from '../../jobs/heartbeat.ts';
import type { WallarooClient } from '../../wallaroo/client.ts';
import type { LeaseTerm } from '../change-event.ts';
import { renewLease } from '../store/change-store.ts';
import type { ApplyParts } from './apply-parts.ts';

/** How long a dead process keeps its work from others, ms. A living one renews long before. */
const LEASE_MS = 8_000;
const RENEW_EVERY_MS = 2000;
const LOCK_WAIT_MS = 20_000;

/** The lease of a change that begins or goes on now. */
export const leaseTerm = ({ leaseNow }: Pick<ApplyParts, 'leaseNow'>): LeaseTerm => ({
  from: leaseNow(),
  ms: LEASE_MS,
});

/** Another process took over: what it does is what counts. */
export class LostLease extends Error {}

/** A change in hand: kept by a heartbeat, for as long as this process lives. */
export interface Hold {
  /** Takes the lock of all platform writes; `false` when others keep it for long. */
  lock(): Promise<boolean>;
  /**
   * Resolves if both the change and the lock were ours all the time since they were taken, and keeps them.
   * @throws LostLease
   */
  prove(): Promise<void>;
  /** Whether it came as far as a write to the platform. */
  readonly cameToWrite: boolean;
  /** The same client, whose every write is preceded by the proof, so that no kind of step can forget it. */
  fence(client: WallarooClient): WallarooClient;
  release(): Promise<void>;
}

/** Keeps the lease of a change that `owner` has just begun. */
export function holdChange(parts: ApplyParts, changeId: string, owner: string): Hold {
  const { db, log, leaseNow } = parts;
  let lock: Lease | undefined;
  const renewChange = () => renewLease(db, changeId, owner, new Date(leaseNow().getTime() + LEASE_MS));
  const prove = async (): Promise<void> => {
    if (!((await lock?.renew()) && (await renewChange()))) throw new LostLease();
  };
  let cameToWrite = false;
  const proveToWrite = async (): Promise<void> => {
    await prove();
    cameToWrite = true;
  };
  const heartbeat = startHeartbeat(RENEW_EVERY_MS, log, async () => {
    await renewChange();
    await lock?.renew();
  });
  return {
    lock: async () => {
      const name = 'platform-writes';
      lock = await acquireLease({ db, name, owner, leaseMs: LEASE_MS, now: leaseNow }, LOCK_WAIT_MS);
      return lock !== undefined;
    },
    prove,
    get cameToWrite() {
      return cameToWrite;
    },
    fence: (client) => ({
      ...client,
      setUserEnabled: (id, enabled) => client.setUserEnabled(id, enabled, proveToWrite),
      inviteUser: (email) => client.inviteUser(email, proveToWrite),
      inviteInKeycloak: (email) => client.inviteInKeycloak(email, proveToWrite),
      fixAccount: (id, fix) => client.fixAccount(id, fix, proveToWrite),
      endSessions: (id) => client.endSessions(id, proveToWrite),
      setMembership: (workspaceId, userId, role) =>
        client.setMembership(workspaceId, userId, role, proveToWrite),
    }),
    release: async () => {
      await heartbeat.stop();
      await lock?.release();
    },
  };
}
