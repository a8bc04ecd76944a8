import { afterEach, expect, it, vi } from 'vitest';
import { findChange } from '../../../src/changes/store/change-store.ts';
import { acquireLease } from '../../../src/db/lease.ts';
import { describeOnDatabases } from '../../support/databases.ts';
import { stage } from './stage.ts';

/** More than any change is tried that Wallaroo keeps no answer from. */
const WAITS = 25;
const SECOND_MS = 1000;
const LEASE_MS = 8 * SECOND_MS;
/** Between two tries. */
const LONGEST_PAUSE_MS = 30 * SECOND_MS;

afterEach(() => void vi.restoreAllMocks());

/** What waits for the lock has waited for long each time that it looks at the clock. */
function waitInNoTime(): void {
  let at = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => {
    at += 60_000;
    return at;
  });
}

describeOnDatabases('a change that waits for others to let go of the lock of platform writes', (open) => {
  it('uses no try up: a fault of the first real try is not its last', async () => {
    const { db } = await open();
    const { clock, replica, asked } = stage(db);
    await asked('C-1', 'olga@ex.co');
    const busy = replica({}, undefined, async () => undefined);
    const lock = await acquireLease(
      { db, name: 'platform-writes', owner: 'other', leaseMs: LEASE_MS, now: clock.now },
      0,
    );
    waitInNoTime();
    for (let wait = 0; wait < WAITS; wait += 1) {
      const waiting = await busy('C-1');
      expect(waiting).toMatchObject({ state: 'approved', lastFault: { code: 'busy' } });
      // Never at once: it is looked at again after a pause.
      expect(waiting?.notBefore?.getTime()).toBeGreaterThan(clock.now().getTime());
      clock.advance(LONGEST_PAUSE_MS);
      await lock?.renew();
    }
    vi.restoreAllMocks();
    await lock?.release();
    const away = async () => {
      throw new Error('the database was away for a moment');
    };
    await replica({ listUsers: away }, undefined, async () => undefined)('C-1');
    expect(await findChange(db, 'C-1')).toMatchObject({ state: 'approved' });
    clock.advance(LONGEST_PAUSE_MS);
    expect((await busy('C-1'))?.state).toBe('applied');
    const trail = await db.selectFrom('audit').select('event').orderBy('seq').execute();
    expect(trail.map(({ event }) => event)).toEqual(['postponed', 'applied']);
  });

  it('tells who asked of the outcome: they had to wait for it', async () => {
    const { db } = await open();
    const { clock, replica, asked } = stage(db);
    await asked('C-1', 'olga@ex.co');
    const run = replica({}, undefined, async () => undefined);
    const lock = await acquireLease(
      { db, name: 'platform-writes', owner: 'other', leaseMs: LEASE_MS, now: clock.now },
      0,
    );
    waitInNoTime();
    expect(await run('C-1')).toMatchObject({ state: 'approved', lastFault: { code: 'busy' } });
    vi.restoreAllMocks();
    await lock?.release();
    clock.advance(2 * SECOND_MS);
    await run('C-1');
    const cards = await db.selectFrom('card').select('place').orderBy('place').execute();
    expect(cards.map(({ place }) => place)).toEqual(['approvals', 'dm:U0ADA']);
  });
});
