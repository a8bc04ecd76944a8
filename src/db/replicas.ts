import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import type { Db } from './tables.ts';

/** How long a replica elsewhere may be silent before it counts as dead, ms. */
export const SILENT_MS = 60_000;
/** How often a replica shows in that time that it lives. */
export const BEATS = 4;

/** This process among those that use the database. */
export interface Replica {
  /** Lets replicas on other machines know that this one lives. */
  beat(): Promise<void>;
  leave(): Promise<void>;
}

/**
 * Enters this process among those that use the database. Where it is the only one alive, whatever the dead held
 * (leases, claims on messages) is free at once instead of when it runs out. Must come before any work begins.
 * `now` is the clock that all replicas share.
 */
export async function joinReplicas(db: Db, id: string, now: () => Date): Promise<Replica> {
  const here = { id, machine: machine(), pid: process.pid };
  const enter = async (into: Db): Promise<void> => {
    const seenAt = now().getTime();
    await into
      .insertInto('instance')
      .values({ ...here, seenAt })
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ seenAt }))
      .execute();
  };
  await db.transaction().execute(async (trx) => {
    await oneAtATime(trx);
    const others = await trx.selectFrom('instance').selectAll().execute();
    const dead = others.filter((other) => !mayLive(other, here.machine, now()));
    if (dead.length > 0)
      await trx
        .deleteFrom('instance')
        .where(
          'id',
          'in',
          dead.map((other) => other.id),
        )
        .execute();
    if (dead.length === others.length) await freeAll(trx);
    await enter(trx);
  });
  return {
    beat: () => enter(db),
    leave: async () => {
      await db.deleteFrom('instance').where('id', '=', id).execute();
    },
  };
}

/** Locks a row until the end of the transaction, so that of two that start at once the second sees the first. */
async function oneAtATime(trx: Db): Promise<void> {
  await trx
    .insertInto('lease')
    .values({ name: 'joining', owner: '', until: 0 })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ until: 0 }))
    .execute();
}

interface Whereabouts {
  readonly machine: string;
  readonly pid: number;
  readonly seenAt: number;
}

/** Of this machine's processes one can ask the system; of others the clock has to tell. */
function mayLive(other: Whereabouts, here: string, now: Date): boolean {
  if (other.machine !== here) return other.seenAt > now.getTime() - SILENT_MS;
  try {
    // Signal 0 only asks whether there is such a process.
    return process.kill(other.pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/**
 * Process ids mean something within one host, and there within one container. Two machines may have one hostname, and
 * outside containers the same number of a namespace, but never one id of the boot.
 */
function machine(): string {
  const boot = told(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim());
  return [hostname(), boot, told(() => readlinkSync('/proc/self/ns/pid'))].join(' ');
}

/** What Linux alone tells; elsewhere nothing. */
function told(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}

/** Ends all leases and claims. What a claimed message shows by now counts as unknown. */
async function freeAll(trx: Db): Promise<void> {
  await trx.deleteFrom('lease').where('name', '!=', 'joining').execute();
  await trx.updateTable('change').set({ leaseUntil: 0 }).where('state', '=', 'applying').execute();
  for (const table of ['card', 'digestRun', 'licenseWarning', 'homeViewer'] as const)
    await trx
      .updateTable(table)
      .set({ claim: null, notBefore: 0, shown: null })
      .where('attempts', '>', 0)
      .execute();
  await trx.updateTable('homeViewer').set({ claimedUntil: 0 }).where('claimedUntil', '>', 0).execute();
}
