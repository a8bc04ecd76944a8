import { expect, it } from 'vitest';
import { communitySeed } from '../../sandbox/wallaroo/seeds/community-seed.ts';
import { ask, pass } from './acting.ts';
import {
  approve,
  expectNoLiveButtons,
  newCard,
  openModal,
  press,
  request,
  submit,
  untilActive,
} from './requests.ts';
import { FULL, people, startWorld, type World, type WorldOptions } from './world.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const WHO = 'nora@ex.co';
const AS_BEFORE = /nora@ex\.co is active until [\d-]+ [\d:]+ UTC, as before/;

/** Seven days, asked for by Mia and approved by Ben. */
async function startTimed(options: WorldOptions = {}): Promise<World> {
  const world = await startWorld(options);
  await approve(world, people.ben, await request(world, people.mia, `/wallaroo activate ${WHO} for 7d`));
  await world.slack.as(people.ben).close('all');
  return world;
}

/** Ben changes something at once, by a command. */
async function change(world: World, command: string): Promise<void> {
  await openModal(world, people.ben, command);
  await submit(world, people.ben);
}

async function expectToEnd(world: World): Promise<void> {
  const list = await ask(world, people.ada, `/wallaroo users ${WHO}`);
  expect(list.text).toMatch(/until [\d-]+/);
  world.advance(7 * DAY);
  await untilActive(world, WHO, false);
  await expectNoLiveButtons(world);
}

it('an access for a time ends as before once a deactivation was undone', async () => {
  const world = await startTimed();
  await pass(world, 2 * DAY);
  await change(world, `/wallaroo deactivate ${WHO}`);
  expect(world.isActive(WHO)).toBe(false);
  expect((await press(world, people.ben, 'modal', 'Undo')).text).toMatch(AS_BEFORE);
  await expectToEnd(world);
});

it('so it does once an exchange was undone in which they left', async () => {
  const world = await startTimed({
    wallaroo: { seed: communitySeed({ enabled: [...FULL.slice(0, 4)], seats: 5 }) },
  });
  await pass(world, 2 * DAY);
  await change(world, `/wallaroo swap ${WHO} ada@ex.co`);
  expect([world.isActive(WHO), world.isActive('ada@ex.co')]).toEqual([false, true]);
  expect((await press(world, people.ben, 'modal', 'Undo')).text).toMatch(AS_BEFORE);
  expect([world.isActive(WHO), world.isActive('ada@ex.co')]).toEqual([true, false]);
  await expectToEnd(world);
});

it('and so it does at once where its time came between the deactivation and the undo', async () => {
  const world = await startTimed();
  await pass(world, 7 * DAY - 5 * MINUTE);
  await change(world, `/wallaroo deactivate ${WHO}`);
  await pass(world, 6 * MINUTE);
  await press(world, people.ben, 'modal', 'Undo');
  await untilActive(world, WHO, false);
  await expectNoLiveButtons(world);
});

it('and where the undo waits for a second administrator', async () => {
  const world = await startTimed({ settings: { FOUR_EYES: 'true' } });
  await pass(world, 7 * DAY - 5 * MINUTE);
  const card = await request(world, people.ada, `/wallaroo deactivate ${WHO}`);
  const done = await approve(world, people.ben, card);
  expect(done.buttons).toContain('Undo');
  expect((await press(world, people.ben, 'modal', 'Undo')).text).toContain('Request sent');
  await world.slack.as(people.ben).close('all');
  await pass(world, 20 * MINUTE);
  await approve(world, people.ada, await newCard(world, `activate ${WHO}`));
  await untilActive(world, WHO, false);
  await expectNoLiveButtons(world);
});

it('an access that was undone has no end any more: who is let in afterwards stays', async () => {
  const world = await startWorld();
  await change(world, `/wallaroo activate ${WHO} for 7d`);
  await press(world, people.ben, 'modal', 'Undo');
  await untilActive(world, WHO, false);
  await world.slack.as(people.ben).close('all');
  await change(world, `/wallaroo activate ${WHO}`);
  await pass(world, 8 * DAY);
  expect(world.isActive(WHO)).toBe(true);
  await expectNoLiveButtons(world);
});

it('so it does where the undo failed for them at first, and was tried again', async () => {
  const world = await startTimed({
    wallaroo: { seed: communitySeed({ seats: 9 }) },
    settings: { LICENSE_SEATS: '9' },
  });
  await change(world, '/wallaroo activate olga@ex.co');
  await pass(world, 2 * DAY);
  await change(world, `/wallaroo deactivate ${WHO} olga@ex.co`);
  expect([world.isActive(WHO), world.isActive('olga@ex.co')]).toEqual([false, false]);
  world.wallaroo.faults.set('keycloak.users.put', { status: 400, skip: 1, times: 1 });
  expect((await press(world, people.ben, 'modal', 'Undo')).text).toContain('Done for 1 of 2');
  expect([world.isActive(WHO), world.isActive('olga@ex.co')]).toEqual([false, true]);
  const again = await press(world, people.ben, 'modal', 'Try again');
  expect(again.text).toMatch(AS_BEFORE);
  expect(again.buttons).not.toContain('Undo');
  await expectToEnd(world);
});
