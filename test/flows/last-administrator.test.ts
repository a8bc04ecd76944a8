import { expect, test } from 'vitest';
import { enterpriseSeed } from '../../sandbox/wallaroo/seeds/enterprise-seed.ts';
import type { Switches } from '../../sandbox/wallaroo/switches.ts';
import { askModal, submit } from './acting.ts';
import { people, startWorld, type World } from './world.ts';

const MAY_BE_LAST = 'may be the last active platform administrator';
const IS_LAST = 'is the last active platform administrator';

/** Olga is the one active administrator beside the bot; steve is nobody special. No list tells any roles. */
async function untold(switches: Partial<Switches> = { queryRelease: '2023' }): Promise<World> {
  const world = await startWorld({ settings: { LICENSE_SEATS: '20' }, wallaroo: { switches } });
  const { state } = world.wallaroo;
  for (const name of ['admin', 'ada@ex.co']) state.updateUser(name, { enabled: false });
  state.updateUser('olga@ex.co', { enabled: true, realmRoles: ['admin'] });
  return world;
}

const modalFor = (world: World, who: string) => askModal(world, people.ada, `/wallaroo deactivate ${who}`);

async function expectRefused(world: World, who: string, sentence: string): Promise<void> {
  const modal = await modalFor(world, who);
  expect(modal.text).toContain(sentence);
  expect(modal.submit).toBeUndefined();
}

test('the last active administrator stays where lists tell no roles: Keycloak is asked', async () => {
  const world = await untold();
  await expectRefused(world, 'olga@ex.co', IS_LAST);
});

test('a disabled administrator is no help, an active one is', async () => {
  const world = await untold();
  world.wallaroo.state.updateUser('steve', { realmRoles: ['admin'] });
  const modal = await modalFor(world, 'olga@ex.co');
  expect(modal.submit).toBe('Deactivate');
  world.wallaroo.state.setEnabled('steve', false);
  expect((await submit(world, people.ada)).text).toContain(IS_LAST);
  expect(world.isActive('olga@ex.co')).toBe(true);
});

test('who may be gone by now, as the answer was lost, is no help either', async () => {
  const world = await untold();
  world.wallaroo.state.updateUser('steve', { realmRoles: ['admin'] });
  await modalFor(world, 'olga@ex.co');
  world.wallaroo.faults.set('keycloak.users.put', { status: 503, times: 1 });
  expect((await submit(world, people.ada)).text).toContain('Not done yet');
  await modalFor(world, 'steve');
  expect((await submit(world, people.ada)).text).toContain(IS_LAST);
  expect(world.isActive('steve')).toBe(true);
});

test('somebody who is no administrator may go, though nobody else is one', async () => {
  const world = await untold();
  await modalFor(world, 'steve');
  expect((await submit(world, people.ada)).text).toContain('is now inactive');
});

test('an administrator through a group is one', async () => {
  const world = await untold();
  world.wallaroo.state.updateUser('olga@ex.co', { realmRoles: [], groupRoles: ['admin'] });
  await expectRefused(world, 'olga@ex.co', IS_LAST);
});

test.each(['olga@ex.co', 'steve'])(
  'where Keycloak refuses to tell, nobody is deactivated: %s',
  async (who) => {
    const world = await untold();
    for (const endpoint of ['keycloak.users.roles', 'keycloak.users.allRoles'] as const)
      world.wallaroo.faults.set(endpoint, { status: 403 });
    await expectRefused(world, who, MAY_BE_LAST);
  },
);

test('what Keycloak refuses between the form and its submission is refused at the write', async () => {
  const world = await untold();
  const modal = await modalFor(world, 'steve');
  expect(modal.submit).toBe('Deactivate');
  for (const endpoint of ['keycloak.users.roles', 'keycloak.users.allRoles'] as const)
    world.wallaroo.faults.set(endpoint, { status: 403 });
  expect((await submit(world, people.ada)).text).toContain(MAY_BE_LAST);
  expect(world.isActive('steve')).toBe(true);
});

