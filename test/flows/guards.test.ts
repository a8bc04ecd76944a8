import { expect, test } from 'vitest';
import { askModal, submit } from './acting.ts';
import { people, startWorld, type World } from './world.ts';

/** Each guard of design rule 10: whom it protects, how it comes to stand, and what is said. */
const guards = [
  {
    name: 'the built-in administrator',
    who: 'admin',
    arise: (world: World) => world.wallaroo.state.updateUser('nora@ex.co', { username: 'admin' }),
    says: 'built-in administrator',
  },
  {
    name: "the bot's own account",
    who: 'chatops@ex.co',
    arise: undefined,
    says: 'account that this bot works with',
  },
  {
    name: 'the person who asks',
    who: 'ada@ex.co',
    arise: (world: World) => world.wallaroo.state.updateUser('nora@ex.co', { email: 'ada@ex.co' }),
    says: 'Nobody deactivates their own account',
  },
  {
    name: 'a protected user',
    who: 'testuser@wallaroo.ai',
    arise: (world: World) => world.wallaroo.state.updateUser('nora@ex.co', { email: 'vip@ex.co' }),
    says: 'protected',
  },
  {
    name: 'the last active platform administrator',
    who: 'olga@ex.co',
    arise: (world: World) => world.wallaroo.state.updateUser('nora@ex.co', { realmRoles: ['admin'] }),
    says: 'last active platform administrator',
  },
] as const;

/** Nora is active, nobody special, and no administrator is active but the bot and Olga. */
async function guarded(): Promise<World> {
  const world = await startWorld({
    settings: { PROTECTED_USERS: 'TestUser@wallaroo.ai, vip@ex.co', LICENSE_SEATS: '12' },
  });
  const { state } = world.wallaroo;
  for (const name of ['nora@ex.co', 'ada@ex.co']) state.setEnabled(name, true);
  state.updateUser('ada@ex.co', { realmRoles: [] });
  return world;
}

/** Whom nothing protects, as the users stand without the bot's sign-ins. */
const states = (world: World) =>
  [...world.wallaroo.state.users.values()].map(({ username, enabled }) => `${username} ${enabled}`);

test.each(guards)('$name is refused in the modal, with nothing to submit', async ({ name, who, says }) => {
  const world = await guarded();
  if (name === 'the last active platform administrator') {
    world.wallaroo.state.setEnabled('admin', false);
    world.wallaroo.state.updateUser('olga@ex.co', { realmRoles: ['admin'], enabled: true });
  }
  const before = states(world);
  const modal = await askModal(world, people.ada, `/wallaroo deactivate ${who}`);
  expect(modal.text).toContain(says);
  expect(modal.submit).toBeUndefined();
  expect(modal.text).not.toMatch(/Loading|→/);
  expect(states(world)).toEqual(before);
});

test.each(guards.filter(({ arise }) => arise !== undefined))(
  '$name is refused when it came to be between the opening and the submission',
  async ({ name, arise, says }) => {
    const world = await guarded();
    if (name === 'the last active platform administrator') world.wallaroo.state.setEnabled('admin', false);
    const { id } = world.wallaroo.state.user('nora@ex.co');
    const modal = await askModal(world, people.ada, `/wallaroo deactivate ${id}`);
    expect(modal.submit).toBe('Deactivate');
    arise?.(world);
    const result = await submit(world, people.ada);
    expect(result.text).toContain(says);
    expect(result.text).not.toContain('is now');
    expect(world.wallaroo.state.user(id).enabled).toBe(true);
    await world.bot.settled();
    const told = world.slack.as(people.ada).dm();
    for (const message of told) expect(world.slack.textOf(message)).not.toContain('is now inactive');
  },
);

test('a member learns of a guard in the modal as well', async () => {
  const world = await guarded();
  const modal = await askModal(world, people.mia, '/wallaroo deactivate testuser');
  expect(modal.text).toContain('protected');
  expect(modal.submit).toBeUndefined();
});

test('a user who was changed or deleted meanwhile is told as it is, and written to by nobody', async () => {
  const world = await guarded();
  const { state } = world.wallaroo;
  await askModal(world, people.ada, '/wallaroo deactivate nora');
  state.setEnabled('nora@ex.co', false);
  expect((await submit(world, people.ada)).text).toContain('nora@ex.co was inactive already.');
  await askModal(world, people.ada, '/wallaroo activate nora');
  state.removeUser('nora@ex.co');
  const gone = await submit(world, people.ada);
  expect(gone.text).toContain('no longer exists');
  expect(gone.text).not.toContain('is now');
  const writes = world.wallaroo.requests.filter(({ endpoint }) => endpoint === 'keycloak.users.put');
  expect(writes).toHaveLength(0);
});

test('nobody protected is offered in exchange for a seat', async () => {
  const world = await startWorld({ settings: { PROTECTED_USERS: 'steve', LICENSE_SEATS: '4' } });
  const modal = await askModal(world, people.ada, '/wallaroo activate nora');
  expect(world.slack.textOf(modal)).toContain('[Deactivate in exchange: testuser@wallaroo.ai]');
});
