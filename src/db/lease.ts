import { setTimeout as wait } from 'node:timers/promises';
import type { Db } from './tables.ts';

const POLL_MS = 25;

/** A lease in hand. */
export interface Lease {
  /** Ours without a break since it was taken, and ours for another `leaseMs`? `false`: lost for good, so stop. */
  renew(): Promise<boolean>;
  release(): Promise<void>;
}

export interface LeaseOptions {
  readonly db: Db;
  readonly name: string;
  /** Unique to this attempt. */
  readonly owner: string;
  readonly leaseMs: number;
  /** The clock that all owners share (`database-clock.ts`). */
  readonly now: () => Date;
}

/**
 * Takes the named lease, waiting up to `waitMs` for its owner to let go. `undefined` if it stays taken. A lease
 * works between processes and on both databases, and frees itself when its owner dies.
 */
export async function acquireLease(options: LeaseOptions, waitMs: number): Promise<Lease | undefined> {
  const giveUpAt = performance.now() + waitMs;
  while (!(await tryTake(options))) {
    if (performance.now() >= giveUpAt) return undefined;
    await wait(POLL_MS);
  }
  return { renew: () => renew(options), release: () => release(options) };
}

/**
 * How far off the end of a living lease may be, ms. The clocks of two owners differ by some milliseconds, and a statement
 * may wait; an end further off than two leases was written before the clock was set back, and keeps nobody away.
 */
const furthestEndMs = (leaseMs: number): number => 2 * leaseMs;

/** One statement, so that of several takers one wins. */
async function tryTake({ db, name, owner, leaseMs, now }: LeaseOptions): Promise<boolean> {
  const at = now().getTime();
  const taken = await db
    .insertInto('lease')
    .values({ name, owner, until: at + leaseMs })
    .onConflict((conflict) =>
      conflict
        .column('name')
        .doUpdateSet({ owner, until: at + leaseMs })
        .where((where) =>
          where.or([where('lease.until', '<=', at), where('lease.until', '>', at + furthestEndMs(leaseMs))]),
        ),
    )
    .returning('owner')
    .executeTakeFirst();
  return taken !== undefined;
}

/**
 * Takes nothing: a row of another owner, or none, says that others may have used the lease meanwhile. What was counted
 * under it no longer holds then, however free it is now.
 */
async function renew({ db, name, owner, leaseMs, now }: LeaseOptions): Promise<boolean> {
  const renewed = await db
    .updateTable('lease')
    .set({ until: now().getTime() + leaseMs })
    .where('name', '=', name)
    .where('owner', '=', owner)
    .returning('owner')
    .executeTakeFirst();
  return renewed !== undefined;
}

async function release({ db, name, owner }: LeaseOptions): Promise<void> {
  await db.deleteFrom('lease').where('name', '=', name).where('owner', '=', owner).execute();
}
