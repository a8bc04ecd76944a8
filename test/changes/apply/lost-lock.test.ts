import { expect, it } from 'vitest';
import { findChange } from '../../../src/changes/store/change-store.ts';
import type { WallarooClient } from '../../../src/wallaroo/client.ts';
import { describeOnDatabases } from '../../support/databases.ts';
import { SEATS, stage } from './stage.ts';

/** Longer than any lease. */
const ASLEEP_MS = 30_000;

describeOnDatabases('a replica that sleeps while it holds the lock of platform writes', (open) => {
  it.each(['while it counts the seats', 'before_write'] as const)(
    'goes on with nothing, %s: five of five seats are taken, not six',
    async (when) => {
      const { db } = await open();
      const { clock, client, replica, taken, asked } = stage(db);
      await asked('C-SLOW', 'olga@ex.co');
      await asked('C-QUICK', 'asteve@ex.co');
      const quick = replica({}, undefined, async () => undefined);
      const asleep = async () => {
        clock.advance(ASLEEP_MS);
        await quick('C-QUICK');
      };
      let counted = false;
      const listUsers: WallarooClient['listUsers'] = async (options) => {
        const users = await client.listUsers(options);
        if (when !== 'before_write' && !counted) {
          counted = true;
          await asleep();
        }
        return users;
      };
      const slow = replica({ listUsers }, when === 'before_write' ? when : undefined, asleep);
      await slow('C-SLOW');
      expect(taken()).toBeLessThanOrEqual(SEATS);
      clock.advance(ASLEEP_MS);
      await quick('C-SLOW');
      await quick('C-QUICK');
      expect(taken()).toBe(SEATS);
      const states = await Promise.all(
        ['C-SLOW', 'C-QUICK'].map(async (id) => (await findChange(db, id))?.state),
      );
      expect(states.filter((state) => state === 'applied')).toHaveLength(1);
    },
  );

  it('records nothing of a change that another replica has taken over meanwhile', async () => {
    const { db } = await open();
    const { clock, replica, taken, asked } = stage(db);
    await asked('C-1', 'olga@ex.co');
    const quick = replica({}, undefined, async () => undefined);
    const slow = replica({}, 'after_write', async () => {
      clock.advance(ASLEEP_MS);
      await quick('C-1');
    });
    expect((await slow('C-1'))?.state).toBe('applied');
    expect(taken()).toBe(SEATS);
    expect(await db.selectFrom('audit').select('event').execute()).toEqual([{ event: 'applied' }]);
  });
});
