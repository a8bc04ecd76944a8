import { expect, test } from 'vitest';
import type { Json } from '../../sandbox/slack/json.ts';
import { issueTrigger } from '../../sandbox/slack/triggers.ts';
import { ask, askModal, newMessage } from '../flows/acting.ts';
import { filledModal, LICENSE, people, startWorld, type World } from '../flows/world.ts';

type Pressed = Json & { actions: Json[] };

/** The latest payload of that kind, with a trigger that would do. */
function another({ slack }: World, type: string): Pressed {
  const sent = slack.traffic.of('envelope').findLast(({ payload }) => payload.type === type);
  const trigger_id = issueTrigger(slack.workspace, people.ada);
  return { ...(structuredClone(sent?.payload) as Pressed), trigger_id };
}

/** Delivers, waits for the bot to be through, and gives the messages of the log from warnings on. */
async function warningsOf(world: World, payload: Json): Promise<string> {
  const before = world.logs.length;
  await world.slack.deliver(payload);
  await world.bot.settled();
  const warned = world.logs.slice(before).filter(({ level }) => Number(level) >= 40);
  expect(warned.filter(({ level }) => Number(level) >= 50)).toEqual([]);
  return warned.map(({ msg }) => msg).join();
}

const hasActed = ({ slack, wallaroo }: World) => ({
  messages: slack.as(people.ada).messages(LICENSE).length,
  modal: slack.as(people.ada).modal()?.viewId,
  users: [...wallaroo.state.users.values()].map(({ enabled }) => enabled).join(),
});

test('a menu whose choice is empty or missing does nothing, quietly', async () => {
  const world = await startWorld();
  const list = await ask(world, people.ada, '/wallaroo users');
  await newMessage(world, people.ada, LICENSE, () =>
    world.slack.as(people.ada).press(list, { near: 'steve@ex.co' }, 'View'),
  );
  const before = hasActed(world);
  for (const selected of [
    { selected_option: null },
    { selected_option: undefined },
    { selected_option: { text: { type: 'plain_text', text: 'View' } } },
    { selected_option: { text: { type: 'plain_text', text: 'View' }, value: '' } },
  ]) {
    const pressed = another(world, 'block_actions');
    const actions = pressed.actions.map((action) => ({ ...action, ...selected }));
    expect(await warningsOf(world, { ...pressed, actions })).toContain('without a choice');
  }
  expect(hasActed(world)).toEqual(before);
});

test('a button without a value, or with one that no bot of ours wrote, is answered in words', async () => {
  const world = await startWorld();
  const list = await ask(world, people.ada, '/wallaroo users');
  await world.slack.as(people.ada).press(list, 'Next');
  await world.bot.settled();
  const ids = [
    'users_view',
    'users_page',
    'users_activate',
    'users_deactivate',
    'audit_page',
    'audit_export',
    'digest_keep',
    'digest_deactivate',
    'change_approve',
    'change_cancel',
    'nobodys_action',
    '',
  ];
  for (const action_id of ids)
    for (const value of [undefined, '', '{"no":', 'null']) {
      const pressed = another(world, 'block_actions');
      const actions = pressed.actions.map((action) => ({ ...action, action_id, value }));
      const before = world.slack.as(people.ada).messages(LICENSE).length;
      await warningsOf(world, { ...pressed, actions });
      const modal = world.slack.as(people.ada).modal();
      const shown = modal === undefined ? '' : world.slack.textOf(modal);
      const said = world.slack.as(people.ada).messages(LICENSE).slice(before);
      const told = [shown, ...said.map(({ text }) => text)].join();
      expect(told, `${action_id} ${value}`).toMatch(/no longer|out of date|not known/);
      expect(told).not.toMatch(/Loading…|Something went wrong/);
      if (modal !== undefined) await world.slack.as(people.ada).close('all');
    }
});

test('a press that comes without what tells its place is answered by direct message or in a modal', async () => {
  const world = await startWorld();
  const list = await ask(world, people.ada, '/wallaroo users');
  await world.slack.as(people.ada).press(list, 'Next');
  const told = ['container', 'channel', 'message', 'response_url', 'state', 'api_app_id'];
  const bare = Object.entries(another(world, 'block_actions')).filter(([name]) => !told.includes(name));
  await newMessage(world, people.ada, 'dm', () => warningsOf(world, Object.fromEntries(bare)));
  expect(world.slack.as(people.ada).dm().at(-1)?.text).toContain('page 2');
});

test('a form that nobody knows, or that comes without its entries, is answered in its window', async () => {
  const world = await startWorld();
  const { slack } = world;
  const modal = await askModal(world, people.mia, '/wallaroo deactivate testuser');
  expect(modal.submit).toBe('Send request');
  await slack.as(people.mia).fill('Reason', 'gone');
  await slack.as(people.mia).submit();
  await filledModal(world, people.mia);
  const sent = another(world, 'view_submission');
  const view = sent.view as Json;
  const unknown = await slack.deliver({ ...sent, view: { ...view, callback_id: 'nobodys_form' } });
  expect(JSON.stringify(unknown.payload)).toContain('no longer valid');
  for (const state of [undefined, null, {}, { values: null }, { values: { reason: null } }]) {
    const { payload } = await slack.deliver({
      ...another(world, 'view_submission'),
      view: { ...view, state },
    });
    expect(JSON.stringify(payload)).toContain('Please say why');
  }
});

test('what the bot never asks for is acknowledged nevertheless', async () => {
  const world = await startWorld();
  await ask(world, people.ada, '/wallaroo users');
  const user = { id: people.ada, team_id: world.slack.workspace.state.team.id };
  const team = { id: user.team_id };
  for (const payload of [
    { type: 'shortcut', callback_id: 'none', user, team, trigger_id: 'none' },
    { type: 'view_closed', user, team, view: { id: 'V1', callback_id: 'none', type: 'modal' } },
    { type: 'block_suggestion', action_id: 'none', block_id: 'b', value: 'steve', user, team },
  ])
    await world.slack.deliver(payload);
  expect(world.slack.traffic.of('unanswered')).toEqual([]);
});
