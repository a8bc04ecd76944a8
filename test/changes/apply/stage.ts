import { pino } from 'pino';
import { communitySeed } from '../../../sandbox/wallaroo/seeds/community-seed.ts';
import { WallarooState } from '../../../sandbox/wallaroo/state.ts';
import { placesOf } from '../../../src/changes/announce/card-places.ts';
import { applyChange } from '../../../src/changes/apply/apply-change.ts';
import type { ApplyParts } from '../../../src/changes/apply/apply-parts.ts';
import type { FaultPoint } from '../../../src/changes/apply/fault-point.ts';
import { newChange } from '../../../src/changes/ask/ask.ts';
import { insertChange } from '../../../src/changes/store/change-store.ts';
import type { Db } from '../../../src/db/tables.ts';
import { namesOf } from '../../../src/license/seats.ts';
import type { WallarooClient } from '../../../src/wallaroo/client.ts';
import { createModelPlatform } from '../../model/model-platform.ts';
import { testClock } from '../../support/bot-kit.ts';

export const SEATS = 5;
/** A platform of five seats, four of them taken, and two replicas that share a database. */
export function stage(db: Db) {
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
      placesOf: (change) => placesOf(change, 'C0APPROVALS'),
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
