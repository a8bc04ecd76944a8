import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { acquireLease } from '../../src/db/lease.ts';
import { joinReplicas } from '../../src/db/replicas.ts';
import type { Db } from '../../src/db/tables.ts';
import { describeOnDatabases } from '../support/databases.ts';

const now = () => new Date('2026-11-25T08:00:00Z');
const secondsAgo = (seconds: number): number => now().getTime() - seconds * 1000;

/** The id of a process that has ended. */
async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
  await once(child, 'exit');
  return child.pid ?? 0;
}

async function holdLease(db: Db): Promise<void> {
  await acquireLease({ db, name: 'work', owner: 'somebody', leaseMs: 60_000, now }, 0);
}

const isHeld = async (db: Db): Promise<boolean> =>
  (await db.selectFrom('lease').select('name').where('name', '=', 'work').execute()).length === 1;

describeOnDatabases('joinReplicas', (open) => {
  it('frees at once what a process held that is no more', async () => {
    const { db } = await open();
    await joinReplicas(db, 'one', now);
    await db
      .updateTable('instance')
      .set({ pid: await deadPid() })
      .execute();
    await holdLease(db);
    await joinReplicas(db, 'two', now);
    expect(await isHeld(db)).toBe(false);
    expect(await db.selectFrom('instance').select('id').execute()).toEqual([{ id: 'two' }]);
  });

  it('leaves a process that lives what it holds', async () => {
    const { db } = await open();
    await joinReplicas(db, 'one', now);
    await holdLease(db);
    await joinReplicas(db, 'two', now);
    expect(await isHeld(db)).toBe(true);
  });

  it.each([
    ['leaves', 30, true],
    ['frees', 90, false],
  ])('%s what a replica elsewhere holds that was heard of %i seconds ago', async (_does, seconds, held) => {
    const { db } = await open();
    await joinReplicas(db, 'one', now);
    await db
      .updateTable('instance')
      .set({ machine: 'elsewhere', pid: 1, seenAt: secondsAgo(seconds) })
      .execute();
    await holdLease(db);
    await joinReplicas(db, 'two', now);
    expect(await isHeld(db)).toBe(held);
  });

  it('leaves what a replica on another machine of the same name holds, whose process id nobody has here', async () => {
    const { db } = await open();
    await joinReplicas(db, 'one', now);
    const [{ machine } = { machine: '' }] = await db.selectFrom('instance').select('machine').execute();
    const [boot] = /[0-9a-f-]{36}/.exec(machine) ?? [''];
    const elsewhere = machine.replace(boot, '11111111-2222-3333-4444-555555555555');
    await db
      .updateTable('instance')
      .set({ machine: elsewhere, pid: await deadPid() })
      .execute();
    await holdLease(db);
    await joinReplicas(db, 'two', now);
    expect(await isHeld(db)).toBe(true);
  });

  it('lets of several that start at once only the first find nobody', async () => {
    const { db } = await open();
    let held = false;
    const start = async (id: string) => {
      await joinReplicas(db, id, now);
      if (!held) {
        held = true;
        await holdLease(db);
      }
    };
    await Promise.all(['one', 'two', 'three'].map(start));
    expect(await isHeld(db)).toBe(true);
  });

  it('forgets a replica that leaves, and knows again one that others took for dead', async () => {
    const { db } = await open();
    const one = await joinReplicas(db, 'one', now);
    await db.deleteFrom('instance').execute();
    await one.beat();
    expect(await db.selectFrom('instance').select('id').execute()).toEqual([{ id: 'one' }]);
    await one.leave();
    expect(await db.selectFrom('instance').select('id').execute()).toEqual([]);
  });
});
