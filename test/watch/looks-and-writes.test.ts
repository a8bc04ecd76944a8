import { expect, it } from 'vitest';
import { markRecords, ownWrites } from '../../src/changes/apply/own-writes.ts';
import { outcomeEntry } from '../../src/changes/store/change-audit.ts';
import { insertChange } from '../../src/changes/store/change-store.ts';
import { readAudit } from '../../src/db/read-audit.ts';
import type { Db } from '../../src/db/tables.ts';
import { aChange } from '../changes/a-change.ts';
import { describeOnDatabases } from '../support/databases.ts';
import { pass, WatchedWorld } from './support.ts';

/** A replica's activation of the last user, done at that moment of its own clock. */
async function activate(db: Db, at: Date): Promise<void> {
  const step = { type: 'switch', userId: 'user-7', enabled: true, label: 'user7@ex.co' } as const;
  const steps = [{ ...step, before: false, after: true }];
  const change = aChange({ id: 'C-7', origin: 'direct', state: 'applied', steps, appliedAt: at });
  await insertChange(db, change, { entry: outcomeEntry(change, at) });
}

describeOnDatabases('a look while a change ends', (open) => {
  it.each([-90_000, -1500, 0, 1500, 90_000])(
    'takes it for ours, although the clock of the other replica is %i ms ahead',
    async (aheadMs) => {
      const { db } = await open();
      const world = await WatchedWorld.start(3);
      let duringList = async (): Promise<void> => undefined;
      const watch = world.watch(db, {
        ownWrites: (since) => ownWrites(db, since),
        markRecords: () => markRecords(db),
        listUsersFresh: async () => {
          const before = world.users;
          await duringList();
          return before;
        },
      });
      await pass(watch);
      duringList = async () => {
        duringList = async () => undefined;
        world.users = world.users.map((user) => ({ ...user, enabled: user.enabled || user.id === 'user-7' }));
        await activate(db, new Date(world.now.getTime() + aheadMs));
      };
      await world.passLater(watch);
      await world.passLater(watch);
      await world.passLater(watch);
      expect(await readAudit(db, { events: ['observed'], most: 10 })).toEqual([]);
      // What somebody does after it is seen.
      world.setActive(3);
      await world.passLater(watch);
      expect(await readAudit(db, { events: ['observed'], most: 10 })).toMatchObject([{ after: 'inactive' }]);
    },
  );
});
