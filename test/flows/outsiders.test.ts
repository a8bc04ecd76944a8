import { expect, test } from 'vitest';
import { ask, askModal, newMessage, nextModal } from './acting.ts';
import { APPROVALS, filledModal, LICENSE, people, startWorld, type World } from './world.ts';

const GIA = 'U0GIA';

const users = ({ wallaroo }: World) =>
  [...wallaroo.state.users.values()].map(({ username, enabled }) => `${username} ${enabled}`);

/** A press as Slack would send it, by somebody else than who was shown the button. */
async function pressAs(world: World, userId: string, forged: Readonly<Record<string, unknown>> = {}) {
  const sent = world.slack.traffic.of('envelope').findLast(({ payload }) => payload.type === 'block_actions');
  const payload = JSON.parse(JSON.stringify(sent?.payload));
  await world.slack.deliver({ ...payload, user: { ...payload.user, id: userId, ...forged } });
  await world.bot.settled();
}

test('guests are told why they may do nothing, by every command', async () => {
  const world = await startWorld();
  const before = users(world);
  for (const text of ['', 'users', 'user steve', 'license', 'audit', 'requests', 'digest'])
    expect((await ask(world, GIA, `/wallaroo ${text}`)).text, text).toContain('Guests may not use this bot');
  for (const text of ['activate nora', 'deactivate steve', 'swap steve nora', 'invite a@ex.co']) {
    const modal = await askModal(world, GIA, `/wallaroo ${text}`);
    expect(modal.text, text).toContain('Guests may not use this bot');
    expect([modal.submit, modal.buttons]).toEqual([undefined, []]);
  }
  expect(users(world)).toEqual(before);
});

test('members are told what is for administrators only', async () => {
  const world = await startWorld();
  for (const text of ['audit', 'digest', 'idle'])
    expect((await ask(world, people.mia, `/wallaroo ${text}`)).text).toContain('Only administrators');
  const modal = await askModal(world, people.mia, '/wallaroo invite a@ex.co');
  expect(modal.submit).toBe('Send request');
});

test('a press by a guest, a stranger, another team, somebody who left or somebody unknown changes and shows nothing', async () => {
  const world = await startWorld();
  const { slack } = world;
  const before = users(world);
  const card = await ask(world, people.ada, '/wallaroo user testuser');
  await slack.as(people.ada).press(card, 'Deactivate…');
  await filledModal(world, people.ada);
  const clickers = [
    [people.gus, {}],
    [people.xeno, { team_id: 'T0OTHER' }],
    ['U0GONE', {}],
    ['U0NOBODY', {}],
    // Ada's id under the name of another team.
    [people.ada, { team_id: 'T0OTHER' }],
  ] as const;
  for (const [userId, forged] of clickers) await pressAs(world, userId, forged);
  // The trigger of the first press is used up, so the person who pressed is answered where they pressed, or not at all.
  const shown = slack.traffic.calls('views.update').map(({ args }) => JSON.stringify(args));
  expect(shown.filter((view) => view.includes('testuser@wallaroo.ai'))).toHaveLength(1);
  expect(users(world)).toEqual(before);
});

test('rights are checked at the press: who lost them since is refused, within a minute', async () => {
  const world = await startWorld();
  const { slack } = world;
  const modal = await askModal(world, people.ada, '/wallaroo deactivate testuser');
  expect(modal.submit).toBe('Deactivate');
  const { userGroups } = slack.workspace.state;
  const group = userGroups.get('S0ADMINS');
  if (group !== undefined) userGroups.set(group.id, { ...group, members: ['U0BEN'] });
  world.advance(61_000);
  const result = await nextModal(world, people.ada, async () => {
    await slack.as(people.ada).submit();
  });
  expect(world.isActive('testuser@wallaroo.ai')).toBe(true);
  expect(result.text).not.toContain('testuser@wallaroo.ai is now');
});

test('MEMBERS narrows who may read and ask, by id and by group', async () => {
  const world = await startWorld({ settings: { MEMBERS: 'U0MIA' } });
  expect((await ask(world, people.mia, '/wallaroo license')).text).toContain('Community license');
  expect((await ask(world, people.steve, '/wallaroo license')).text).toContain(
    'You are not among the people who may use this bot',
  );
  expect((await ask(world, people.ada, '/wallaroo license')).text).toContain('Community license');
});

test('who presses on an outdated message of another bot version is told to start again', async () => {
  const world = await startWorld();
  const { slack } = world;
  const help = await ask(world, people.mia, '/wallaroo', LICENSE);
  await newMessage(world, people.mia, LICENSE, () => slack.as(people.mia).press(help, 'License'));
  const sent = slack.traffic.of('envelope').findLast(({ payload }) => payload.type === 'block_actions');
  const payload = JSON.parse(JSON.stringify(sent?.payload));
  payload.actions[0].action_id = 'gone_action';
  const told = await newMessage(world, people.mia, LICENSE, () => slack.deliver(payload));
  expect(told.text).toContain('no longer does anything');
});

test('a single-channel guest who presses in the approvals channel is told why not', async () => {
  const world = await startWorld();
  const { slack } = world;
  await askModal(world, people.mia, '/wallaroo activate nora please let her in');
  await slack.as(people.mia).submit();
  await world.bot.settled();
  const gus = slack.as(people.gus);
  const card = await slack.until(() =>
    gus.messages(APPROVALS).find(({ buttons }) => buttons.includes('Approve')),
  );
  await gus.press(card, 'Approve');
  const modal = await filledModal(world, people.gus);
  expect(modal.text).toContain('Guests may not use this bot');
  expect(world.isActive('nora@ex.co')).toBe(false);
});
