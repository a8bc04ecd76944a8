import { expect, it } from 'vitest';
import { acquireLease } from '../../src/db/lease.ts';
import type { Db } from '../../src/db/tables.ts';
import { testClock } from '../support/bot-kit.ts';
import { describeOnDatabases } from '../support/databases.ts';

const LEASE_MS = 8000;

describeOnDatabases('a lease', (open) => {
  const taker = (db: Db, clock: ReturnType<typeof testClock>) => async (owner: string) => {
    const lease = await acquireLease({ db, name: 'work', owner, leaseMs: LEASE_MS, now: clock.now }, 0);
    if (lease === undefined) throw new Error(`${owner} could not take the lease`);
    return lease;
  };

  it('is lost to an owner who slept while another took, used and released it', async () => {
    const { db } = await open();
    const clock = testClock();
    const take = taker(db, clock);
    const sleeper = await take('A');
    clock.advance(LEASE_MS);
    const other = await take('B');
    expect(await other.renew()).toBe(true);
    await other.release();
    expect(await sleeper.renew()).toBe(false);
    await sleeper.release();
    expect(await (await take('C')).renew()).toBe(true);
  });

  it('is lost to an owner who slept while another has it, and leaves it to that one', async () => {
    const { db } = await open();
    const clock = testClock();
    const take = taker(db, clock);
    const sleeper = await take('A');
    clock.advance(LEASE_MS);
    const other = await take('B');
    expect(await sleeper.renew()).toBe(false);
    await sleeper.release();
    expect(await other.renew()).toBe(true);
  });

  it('stays with an owner who slept while nobody else came', async () => {
    const { db } = await open();
    const clock = testClock();
    const take = taker(db, clock);
    const sleeper = await take('A');
    clock.advance(10 * LEASE_MS);
    expect(await sleeper.renew()).toBe(true);
    await expect(take('B')).rejects.toThrow('could not take');
  });

  it('is not taken from a living owner by a process whose clock is a little behind', async () => {
    const { db } = await open();
    const clock = testClock();
    const owner = await taker(db, clock)('A');
    const behind = { ...clock, now: () => new Date(clock.now().getTime() - 50) };
    await expect(taker(db, behind)('B')).rejects.toThrow('could not take');
    expect(await owner.renew()).toBe(true);
  });

  it('of a dead owner keeps nobody away once the clock is set back', async () => {
    const { db } = await open();
    const clock = testClock();
    const take = taker(db, clock);
    await take('A');
    clock.advance(-3_600_000);
    expect(await (await take('B')).renew()).toBe(true);
  });
});