test('an administrator beyond a cut list is asked about, and stays if they are the last', async () => {
  const world = await untold({ queryLimit: 100 });
  const { state } = world.wallaroo;
  for (let n = 0; n < 130; n += 1) state.addUser({ username: `person-${n}@ex.co`, enabled: false });
  state.addUser({ username: 'last@ex.co', email: 'last@ex.co', realmRoles: ['admin'] });
  state.updateUser('olga@ex.co', { realmRoles: [] });
  await expectRefused(world, 'last@ex.co', IS_LAST);
  // On the list, and known as no administrator.
  expect((await modalFor(world, 'steve')).submit).toBe('Deactivate');
});

test('two administrators do not stand in for each other when one goes in exchange for nobody', async () => {
  const world = await untold();
  world.wallaroo.state.updateUser('steve', { realmRoles: ['admin'], enabled: false });
  const modal = await askModal(world, people.ada, '/wallaroo swap olga@ex.co steve');
  expect(modal.text).toContain(IS_LAST);
  expect(modal.submit).toBeUndefined();
});

test('where lists tell roles, an administrator through a group is one as well, as who leaves and as who helps', async () => {
  const world = await untold({});
  const { state } = world.wallaroo;
  state.updateUser('olga@ex.co', { realmRoles: [], groupRoles: ['admin'] });
  await expectRefused(world, 'olga@ex.co', IS_LAST);
  expect((await modalFor(world, 'steve')).submit).toBe('Deactivate');
  state.updateUser('steve', { realmRoles: ['admin'] });
  expect((await modalFor(world, 'olga@ex.co')).submit).toBe('Deactivate');
  expect((await modalFor(world, 'steve')).submit).toBe('Deactivate');
  expect((await submit(world, people.ada)).text).toContain('is now inactive');
  await expectRefused(world, 'olga@ex.co', IS_LAST);
});

test('where lists tell roles and Keycloak does not, the list counts', async () => {
  const world = await untold({});
  for (const endpoint of ['keycloak.users.roles', 'keycloak.users.allRoles'] as const)
    world.wallaroo.faults.set(endpoint, { status: 403 });
  await expectRefused(world, 'olga@ex.co', IS_LAST);
  expect((await modalFor(world, 'steve')).submit).toBe('Deactivate');
  expect((await submit(world, people.ada)).text).toContain('is now inactive');
});

/** An Enterprise instance of more users than are listed without need. */
const amongMany = () =>
  startWorld({
    settings: { WALLAROO_EDITION: 'enterprise' },
    wallaroo: { seed: enterpriseSeed({ users: 1200 }) },
  });

test.each([403, 500, 503])(
  'among many users the list is enough where Keycloak answers %d about roles',
  async (status) => {
    const world = await amongMany();
    await modalFor(world, 'mia@ex.co');
    for (const endpoint of ['keycloak.users.roles', 'keycloak.users.allRoles'] as const)
      world.wallaroo.faults.set(endpoint, { status });
    expect((await submit(world, people.ada)).text).toContain('is now inactive');
  },
);

test('among many users those who are no administrators leave without a list for each, and the last one stays', async () => {
  const world = await amongMany();
  const { state } = world.wallaroo;
  state.updateUser('olga@ex.co', { realmRoles: ['admin'] });
  const leaving = ['mia@ex.co', 'nora@ex.co', 'ivan@ex.co'];
  await modalFor(world, leaving.join(' '));
  const asked: string[] = [];
  const stop = world.wallaroo.on('request', ({ endpoint }) => {
    asked.push(endpoint);
  });
  expect((await submit(world, people.ada)).text).toContain('is now inactive');
  stop();
  expect(leaving.map(world.isActive)).toEqual([false, false, false]);
  // For the form that is sent, not before each goes.
  const untilLast = asked.slice(0, asked.lastIndexOf('keycloak.users.put'));
  expect(untilLast.filter((endpoint) => endpoint === 'users.query').length).toBeLessThan(leaving.length);
  await modalFor(world, 'olga@ex.co');
  for (const name of ['admin', 'ada@ex.co']) state.updateUser(name, { enabled: false });
  expect((await submit(world, people.ada)).text).toContain(IS_LAST);
  expect(world.isActive('olga@ex.co')).toBe(true);
});
