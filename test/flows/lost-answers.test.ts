import { expect, test } from 'vitest';
import { communitySeed } from '../../sandbox/wallaroo/seeds/community-seed.ts';
import { readRecords } from '../support/change-records.ts';
import { chooseLeaver, dmSaying, expectNoLiveButtons, openModal, press, submit } from './requests.ts';
import { FULL, people, startWorld, type World, type WorldOptions } from './world.ts';

const SEATS = 5;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NEW = 'newcomer@ex.co';
const INVITE = `/wallaroo invite ${NEW}`;
const LEAVES = 'testuser@wallaroo.ai';

const isThere = ({ wallaroo }: World): boolean => wallaroo.state.find(NEW) !== undefined;
const taken = ({ wallaroo }: World): number => wallaroo.seats().taken;

/** One seat is free, or none. */
const startAt = (enabled: readonly string[], options: WorldOptions = {}) =>
  startWorld({ ...options, wallaroo: { seed: communitySeed({ enabled: [...enabled], seats: SEATS }) } });
const startWithOneSeat = (options?: WorldOptions) => startAt(FULL.slice(0, 4), options);

/** The next write takes effect, its answer is lost, and then nothing can be read for a while, longer than a reading is tried again. */
function loseAnswerOf(world: World, endpoint: 'users.invite' | 'keycloak.users.put'): void {
  const { wallaroo } = world;
  wallaroo.faults.set(endpoint, { cutAfterApply: true, times: 1 });
  const stop = wallaroo.on('change', () => {
    stop();
    for (const read of ['users.query', 'keycloak.users.get', 'keycloak.users.list'] as const)
      wallaroo.faults.set(read, { status: 503, retryAfterSeconds: 10 });
  });
}

async function recover(world: World): Promise<void> {
  world.wallaroo.faults.clear();
  world.advance(MINUTE);
  await world.bot.settled();
}

test('an invitation that took the last seat and whose answer was lost is done, not failed', async () => {
  const world = await startWithOneSeat();
  await openModal(world, people.ada, INVITE);
  loseAnswerOf(world, 'users.invite');
  expect((await submit(world, people.ada)).text).toContain('Not done yet');
  expect([isThere(world), taken(world)]).toEqual([true, SEATS]);
  await recover(world);
  const done = await dmSaying(world, people.ada, 'Done');
  expect(done.text).toContain(`${NEW} is invited`);
  await expectNoLiveButtons(world);
});

test('an exchange whose invitation was left without an answer is done, too', async () => {
  const world = await startAt(FULL);
  await openModal(world, people.ada, INVITE);
  await chooseLeaver(world, people.ada, LEAVES);
  const stop = world.wallaroo.on('change', () => {
    stop();
    loseAnswerOf(world, 'users.invite');
  });
  expect((await submit(world, people.ada)).text).toContain('Not done yet');
  await recover(world);
  expect((await dmSaying(world, people.ada, 'Done')).text).toContain(`${NEW} is invited`);
  expect([isThere(world), world.isActive(LEAVES), taken(world)]).toEqual([true, false, SEATS]);
  await expectNoLiveButtons(world);
});

test('an invitation in exchange is undone in one: the one leaves again, the other comes back', async () => {
  const world = await startAt(FULL);
  await openModal(world, people.ada, INVITE);
  await chooseLeaver(world, people.ada, LEAVES);
  expect((await submit(world, people.ada)).buttons).toContain('Undo');
  let most = 0;
  world.wallaroo.on('change', () => {
    most = Math.max(most, taken(world));
  });
  await press(world, people.ada, 'modal', 'Undo');
  await world.slack.until(() => (world.isActive(LEAVES) ? true : undefined));
  expect(world.isActive(NEW)).toBe(false);
  expect([taken(world), most]).toEqual([SEATS, SEATS]);
  await expectNoLiveButtons(world);
});

test('an undo of an invitation that fails half-way leaves both as they were', async () => {
  const world = await startAt(FULL);
  await openModal(world, people.ada, INVITE);
  await chooseLeaver(world, people.ada, LEAVES);
  await submit(world, people.ada);
  world.wallaroo.faults.set('keycloak.users.put', { status: 400, skip: 1, times: 1 });
  expect((await press(world, people.ada, 'modal', 'Undo')).text).toContain('was put back');
  expect([world.isActive(NEW), world.isActive(LEAVES)]).toEqual([true, false]);
  await expectNoLiveButtons(world);
});

