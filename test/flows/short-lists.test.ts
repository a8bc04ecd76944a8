import { expect, test } from 'vitest';
import { enterpriseSeed } from '../../sandbox/wallaroo/seeds/enterprise-seed.ts';
import { ask, askModal, submit } from './acting.ts';
import { submit as decide, press, request, saying } from './requests.ts';
import { people, startWorld, type World } from './world.ts';

const NOT_UNDERSTOOD = 'not understood';
const withoutBot = ['none', 'half-without-caller'] as const;

const seatsTaken = ({ wallaroo }: World) => wallaroo.seats().taken;

/** One seat is free, and a request for it stands. */
async function lastSeatAskedFor() {
  const probe = await startWorld();
  const world = await startWorld({ settings: { LICENSE_SEATS: `${seatsTaken(probe) + 1}` } });
  const card = await request(world, people.mia, '/wallaroo activate nora@ex.co');
  return { world, card };
}

test.each(withoutBot)(
  'an approval counts by no list without the bot (%s), and goes on once the list is whole',
  async (queryShows) => {
    const { world, card } = await lastSeatAskedFor();
    const { wallaroo } = world;
    await press(world, people.ada, card, { near: 'nora@ex.co' }, 'Approve with changes…');
    wallaroo.setSwitches({ queryShows });
    expect((await decide(world, people.ada)).text).toContain(NOT_UNDERSTOOD);
    expect(world.isActive('nora@ex.co')).toBe(false);
    wallaroo.setSwitches({ queryShows: 'all' });
    // Somebody outside takes the last seat meanwhile.
    wallaroo.state.addUser({ username: 'zoe@ex.co', email: 'zoe@ex.co' });
    const taken = seatsTaken(world);
    world.advance(60_000);
    await saying(world, card, 'license is full');
    expect(world.isActive('nora@ex.co')).toBe(false);
    expect(seatsTaken(world)).toBe(taken);
  },
);

test.each([{ users: null }, [], { error: 'unknown_error' }, '<html>Sign in</html>'])(
  'an approval counts by no answer that is no list (%j), and is done once there is one',
  async (body) => {
    const { world, card } = await lastSeatAskedFor();
    await press(world, people.ada, card, { near: 'nora@ex.co' }, 'Approve with changes…');
    world.wallaroo.faults.set('users.query', { status: 200, body });
    expect((await decide(world, people.ada)).text).toContain('Retrying automatically');
    expect(world.isActive('nora@ex.co')).toBe(false);
    world.wallaroo.faults.clear();
    world.advance(60_000);
    await saying(world, card, 'nora@ex.co is now active');
  },
);

test('an approval at a full license counts those whom the list leaves out, too', async () => {
  const { world, card } = await lastSeatAskedFor();
  const { wallaroo } = world;
  await press(world, people.ada, card, { near: 'nora@ex.co' }, 'Approve with changes…');
  wallaroo.state.addUser({ username: 'zoe@ex.co', email: 'zoe@ex.co' });
  const taken = seatsTaken(world);
  wallaroo.setSwitches({ queryShows: 'half' });
  expect((await decide(world, people.ada)).text).toContain('license is full');
  expect(world.isActive('nora@ex.co')).toBe(false);
  expect(seatsTaken(world)).toBe(taken);
});

test.each(withoutBot)('no command, modal or Home shows a number by such a list (%s)', async (queryShows) => {
  const world = await startWorld({ wallaroo: { switches: { queryShows } } });
  const { slack } = world;
  for (const command of [
    '/wallaroo license',
    '/wallaroo users',
    '/wallaroo user steve',
    '/wallaroo digest',
  ]) {
    const answer = await ask(world, people.ada, command);
    expect(answer.text, command).toContain(NOT_UNDERSTOOD);
    expect(answer.text, command).not.toMatch(/\d+ of \d+/);
  }
  for (const command of ['/wallaroo activate nora@ex.co', '/wallaroo invite zoe@ex.co']) {
    const modal = await askModal(world, people.ada, command);
    expect(modal.text, command).toContain(NOT_UNDERSTOOD);
    expect(modal.submit, command).toBeUndefined();
  }
  await slack.as(people.ada).close('all');
  await slack.as(people.ada).openHome();
  const home = await slack.until(() => {
    const seen = slack.as(people.ada).home();
    return seen?.text.includes(NOT_UNDERSTOOD) ? seen : undefined;
  });
  expect(home.text).not.toMatch(/\d+ of \d+/);
});

test('the watch takes nobody for deleted by such a list, nor for created by the next', async () => {
  const world = await startWorld({ settings: { WATCH_INTERVAL: '1s' } });
  const look = async () => {
    world.advance(2000);
    await world.bot.settled();
  };
  await look();
  const before = (await ask(world, people.ada, '/wallaroo audit')).text;
  for (const queryShows of ['none', 'half', 'half-without-caller', 'all'] as const) {
    world.wallaroo.setSwitches({ queryShows });
    await look();
  }
  expect((await ask(world, people.ada, '/wallaroo audit')).text).toBe(before);
});

test('no seat is given through the API by a list that may be cut and that Keycloak does not complete', async () => {
  const seed = enterpriseSeed({ users: 150, now: new Date() });
  const world = await startWorld({
    settings: { WALLAROO_USERS_VIA: 'api', LICENSE_SEATS: '200' },
    wallaroo: { seed, switches: { queryLimit: 100 } },
  });
  const { wallaroo } = world;
  const inactive = [...wallaroo.state.users.values()].find(({ enabled, email }) => !enabled && email);
  const modal = await askModal(world, people.ada, `/wallaroo activate ${inactive?.id}`);
  expect(modal.submit).toBe('Activate');
  wallaroo.faults.set('keycloak.users.count', { status: 403 });
  wallaroo.faults.set('keycloak.users.list', { status: 403 });
  const result = await submit(world, people.ada);
  expect(result.text).toContain('cut off at a hundred');
  expect(world.isActive(inactive?.id ?? '')).toBe(false);
  const invited = await askModal(world, people.ada, '/wallaroo invite zoe@ex.co');
  expect(invited.text).toContain('cut off at a hundred');
  expect(invited.submit).toBeUndefined();
});
