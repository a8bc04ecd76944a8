import { pino } from 'pino';
import { expect, it } from 'vitest';
import { communitySeed } from '../../../sandbox/wallaroo/seeds/community-seed.ts';
import { WallarooState } from '../../../sandbox/wallaroo/state.ts';
import { applyChange } from '../../../src/changes/apply/apply-change.ts';
import type { ApplyParts } from '../../../src/changes/apply/apply-parts.ts';
import type { FaultPoint } from '../../../src/changes/apply/fault-point.ts';
import { newChange } from '../../../src/changes/ask/ask.ts';
import { findChange, insertChange } from '../../../src/changes/store/change-store.ts';
import type { Db } from '../../../src/db/tables.ts';
import { namesOf } from '../../../src/license/seats.ts';
import type { WallarooClient } from '../../../src/wallaroo/client.ts';
import { createModelPlatform } from '../../model/model-platform.ts';
import { testClock } from '../../support/bot-kit.ts';
import { describeOnDatabases } from '../../support/databases.ts';

const SEATS = 5;
/** Longer than any lease. */
const ASLEEP_MS = 30_000;

/** A platform of five seats, four of them taken, and two replicas that share a database. */
function stage(db: Db) {
  const clock = testClock();
  const state = new WallarooState(communitySeed({ seats: SEATS, now: clock.now() }), clock.now);
  const { client } = createModelPlatform(state, 'chatops@ex.co');
  let ids = 0;
  const replica = (
    over: Partial<WallarooClient>,
    sleepsAt: FaultPoint | undefined,
    sleep: () => Promise<void>,
  ) => {
    let slept = false;
    const parts: ApplyParts = {
      db,
      log: pino({ level: 'silent' }),
      now: clock.now,
      leaseNow: clock.now,
      random: () => 0.5,
      newId: () => `owner-${ids++}`,
      wallaroo: { ...client, ...over },
      license: { edition: 'community', seats: SEATS, warnAt: SEATS - 1 },
      exempt: namesOf([]),
      protectedUsers: namesOf([]),
      faultPoint: async (point) => {
        if (point !== sleepsAt || slept) return;
        slept = true;
        await sleep();
      },
      ended: () => undefined,
      placesOf: () => [],
    };
    return (id: string) => applyChange(parts, id);
  };
  return {
    clock,
    client,
    replica,
    taken: () => [...state.users.values()].filter((user) => user.enabled && !user.serviceAccount).length,
    asked: async (id: string, label: string) => {
      const { id: userId } = state.user(label);
      const change = newChange(
        {
          id,
          steps: [{ type: 'switch', userId, enabled: true, label, before: undefined, after: undefined }],
          reason: '',
          seatsShown: { taken: 4, after: 5, seats: SEATS },
          requester: { userId: 'U0ADA', email: undefined, personKeys: ['U0ADA'], administrator: true },
        },
        clock.now(),
        undefined,
      );
      await insertChange(db, change, {});
    },
  };
}

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
