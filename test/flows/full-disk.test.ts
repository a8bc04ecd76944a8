import { join } from 'node:path';
import { expect, it } from 'vitest';
import { smallDisk } from '../support/small-disk.ts';
import { approve, openModal, request, saying, submit } from './requests.ts';
import { people, startWorld, type World } from './world.ts';

const STANDSTILL_MS = 1000;
const WHO = 'testuser@wallaroo.ai';

async function asked({ bot }: World, path: string) {
  const response = await fetch(`http://127.0.0.1:${bot.port}${path}`);
  return { status: response.status, body: (await response.json()) as Record<string, string> };
}

it('a full disk of the database is told by readiness, is no reason for a restart, and work goes on once there is room', async (test) => {
  const disk = smallDisk();
  if (disk === undefined) return test.skip('nothing can be mounted here');
  const settings = { DATABASE_URL: `file:${join(disk.path, 'chatops.db')}` };
  const world = await startWorld({ settings, bot: { standstillMs: STANDSTILL_MS } });
  const card = await request(world, people.mia, `/wallaroo deactivate ${WHO}`);
  await world.bot.settled();
  disk.fill();
  await expect
    .poll(() => asked(world, '/readyz'))
    .toMatchObject({ status: 503, body: { database: 'is full: make room on its disk' } });
  const beats = () => world.logs.filter(({ msg }) => String(msg).startsWith('a heartbeat failed')).length;
  // Four in the time after which silence counts as standing still.
  await expect.poll(beats, { timeout: 10_000 }).toBeGreaterThan(8);
  expect(await asked(world, '/healthz')).toMatchObject({ status: 200, body: { work: 'goes on' } });
  await openModal(world, people.ada, '/wallaroo activate ada@ex.co');
  expect((await submit(world, people.ada)).text).toContain("The bot's database is full");
  await world.slack.as(people.ada).close('all');
  expect(world.isActive('ada@ex.co')).toBe(false);
  disk.makeRoom();
  await expect.poll(async () => (await asked(world, '/readyz')).status).toBe(200);
  await approve(world, people.ada, card);
  await saying(world, card, 'Done');
  expect(world.isActive(WHO)).toBe(false);
  await world.bot.stop();
});
