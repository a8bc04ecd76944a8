import { expect, test } from 'vitest';
import { enterpriseSeed } from '../../sandbox/wallaroo/seeds/enterprise-seed.ts';
import { UsersService, type UsersServiceParts } from '../../src/users/users-service.ts';
import { createWallarooClient } from '../../src/wallaroo/create-client.ts';
import { rolesIn, workspaceNamed } from '../support/workspaces.ts';
import { ask } from './acting.ts';
import { press, submit } from './requests.ts';
import { GENERAL, people, startWorld } from './world.ts';

/** The platform's list ends at a hundred of 150, and Keycloak tells the bot's account nothing beyond it. */
const startCut = async () => {
  const world = await startWorld({
    settings: { WALLAROO_USERS_VIA: 'api', WALLAROO_EDITION: 'enterprise' },
    wallaroo: { seed: enterpriseSeed({ users: 150 }), switches: { queryLimit: 100 } },
  });
  world.wallaroo.faults.set('keycloak.users.count', { status: 403 });
  world.wallaroo.faults.set('keycloak.users.list', { status: 403 });
  return world;
};

test('memberships change although the list of users is cut: their members are read by id', async () => {
  const world = await startCut();
  const { state } = world.wallaroo;
  const role = (who: string) => rolesIn(state, workspaceNamed(state, 'fraud-models'))[who];
  const card = await ask(world, people.ada, '/wallaroo workspace fraud-models', GENERAL);
  const form = await press(world, people.ada, card, { near: 'testuser' }, { option: 'Make owner' });
  expect(form.text).toContain('testuser@wallaroo.ai');
  await submit(world, people.ada);
  expect(role('testuser@wallaroo.ai')).toBe('OWNER');
  await world.slack.as(people.ada).close('all');
  const add = await press(world, people.ada, card, 'Add people…');
  expect(add.submit).toBeDefined();
  await world.slack.as(people.ada).close('all');
  const removed = await press(world, people.ada, card, { near: 'testuser' }, { option: 'Remove…' });
  expect(removed.text).toContain('testuser@wallaroo.ai');
  await submit(world, people.ada);
  expect(role('testuser@wallaroo.ai')).toBeUndefined();
});

test.each([
  { changed: 'other@ex.co', where: 'whom no listed user resembles' },
  { changed: 'mia@ex.co', where: 'whose email is the username of another' },
])('a member beyond the end of a cut list, $where, sees their own workspaces alone', async ({ changed }) => {
  const world = await startCut();
  const { state } = world.wallaroo;
  const last = [...state.users.values()].findLast(({ serviceAccount }) => !serviceAccount);
  state.updateUser('mia@ex.co', { email: 'other@ex.co', username: changed });
  state.updateUser(last?.id ?? '', { email: 'mia@ex.co' });
  state.setMember(workspaceNamed(state, 'fraud-models').id, last?.id ?? '', 'COLLABORATOR');
  const list = await ask(world, people.mia, '/wallaroo workspaces', GENERAL);
  expect(list.text).toMatch(/Your workspaces[\s\S]*fraud-models/);
  expect(list.text).not.toContain('churn-forecast');
  const card = await ask(world, people.mia, '/wallaroo workspace fraud-models', GENERAL);
  expect(card.text).toMatch(/mia@ex\.co[\s\S]*you/);
  expect((await ask(world, people.ben, '/wallaroo workspaces', GENERAL)).text).toContain('churn-forecast');
});

test('a user named wholly is found in a list that is cut, and nobody by a part of a name', async () => {
  const world = await startCut();
  const users = [...world.wallaroo.state.users.values()].sort((a, b) => (a.username < b.username ? -1 : 1));
  const client = createWallarooClient({
    apiUrl: world.wallaroo.url,
    authUrl: world.wallaroo.url,
    ...world.wallaroo.account,
    clientId: 'sdk-client',
    usersVia: 'api',
  });
  const listed = await client.listUsers({ evenIfCut: true });
  const beyond = users.find(
    ({ id, serviceAccount }) => !serviceAccount && !listed.some((one) => one.id === id),
  );
  const service = new UsersService({ wallaroo: client } as unknown as UsersServiceParts);
  const found = async (typed: string) => {
    const resolved = await service.resolve(typed, { email: undefined });
    return resolved.kind === 'one' ? resolved.user.id : resolved.kind;
  };
  expect(await found(beyond?.id ?? '')).toBe(beyond?.id);
  expect(await found(listed[0]?.email ?? '')).toBe(listed[0]?.id);
  for (const typed of [listed[0]?.email?.slice(0, 4) ?? '', beyond?.email ?? ''])
    await expect(found(typed)).rejects.toMatchObject({ code: 'list_cut' });
});
