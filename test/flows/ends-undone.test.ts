import { expect, it } from 'vitest';
import type { SeenMessage } from '../../sandbox/slack/person/seen.ts';
import { communitySeed } from '../../sandbox/wallaroo/seeds/community-seed.ts';
import { ask, pass } from './acting.ts';
import {
  approve,
  expectNoLiveButtons,
  newCard,
  openModal,
  press,
  request,
  saying,
  submit,
  untilActive,
} from './requests.ts';
import { FULL, people, startWorld, type World, type WorldOptions } from './world.ts';

type BotOptions = NonNullable<WorldOptions['bot']>;

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

/** Whether anybody was let in again, if only for a moment. */
function lettingIn({ wallaroo, isActive }: World): () => boolean {
  let seen = false;
  wallaroo.on('change', () => {
    seen ||= isActive(WHO);
  });
  return () => seen;
}

it('an undo lets nobody in again whose access was to end by then: it would end at once', async () => {
  const world = await startTimed();
  await pass(world, 7 * DAY - 5 * MINUTE);
  await change(world, `/wallaroo deactivate ${WHO}`);
  const letIn = lettingIn(world);
  await pass(world, 6 * MINUTE);
  const refused = await press(world, people.ben, 'modal', 'Undo');
  expect(refused.text).toMatch(
    /Nothing was undone\. The access of nora@ex\.co was to end [\d-]+ [\d:]+ UTC, and that has passed\./,
  );
  await pass(world, 20 * MINUTE);
  expect(letIn()).toBe(false);
  await expectNoLiveButtons(world);
});

/** Ben asks to undo what Ada has had deactivated, five minutes before the access was to end. */
async function askToUndo(bot: BotOptions = {}): Promise<{ world: World; card: SeenMessage }> {
  const world = await startTimed({ settings: { FOUR_EYES: 'true' }, bot });
  await pass(world, 7 * DAY - 5 * MINUTE);
  const card = await request(world, people.ada, `/wallaroo deactivate ${WHO}`);
  const done = await approve(world, people.ben, card);
  expect(done.buttons).toContain('Undo');
  expect((await press(world, people.ben, 'modal', 'Undo')).text).toContain('Request sent');
  await world.slack.as(people.ben).close('all');
  return { world, card: await newCard(world, `activate ${WHO}`) };
}

it('an undo that waits for a second administrator lapses at the moment at which the access was to end', async () => {
  const { world, card } = await askToUndo();
  const letIn = lettingIn(world);
  await pass(world, 20 * MINUTE);
  expect((await saying(world, card, 'Expired')).buttons).toEqual([]);
  const late = await press(world, people.ada, card, 'Approve', { asSeen: true });
  expect(late.text).toContain('This request has expired');
  expect(letIn()).toBe(false);
  await expectNoLiveButtons(world);
});

it('an approved undo that is carried out only after that moment lets nobody in, and is not tried again', async () => {
  let isAway = false;
  const faultPoint = async (point: string) => {
    if (point === 'locked' && isAway) throw new Error('away for a moment');
  };
  const { world, card } = await askToUndo({ faultPoint });
  isAway = true;
  expect((await approve(world, people.ada, card)).text).toContain('Not done yet');
  isAway = false;
  const letIn = lettingIn(world);
  await pass(world, 20 * MINUTE);
  const failed = await saying(world, card, 'Failed after approval');
  expect(failed.text).toMatch(/The access of nora@ex\.co was to end [\d-]+ [\d:]+ UTC\. That has passed/);
  expect(failed.buttons).toEqual([]);
  expect(letIn()).toBe(false);
  await expectNoLiveButtons(world);
});

it('of several brought back by one undo only those are not whose access was to end by then', async () => {
  const world = await startTimed({ settings: { WALLAROO_EDITION: 'enterprise' } });
  await change(world, '/wallaroo activate ada@ex.co');
  await pass(world, 7 * DAY - 5 * MINUTE);
  await change(world, `/wallaroo deactivate ${WHO} ada@ex.co`);
  expect([world.isActive(WHO), world.isActive('ada@ex.co')]).toEqual([false, false]);
  const letIn = lettingIn(world);
  await pass(world, 6 * MINUTE);
  const undone = await press(world, people.ben, 'modal', 'Undo');
  expect(undone.text).toMatch(/Done for 1 of 2/);
  expect(undone.text).toMatch(/nora@ex\.co: not done\. The access of "?nora@ex\.co"? was to end/);
  expect(undone.buttons).toEqual([]);
  expect(world.isActive('ada@ex.co')).toBe(true);
  await pass(world, 20 * MINUTE);
  expect(letIn()).toBe(false);
  await expectNoLiveButtons(world);
});

it('ends that wait for an undo keep no other change from its turn', async () => {
  const world = await startWorld({ settings: { WALLAROO_EDITION: 'enterprise' } });
  const many = Array.from({ length: 50 }, (_, n) => `many${n}@ex.co`);
  for (const email of many) world.wallaroo.state.addUser({ username: email, email, enabled: false });
  await change(world, `/wallaroo activate ${many.join(' ')} for 7d`);
  await pass(world, 7 * DAY - 5 * MINUTE);
  await change(world, `/wallaroo deactivate ${many.join(' ')}`);
  await pass(world, 6 * MINUTE);
  await openModal(world, people.ben, `/wallaroo activate ${WHO}`);
  for (const read of ['users.query', 'keycloak.users.get'] as const)
    world.wallaroo.faults.set(read, { status: 503, retryAfterSeconds: 10 });
  expect((await submit(world, people.ben)).text).toContain('Retrying automatically');
  world.wallaroo.faults.clear();
  await pass(world, MINUTE);
  await untilActive(world, WHO, true);
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
