import { expect, test } from 'vitest';
import { logIn } from '../sandbox/wallaroo/support.ts';
import { openModal, submit } from './requests.ts';
import { people, startWorld, type World } from './world.ts';

const SEATS = 5;
const taken = ({ wallaroo }: World): number => wallaroo.seats().taken;

async function act(world: World, command: string): Promise<string> {
  await openModal(world, people.ada, command);
  const { text } = await submit(world, people.ada);
  await world.slack.as(people.ada).close('all');
  return text;
}

test('by an old list, as a cache keeps it, no seat is given that was taken since', async () => {
  const world = await startWorld();
  const { body: old } = await (await logIn(world.wallaroo)).api('users/query', {});
  await act(world, '/wallaroo activate nora@ex.co');
  expect(taken(world)).toBe(SEATS);
  world.wallaroo.faults.set('users.query', { status: 200, body: old });
  expect(await act(world, '/wallaroo activate ada@ex.co')).toContain('Retrying automatically');
  expect([taken(world), world.isActive('ada@ex.co')]).toEqual([SEATS, false]);
  // Somebody leaves outside: once lists are of today there is room.
  world.wallaroo.state.setEnabled('steve', false);
  world.wallaroo.faults.clear();
  world.advance(60_000);
  await world.bot.settled();
  expect([taken(world), world.isActive('ada@ex.co')]).toEqual([SEATS, true]);
});

test('an old list that lacks somebody invited since is completed: no seat is left', async () => {
  const world = await startWorld();
  const { body: old } = await (await logIn(world.wallaroo)).api('users/query', {});
  await act(world, '/wallaroo invite zoe@ex.co');
  world.wallaroo.faults.set('users.query', { status: 200, body: old });
  expect((await openModal(world, people.ada, '/wallaroo activate ada@ex.co')).text).toContain('5 of 5');
});

test('whom somebody outside has deactivated since keeps nobody from their seat', async () => {
  const world = await startWorld();
  await act(world, '/wallaroo activate nora@ex.co');
  world.wallaroo.state.setEnabled('nora@ex.co', false);
  expect(await act(world, '/wallaroo activate ada@ex.co')).toContain('is now active');
});
