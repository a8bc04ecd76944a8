import { expect, test } from 'vitest';
import { communitySeed } from '../../sandbox/wallaroo/seeds/community-seed.ts';
import { ask, askModal, submit } from './acting.ts';
import { GENERAL, people, startWorld, type World } from './world.ts';

const INVITE = '/wallaroo invite newcomer@ex.co';
const FULL = ['chatops@ex.co', 'admin', 'steve', 'testuser@wallaroo.ai', 'mia@ex.co'];

const isThere = ({ wallaroo }: World): boolean => wallaroo.state.find('newcomer@ex.co') !== undefined;

test('an invitation takes a seat, shown before and after, and the person is in the list', async () => {
  const world = await startWorld();
  const { taken } = world.wallaroo.seats();
  const modal = await askModal(world, people.ada, INVITE);
  expect(modal.text).toContain(`Seats: ${taken} → ${taken + 1} of 5`);
  expect((await submit(world, people.ada)).text).toContain('newcomer@ex.co is invited');
  expect(isThere(world)).toBe(true);
  const list = await ask(world, people.ada, '/wallaroo users newcomer', GENERAL);
  expect(list.text).toContain('newcomer@ex.co');
});

test('at a full license somebody is deactivated in exchange, first', async () => {
  const world = await startWorld({ wallaroo: { seed: communitySeed({ enabled: FULL, seats: 5 }) } });
  await askModal(world, people.ada, INVITE);
  const person = world.slack.as(people.ada);
  expect(Object.values((await person.submit()).errors)).toHaveLength(1);
  await person.fill('Deactivate in exchange', 'testuser@wallaroo.ai');
  expect((await submit(world, people.ada)).text).toContain('newcomer@ex.co is invited');
  expect([isThere(world), world.isActive('testuser@wallaroo.ai')]).toEqual([true, false]);
  expect(world.wallaroo.seats().taken).toBe(5);
});

test.each([
  ['a limit of its own', 'sandbox: user limit reached', /license is full/],
  ['a missing right', 'caller lacks the role admin', /lacks the permission/],
  ['another product', 'user management is not supported in this product configuration', /does not support/],
  ['nothing that explains it', 'computer says no', /without saying why.*LICENSE_SEATS/],
])('a 403 that means %s is told as that', async (_meaning, msg, words) => {
  const world = await startWorld();
  world.wallaroo.faults.set('users.invite', { status: 403, body: { msg, code: 403 } });
  await askModal(world, people.ada, INVITE);
  expect((await submit(world, people.ada)).text).toMatch(words);
  expect(isThere(world)).toBe(false);
});

test('a 403 without reason means the seats when the last one was taken outside meanwhile', async () => {
  const world = await startWorld();
  const { wallaroo } = world;
  const body = { msg: 'computer says no', code: 403 };
  wallaroo.faults.set('users.invite', { status: 403, body });
  await askModal(world, people.ada, INVITE);
  const stop = wallaroo.on('request', ({ endpoint }) => {
    if (endpoint === 'users.invite') wallaroo.state.setEnabled('ada@ex.co', true);
  });
  expect((await submit(world, people.ada)).text).toMatch(/license is full/);
  stop();
  expect(isThere(world)).toBe(false);
});

test.each([
  ['nonsense', /email address to invite/],
  ['', /email address to invite/],
  ['steve@ex.co', /already has an active account/],
])('an invitation of %j is refused in words', async (typed, words) => {
  const world = await startWorld();
  expect((await askModal(world, people.ada, `/wallaroo invite ${typed}`)).text).toMatch(words);
});

test('an account that is inactive is offered for activation instead', async () => {
  const world = await startWorld();
  const modal = await askModal(world, people.ada, '/wallaroo invite ada@ex.co');
  expect(modal.text).toContain('already has an inactive account');
  expect(modal.submit).toBe('Activate');
});
