import { describe, expect, it } from 'vitest';
import { approve, request, saying } from '../flows/requests.ts';
import { people, startWorld } from '../flows/world.ts';
import { startBotProcess } from '../support/bot-process.ts';
import { recordsIn } from '../support/change-records.ts';
import { postgresDatabases } from '../support/databases.ts';

const AHEAD_MS = 20_000;
/** So long the platform takes for a write, that another replica looks at it several times. */
const SLOW_MS = 2500;
const WHO = ['testuser@wallaroo.ai', 'steve@ex.co'] as const;

const open = postgresDatabases();

describe.skipIf(open === undefined)('two replicas whose clocks are 20 s apart', () => {
  it.each([AHEAD_MS, -AHEAD_MS])(
    'write each change once, and tell it once: the other one is %i ms ahead',
    async (aheadMs) => {
      const database = await open?.();
      if (database === undefined) throw new Error('no database');
      const world = await startWorld({ settings: { DATABASE_URL: database.url } });
      const other = startBotProcess(world.settings);
      other.setClock(aheadMs);
      await world.slack.until(() => world.slack.connections === 2, 30_000);
      const writes: string[] = [];
      world.wallaroo.on('request', async ({ method, path }) => {
        if (method !== 'PUT') return;
        writes.push(path);
        await new Promise((resolve) => setTimeout(resolve, SLOW_MS));
      });
      for (const who of WHO) {
        const card = await request(world, people.mia, `/wallaroo deactivate ${who}`);
        await approve(world, people.ada, card);
        await saying(world, card, 'Done');
      }
      expect(new Set(writes).size).toBe(WHO.length);
      expect(writes).toHaveLength(WHO.length);
      const { audit, changes } = await recordsIn(database.db);
      expect(changes.map(({ state }) => state)).toEqual(['applied', 'applied']);
      expect(audit.filter(({ event }) => event === 'applied')).toHaveLength(WHO.length);
      const posts = world.slack.traffic
        .calls('chat.postMessage')
        .filter(({ args }) => args.channel === 'C0APPROVALS');
      expect(posts.filter(({ args }) => args.thread_ts === undefined)).toHaveLength(WHO.length);
      await Promise.all([other.kill(), world.bot.stop()]);
    },
    60_000,
  );
});
