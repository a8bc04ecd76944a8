import { expect, test } from 'vitest';
import { ask, newMessage, nextModal } from '../flows/acting.ts';
import { approve, request } from '../flows/requests.ts';
import { filledModal, LICENSE, people, startWorld, type World } from '../flows/world.ts';

const IDLE = 'testuser@wallaroo.ai';

async function atHome(world: World, userId: string) {
  await world.slack.as(userId).openHome();
  return world.slack.until(() => world.slack.as(userId).home());
}

const opened = ({ slack }: World): number => slack.traffic.calls('views.open').length;

/** From now on Ada is no administrator, as the bot will know within a minute. */
function demoteAda(world: World): void {
  const { userGroups } = world.slack.workspace.state;
  const group = userGroups.get('S0ADMINS');
  if (group !== undefined) userGroups.set(group.id, { ...group, members: ['U0BEN'] });
  world.advance(61_000);
}

test('a press in App Home that is refused is answered over App Home', async () => {
  const world = await startWorld();
  const home = await atHome(world, people.ada);
  demoteAda(world);
  await world.slack.as(people.ada).press(home, { near: IDLE, label: 'Keep' }, { asSeen: true });
  const modal = await filledModal(world, people.ada);
  expect(modal.text).toContain('Only administrators');
  expect([opened(world), world.slack.as(people.ada).dm()]).toEqual([1, []]);
});

test('a request that somebody else has decided meanwhile is not cancelled from App Home, which says so there', async () => {
  const world = await startWorld();
  const { slack } = world;
  const card = await request(world, people.mia, '/wallaroo activate ada@ex.co');
  const home = await atHome(world, people.mia);
  await approve(world, people.ben, card);
  await slack.as(people.mia).press(home, 'Withdraw', { asSeen: true });
  const modal = await filledModal(world, people.mia);
  expect(modal.text).toContain(':no_entry:');
  expect(
    slack
      .as(people.mia)
      .dm()
      .map(({ text }) => text)
      .join(),
  ).not.toContain(':no_entry:');
});

test('a modal out of App Home whose content Slack refuses says so, instead of loading for ever', async () => {
  const world = await startWorld();
  const home = await atHome(world, people.ada);
  world.slack.faults.plan('views.update', { error: 'invalid_arguments' });
  await world.slack.as(people.ada).press(home, 'Request access for…');
  const modal = await filledModal(world, people.ada);
  expect(modal.text).toMatch(/Reference [0-9A-Z]{6}, for the people who run this bot/);
  await world.bot.settled();
  expect([opened(world), world.slack.as(people.ada).dm()]).toEqual([1, []]);
});

test('a modal out of App Home that Slack lets nobody fill is not opened twice: a direct message tells of it', async () => {
  const world = await startWorld();
  const home = await atHome(world, people.ada);
  world.slack.faults.plan('views.update', { retryAfterSeconds: 600 });
  const told = await newMessage(world, people.ada, 'dm', () =>
    world.slack.as(people.ada).press(home, 'Request access for…'),
  );
  expect(told.text).toContain('Slack did not take what I wanted to show you');
  expect(opened(world)).toBe(1);
});

test('a press in a modal that is refused is answered in that modal', async () => {
  const world = await startWorld();
  const { slack } = world;
  await ask(world, people.ada, '/wallaroo license', LICENSE);
  await slack.as(people.ada).type(LICENSE, '/wallaroo activate a');
  const offered = await filledModal(world, people.ada);
  const [first = ''] = offered.buttons;
  const state = slack.workspace.state.stacks.get(people.ada)?.at(-1);
  // As an older version of the bot drew it.
  const content = JSON.parse(JSON.stringify(state?.content).replaceAll('change_pick_user', 'gone_action'));
  if (state !== undefined) Object.assign(state, { content });
  const told = await nextModal(world, people.ada, () => slack.as(people.ada).press('modal', first));
  expect(told.text).toContain('no longer does anything');
  expect([opened(world), slack.as(people.ada).dm()]).toEqual([1, []]);
});
