import { describe, expect, it } from 'vitest';
import { databaseClock } from '../../src/db/database-clock.ts';
import { acquireLease } from '../../src/db/lease.ts';
import { testClock } from '../support/bot-kit.ts';
import { fileDatabases, postgresDatabases } from '../support/databases.ts';

const open = postgresDatabases();
const openFile = fileDatabases();
const monotonicMs = () => performance.now();
/** What three answers over the loopback may be wrong by at most, however busy the machine. */
const WITHIN_MS = 1000;

describe('the clock of leases', () => {
  it.skipIf(open === undefined)(
    'is one for replicas whose clocks are 20 s apart: what one holds the other cannot take',
    async () => {
      const { db, kind } = (await open?.()) ?? (await openFile());
      const told: string[] = [];
      const clocks = await Promise.all(
        [0, 20_000].map((ahead) =>
          databaseClock(db, kind, {
            own: () => new Date(Date.now() + ahead),
            monotonicMs,
            onFarOff: (it) => void told.push(it),
          }),
        ),
      );
      const [right, ahead] = clocks;
      expect(told).toEqual(["this machine's clock is 20 s ahead of the database's"]);
      expect(Math.abs((right?.now().getTime() ?? 0) - (ahead?.now().getTime() ?? 1e9))).toBeLessThan(
        WITHIN_MS,
      );
      expect(Math.abs((ahead?.aheadMs() ?? 0) - (right?.aheadMs() ?? 0) - 20_000)).toBeLessThan(WITHIN_MS);
      const take = (owner: string, clock = right) =>
        acquireLease({ db, name: 'work', owner, leaseMs: 8000, now: clock?.now ?? (() => new Date()) }, 0);
      expect(await take('A')).toBeDefined();
      expect(await take('B', ahead)).toBeUndefined();
    },
  );

  it.skipIf(open === undefined)('goes on rightly while the clock of the machine is set', async () => {
    const { db, kind } = (await open?.()) ?? (await openFile());
    const own = testClock(new Date().toISOString());
    let ms = 0;
    const clock = await databaseClock(db, kind, { own: own.now, monotonicMs: () => ms });
    const before = clock.now().getTime();
    own.advance(-3_600_000);
    ms += 500;
    expect(clock.now().getTime() - before).toBe(500);
    ms += 60_000;
    await clock.follow();
    expect(Math.abs(clock.now().getTime() - before)).toBeLessThan(60_000);
    expect(clock.aheadMs()).toBeLessThan(-3_500_000);
  });

  it('is the own one where all processes share a file, and so a machine', async () => {
    const { db, kind } = await openFile();
    const { now } = testClock();
    const clock = await databaseClock(db, kind, { own: now, monotonicMs });
    await clock.follow();
    expect(clock.now()).toEqual(now());
  });
});
