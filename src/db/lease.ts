import { setTimeout as wait } from 'node:timers/promises';
import type { Db } from './tables.ts';

const POLL_MS = 25;

/** A lease in hand. */
export interface Lease {
  /** Still ours, and ours for another `leaseMs`? `false`: somebody else may have it, so stop. */
  renew(): Promise<boolean>;
  release(): Promise<void>;
}

export interface LeaseOptions {
  readonly db: Db;
  readonly name: string;
  /** Unique to this attempt. */
  readonly owner: string;
  readonly leaseMs: number;
  readonly now: () => Date;
}

/**
 * Takes the named lease, waiting up to `waitMs` for whoever has it. `undefined` if it stays taken. A lease
 * works between processes and on both databases, and frees itself when its owner dies.
 */
export async function acquireLease(options: LeaseOptions, waitMs: number): Promise<Lease | undefined> {
  const giveUpAt = performance.now() + waitMs;
  while (!(await tryTake(options))) {
    if (performance.now() >= giveUpAt) return undefined;
    await wait(POLL_MS);
  }
  return { renew: () => tryTake(options), release: () => release(options) };
}

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
        .where((where) => where.or([where('lease.owner', '=', owner), where('lease.until', '<=', at)])),
    )
    .returning('owner')
    .executeTakeFirst();
  return taken !== undefined;
}

async function release({ db, name, owner }: LeaseOptions): Promise<void> {
  await db.deleteFrom('lease').where('name', '=', name).where('owner', '=', owner).execute();
}
