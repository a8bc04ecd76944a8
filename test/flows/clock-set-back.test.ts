import { expect, it } from 'vitest';
import { dmSaying, openModal, press, request, saying, submit } from './requests.ts';
import { people, startWorld, type World } from './world.ts';

const HOUR = 3_600_000;
const PAUSE_SECONDS = 60;
const WHO = 'testuser@wallaroo.ai';

/** Slack asks for a pause at the next calls of this method, once `act` leads to them; then the clock is set back by an hour. */
async function pausedAsClockIsSetBack(world: World, method: string, act: () => Promise<unknown>) {
  const { slack, bot } = world;
  const refused = () => slack.traffic.calls(method).length;
  const before = refused();
  slack.faults.plan(method, { retryAfterSeconds: PAUSE_SECONDS }, 2);
  await act();
  await slack.until(() => refused() >= before + 2);
  await bot.settled();
  world.setBack(HOUR);
  world.advance((PAUSE_SECONDS + 1) * 1000);
}

it('cards are drawn once the pause is over that Slack asked for, though the clock was set back an hour', async () => {
  const world = await startWorld();
  const card = await request(world, people.mia, `/wallaroo deactivate ${WHO}`);
  await world.bot.settled();
  await pausedAsClockIsSetBack(world, 'chat.update', async () => {
    const modal = await press(world, people.ada, card, 'Approve');
    if (modal.submit !== undefined) await submit(world, people.ada);
  });
  await saying(world, card, 'Done, approved by @Ada Admin');
  await dmSaying(world, people.mia, 'Done, approved by @Ada Admin');
});

it('people are told of their accounts then, too', async () => {
  const world = await startWorld();
  await pausedAsClockIsSetBack(world, 'chat.postMessage', async () => {
    await openModal(world, people.ada, '/wallaroo activate mia@ex.co');
    await submit(world, people.ada);
  });
  await dmSaying(world, people.mia, 'You now have a Wallaroo seat');
});

it('a Home that stands open follows what changes, though the clock was set back an hour', async () => {
  const world = await startWorld();
  const ben = world.slack.as(people.ben);
  await ben.openHome();
  await world.slack.until(() => ben.home()?.text.includes('4 of 5'));
  await world.bot.settled();
  world.setBack(HOUR);
  await openModal(world, people.ada, '/wallaroo activate nora@ex.co');
  await submit(world, people.ada);
  await world.bot.settled();
  await world.slack.until(() => ben.home()?.text.includes('5 of 5'));
  expect(world.isActive('nora@ex.co')).toBe(true);
});
