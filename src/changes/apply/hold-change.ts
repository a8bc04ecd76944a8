import { acquireLease, type Lease } from '../../db/lease.ts';
import { startHeartbeat } from '../../jobs/heartbeat.ts';
import { renewLease } from '../store/change-store.ts';
import type { ApplyParts } from './apply-parts.ts';

/**
 * How long a dead process keeps its work from others, ms. It bounds how far the clocks of replicas may be apart, too: a
 * living process renews long before.
 */
export const LEASE_MS = 8_000;
const RENEW_EVERY_MS = 2000;
const LOCK_WAIT_MS = 20_000;

/** A change in hand: kept by a heartbeat, for as long as this process lives. */
export interface Hold {
  /** Takes the lock of all platform writes; `false` when others keep it for long. */
  lock(): Promise<boolean>;
  /** Whether the lock is still ours. */
  isLocked(): Promise<boolean>;
  release(): Promise<void>;
}

/** Keeps the lease of a change that `owner` has just begun. */
export function holdChange(parts: ApplyParts, changeId: string, owner: string): Hold {
  const { db, log, now } = parts;
  let lock: Lease | undefined;
  const heartbeat = startHeartbeat(RENEW_EVERY_MS, log, async () => {
    await renewLease(db, changeId, owner, new Date(now().getTime() + LEASE_MS));
    await lock?.renew();
  });
  return {
    lock: async () => {
      lock = await acquireLease({ db, name: 'platform-writes', owner, leaseMs: LEASE_MS, now }, LOCK_WAIT_MS);
      return lock !== undefined;
    },
    isLocked: async () => (await lock?.renew()) === true,
    release: async () => {
      await heartbeat.stop();
      await lock?.release();
    },
  };
}