test('a plain invitation is undone by deactivating the account that it made', async () => {
  const world = await startWithOneSeat();
  await openModal(world, people.ada, INVITE);
  await submit(world, people.ada);
  await press(world, people.ada, 'modal', 'Undo');
  await world.slack.until(() => (world.isActive(NEW) ? undefined : true));
  expect(taken(world)).toBe(SEATS - 1);
  await expectNoLiveButtons(world);
});

test('nobody leaves for somebody whom others have invited meanwhile', async () => {
  const world = await startAt(FULL);
  await openModal(world, people.ada, INVITE);
  await chooseLeaver(world, people.ada, LEAVES);
  world.wallaroo.state.setEnabled('mia@ex.co', false);
  world.wallaroo.state.addUser({ username: NEW, email: NEW });
  expect((await submit(world, people.ada)).text).toContain('already has an active account');
  expect([world.isActive(NEW), world.isActive(LEAVES)]).toEqual([true, true]);
  await expectNoLiveButtons(world);
});

test('an activation at the last seat whose answer was lost is done, and ends when it was to end', async () => {
  const world = await startWithOneSeat();
  await openModal(world, people.ben, '/wallaroo activate ada@ex.co for 12h');
  loseAnswerOf(world, 'keycloak.users.put');
  expect((await submit(world, people.ben)).text).toContain('Not done yet');
  await recover(world);
  expect((await dmSaying(world, people.ben, 'Done')).text).toContain('ada@ex.co is now active');
  world.advance(13 * HOUR);
  await world.bot.settled();
  expect(world.isActive('ada@ex.co')).toBe(false);
  await expectNoLiveButtons(world);
});

test('a change that was given up although it took effect is found by `Try again`, with its end', async () => {
  const world = await startWithOneSeat();
  await openModal(world, people.ben, '/wallaroo activate ada@ex.co for 12h');
  loseAnswerOf(world, 'keycloak.users.put');
  expect((await submit(world, people.ben)).text).toContain('Not done yet');
  for (let tries = 0; tries < 180; tries += 1) {
    world.advance(MINUTE);
    await world.bot.settled();
  }
  const failed = await dmSaying(world, people.ben, 'Failed');
  expect(world.isActive('ada@ex.co')).toBe(true);
  world.wallaroo.faults.clear();
  expect((await press(world, people.ben, failed, 'Try again')).text).toContain('ada@ex.co is now active');
  world.advance(13 * HOUR);
  await world.bot.settled();
  expect(world.isActive('ada@ex.co')).toBe(false);
  await expectNoLiveButtons(world);
});

test('a step that is taken back without an answer is taken back once', async () => {
  const world = await startAt(FULL);
  await openModal(world, people.ada, `/wallaroo swap ${LEAVES} ada@ex.co`);
  world.wallaroo.faults.set('keycloak.users.put', { status: 400, skip: 1, times: 1 });
  const stop = world.wallaroo.on('response', ({ endpoint, status }) => {
    if (endpoint !== 'keycloak.users.put' || status !== 400) return;
    stop();
    loseAnswerOf(world, 'keycloak.users.put');
  });
  await submit(world, people.ada);
  await recover(world);
  expect((await dmSaying(world, people.ada, 'Failed')).text).toContain('was put back and is active again');
  expect([world.isActive(LEAVES), world.isActive('ada@ex.co')]).toEqual([true, false]);
  await expectNoLiveButtons(world);
});

test('an invitation of somebody exempt takes no seat, while it waits either', async () => {
  const world = await startWithOneSeat({ settings: { SEAT_EXEMPT: NEW.toUpperCase() } });
  await openModal(world, people.ada, INVITE);
  loseAnswerOf(world, 'users.invite');
  await submit(world, people.ada);
  world.wallaroo.faults.clear();
  await openModal(world, people.ben, '/wallaroo activate ada@ex.co');
  expect((await submit(world, people.ben)).text).toContain('ada@ex.co is now active');
  await recover(world);
  await dmSaying(world, people.ada, `${NEW} is invited`);
  await expectNoLiveButtons(world);
});

test('the same email in other capitals is the same request', async () => {
  const world = await startWorld({ settings: { FOUR_EYES: 'true' } });
  await openModal(world, people.ada, INVITE);
  await submit(world, people.ada, 'new here');
  await openModal(world, people.ben, INVITE.toUpperCase().replace('/WALLAROO INVITE', '/wallaroo invite'));
  expect((await submit(world, people.ben, 'new here')).text).toContain('This request already exists');
  const { changes } = await readRecords(world.databaseUrl);
  expect(changes).toHaveLength(1);
});
