import { expect, test } from 'vitest';
import { logIn } from '../sandbox/wallaroo/support.ts';
import { readRecords } from '../support/change-records.ts';
import { openModal, submit } from './requests.ts';
import { people, startWorld, type World } from './world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Ben activates Ada for twelve hours; the watch looks each minute. */
async function startTimed(settings: Readonly<Record<string, string>> = {}): Promise<World> {
  const world = await startWorld({ settings: { WATCH_INTERVAL: '1m', ...settings } });
  await openModal(world, people.ben, '/wallaroo activate ada@ex.co for 12h');
  await submit(world, people.ben);
  await pass(world, 2 * MINUTE);
  return world;
}

async function pass(world: World, ms: number, bot = world.bot): Promise<void> {
  world.advance(ms);
  await bot.settled();
}

const sightings = async (world: World) =>
  (await readRecords(world.databaseUrl)).audit.filter(({ event }) => event === 'observed');

test('a list that lacks the user ends no end: they are neither deleted nor created', async () => {
  const world = await startTimed();
  const { wallaroo } = world;
  // Nobody tells how many there are, and a new process remembers no whole list.
  wallaroo.faults.set('keycloak.users.count', { status: 403 });
  await world.bot.stop();
  wallaroo.setSwitches({ queryShows: 'half' });
  const bot = await world.startAnother();
  await pass(world, 2 * MINUTE, bot);
  wallaroo.setSwitches({ queryShows: 'all' });
  await pass(world, 2 * MINUTE, bot);
  expect(await sightings(world)).toEqual([]);
  await pass(world, 12 * HOUR, bot);
  expect(world.isActive('ada@ex.co')).toBe(false);
});

test.each(['deactivated', 'activated'])(
  'an old list, as a cache keeps it, ends no end: the user looks %s in it and is not',
  async (looks) => {
    const world = await startWorld({ settings: { WATCH_INTERVAL: '1m' } });
    if (looks === 'activated') world.wallaroo.state.setEnabled('ada@ex.co', true);
    const { body: old } = await (await logIn(world.wallaroo)).api('users/query', {});
    if (looks === 'activated') world.wallaroo.state.setEnabled('ada@ex.co', false);
    await pass(world, 2 * MINUTE);
    await openModal(world, people.ben, '/wallaroo activate ada@ex.co for 12h');
    await submit(world, people.ben);
    await pass(world, 2 * MINUTE);
    if (looks === 'activated') world.wallaroo.state.setEnabled('ada@ex.co', false);
    await pass(world, 2 * MINUTE);
    const before = await sightings(world);
    world.wallaroo.faults.set('users.query', { status: 200, body: old });
    await pass(world, 2 * MINUTE);
    world.wallaroo.faults.clear();
    await pass(world, 2 * MINUTE);
    expect(await sightings(world)).toEqual(before);
    await pass(world, 12 * HOUR);
    expect(world.isActive('ada@ex.co')).toBe(false);
  },
);

test('somebody who was deactivated and activated outside between two looks is left alone', async () => {
  const world = await startTimed();
  world.wallaroo.state.setEnabled('ada@ex.co', false);
  await pass(world, 2 * MINUTE);
  world.wallaroo.state.setEnabled('ada@ex.co', true);
  await pass(world, 12 * HOUR);
  expect(world.isActive('ada@ex.co')).toBe(true);
});

test('an end that Wallaroo kept waiting is dropped if somebody has dealt with the user meanwhile', async () => {
  const world = await startTimed();
  const { wallaroo } = world;
  wallaroo.faults.set('keycloak.users.get', { status: 503 });
  await pass(world, 12 * HOUR);
  for (const enabled of [false, true]) {
    wallaroo.state.setEnabled('ada@ex.co', enabled);
    await pass(world, 2 * MINUTE);
  }
  wallaroo.faults.clear();
  await pass(world, 2 * MINUTE);
  await pass(world, 2 * MINUTE);
  expect(world.isActive('ada@ex.co')).toBe(true);
});
