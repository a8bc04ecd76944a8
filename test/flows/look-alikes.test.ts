import { describe, expect, test } from 'vitest';
import { ask, askModal, submit } from './acting.ts';
import { people, startWorld, type World } from './world.ts';

const pairs = [
  ['steve@ex.co', 'asteve@ex.co'],
  ['a_b@ex.co', 'axb@ex.co'],
] as const;

/** Which of a pair Keycloak lists first: it sorts by username. */
const orders = ['as seeded', 'turned round'] as const;

async function worldOf(usersVia: string, order: (typeof orders)[number]): Promise<World> {
  const world = await startWorld({
    settings: { WALLAROO_USERS_VIA: usersVia, LICENSE_SEATS: '12' },
    wallaroo: { switches: { activateMatching: 'exact' } },
  });
  const { state } = world.wallaroo;
  if (order === 'turned round') {
    state.updateUser('asteve@ex.co', { username: 'zz-anna' });
    state.updateUser('axb@ex.co', { username: 'a-first' });
  }
  return world;
}

describe.each(['keycloak', 'api'])('look-alike emails, users switched via %s', (usersVia) => {
  test.each(orders)('every operation on one leaves the other alone, listed %s', async (order) => {
    const world = await worldOf(usersVia, order);
    const { state } = world.wallaroo;
    for (const [one, other] of [...pairs, ...pairs.map(([a, b]) => [b, a] as const)]) {
      const { id } = state.user(one);
      expect((await ask(world, people.ada, `/wallaroo user ${one}`)).text).toContain(id);
      state.setEnabled(one, false);
      for (const command of ['activate', 'deactivate']) {
        // In the state that the one is about to have no longer: a write to the wrong one would show.
        const was = state.setEnabled(other, command === 'deactivate');
        const confirm = await askModal(world, people.ada, `/wallaroo ${command} ${one}`);
        expect(confirm.text).toContain(`${command === 'activate' ? 'Activate' : 'Deactivate'} ${one}`);
        const result = await submit(world, people.ada);
        expect(result.text).toContain(`${one} is now ${command === 'activate' ? 'active' : 'inactive'}`);
        expect(state.user(one).enabled).toBe(command === 'activate');
        expect(state.user(other)).toEqual(was);
      }
    }
  });
});

test('an API that takes the first of a partial match is found out, put right and named', async () => {
  const world = await startWorld({
    settings: { WALLAROO_USERS_VIA: 'api' },
    wallaroo: { switches: { activateMatching: 'substring' } },
  });
  const { state } = world.wallaroo;
  state.setEnabled('asteve@ex.co', true);
  state.setEnabled('testuser@wallaroo.ai', false);
  await askModal(world, people.ada, '/wallaroo deactivate steve@ex.co');
  const result = await submit(world, people.ada);
  expect(result.text).toContain('Wallaroo changed another user whose email is similar');
  expect(result.text).not.toMatch(/is now/);
  expect([world.isActive('asteve@ex.co'), world.isActive('steve')]).toEqual([true, true]);
});

test('through the API a user whose email is missing or shared is refused, and nobody is changed', async () => {
  const world = await startWorld({ settings: { WALLAROO_USERS_VIA: 'api' } });
  const { state } = world.wallaroo;
  state.setEnabled('testuser@wallaroo.ai', false);
  await askModal(world, people.ada, '/wallaroo activate robot');
  expect((await submit(world, people.ada)).text).toContain('This user has no email');
  state.updateUser('nora@ex.co', { email: 'olga@ex.co' });
  world.advance(10_000);
  const before = [...state.users.values()].filter(({ username }) => username !== 'chatops@ex.co');
  await askModal(world, people.ada, `/wallaroo activate ${state.user('nora@ex.co').id}`);
  expect((await submit(world, people.ada)).text).toContain('Several Wallaroo users share this email');
  expect([...state.users.values()].filter(({ username }) => username !== 'chatops@ex.co')).toEqual(before);
});
