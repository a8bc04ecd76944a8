import { describe, expect, it } from 'vitest';
import type { Json } from '../../sandbox/slack/json.ts';
import { issueTrigger } from '../../sandbox/slack/triggers.ts';
import { type ChangeRecords, readRecords } from '../support/change-records.ts';
import {
  approve,
  chooseLeaver,
  expectNoLiveButtons,
  openModal,
  press,
  request,
  saying,
  submit,
} from './requests.ts';
import { people, startWorld, type World } from './world.ts';

const WHO = 'testuser@wallaroo.ai';

type Payload = Json & { user: Json; team: Json; view: Json; actions: Json[] };

/** The latest payload of that kind that Slack sent to the bot. */
function latest({ slack }: World, type: 'block_actions' | 'view_submission'): Payload {
  const found = slack.traffic.of('envelope').findLast(({ payload }) => payload.type === type);
  if (found === undefined) throw new Error(`no ${type} was sent`);
  return structuredClone(found.payload) as Payload;
}

/** Delivers a payload of an attacker's making, with a trigger that would do, and waits until the bot is through with it. */
async function deliver(world: World, payload: Payload): Promise<void> {
  const { workspace } = world.slack;
  const trigger_id = issueTrigger(workspace, String(payload.user.id));
  await world.slack.deliver({ ...payload, trigger_id });
  await world.bot.settled();
}

const standing = async (world: World): Promise<Pick<ChangeRecords, 'changes' | 'audit'>> => {
  const { changes, audit } = await readRecords(world.databaseUrl);
  return { changes, audit };
};

/** That nothing was altered by what `attack` delivers, and that the log tells of it. */
async function expectIneffective(world: World, attack: () => Promise<void>): Promise<void> {
  await world.bot.settled();
  const before = await standing(world);
  const users = JSON.stringify(
    [...world.wallaroo.state.users.values()].map(({ id, enabled }) => [id, enabled]),
  );
  const logged = world.logs.length;
  await attack();
  await world.bot.settled();
  expect(await standing(world)).toEqual(before);
  expect(
    JSON.stringify([...world.wallaroo.state.users.values()].map(({ id, enabled }) => [id, enabled])),
  ).toBe(users);
  const warnings = world.logs
    .slice(logged)
    .filter(({ level, msg }) => Number(level) >= 40 && msg !== undefined);
  expect(warnings.map(({ msg }) => msg).join('\n')).toMatch(/refused|denied/);
  await expectNoLiveButtons(world);
}

describe('forged payloads', () => {
  it('of a press by the requester, a member, a guest, a stranger and nobody decide nothing', async () => {
    const world = await startWorld({ settings: { FOUR_EYES: 'true' } });
    const card = await request(world, people.ada, `/wallaroo deactivate ${WHO}`);
    await press(world, people.ben, card, 'Approve');
    const pressed = latest(world, 'block_actions');
    for (const id of [people.ada, people.mia, people.gus, people.xeno, 'U0NOBODY', 'U0GONE'])
      await expectIneffective(world, () => deliver(world, { ...pressed, user: { ...pressed.user, id } }));
  });

  it('of a submission in the name of another administrator, a member or the requester approve nothing', async () => {
    const world = await startWorld({ settings: { FOUR_EYES: 'true' } });
    const card = await request(world, people.ada, `/wallaroo deactivate ${WHO}`);
    await press(world, people.ben, card, 'Approve');
    await submit(world, people.ben);
    const sent = latest(world, 'view_submission');
    const other = await request(world, people.ada, '/wallaroo activate olga@ex.co');
    await press(world, people.ben, other, 'Approve');
    for (const id of [people.ada, people.mia, people.gus, people.xeno])
      await expectIneffective(world, () => deliver(world, { ...sent, user: { ...sent.user, id } }));
  });

  it('from another team decide nothing, even with an administrator’s id', async () => {
    const world = await startWorld();
    const card = await request(world, people.mia, `/wallaroo deactivate ${WHO}`);
    await press(world, people.ada, card, 'Approve');
    const pressed = latest(world, 'block_actions');
    const team = { id: 'T0OTHER', domain: 'other' };
    await expectIneffective(world, () =>
      deliver(world, { ...pressed, team, user: { ...pressed.user, team_id: 'T0OTHER' } }),
    );
    await expectIneffective(world, () =>
      deliver(world, { ...pressed, user: { ...pressed.user, team_id: 'T0OTHER' } }),
    );
  });

  it('with altered metadata change nothing: another change, another user, another opener', async () => {
    const world = await startWorld();
    const first = await request(world, people.mia, `/wallaroo deactivate ${WHO}`);
    await request(world, people.mia, '/wallaroo activate olga@ex.co');
    const [, second] = (await readRecords(world.databaseUrl)).changes;
    await press(world, people.ada, first, 'Approve');
    await submit(world, people.ada);
    await saying(world, first, 'Done');
    const sent = latest(world, 'view_submission');
    const metadata = String(sent.view.private_metadata);
    const [, changeId = ''] = /"changeId":"([^"]+)"/.exec(metadata) ?? [];
    for (const altered of [
      metadata.replace(changeId, second?.id ?? ''),
      metadata.replace(people.ada, people.ben),
      metadata.slice(metadata.indexOf('.') + 1),
      `${metadata} `,
      '',
      '{}',
      `A.${metadata.slice(metadata.indexOf('.') + 1)}`,
    ])
      await expectIneffective(world, () =>
        deliver(world, { ...sent, view: { ...sent.view, private_metadata: altered } }),
      );
  });

  it('with a stale or invented value of a button change nothing', async () => {
    const world = await startWorld();
    const card = await request(world, people.mia, `/wallaroo deactivate ${WHO}`);
    await approve(world, people.ada, card);
    const done = await saying(world, card, 'Done');
    await press(world, people.ben, done, 'Undo');
    const pressed = latest(world, 'block_actions');
    const [action = {}] = pressed.actions;
    for (const action_id of [
      'change_approve',
      'change_deny',
      'change_cancel',
      'change_try_again',
      'change_extend',
      'change_keep',
      'change_undo',
      'change_unheard_of',
    ])
      for (const value of [action.value, 'NOSUCHCHANGE', "' or 1=1 --", ''])
        await expectIneffective(world, () =>
          deliver(world, {
            ...pressed,
            user: { ...pressed.user, id: people.ada },
            actions: [{ ...action, action_id, value }],
          }),
        );
  }, 60_000);

  it('that are replayed change nothing: a press, an approval, a request, an envelope', async () => {
    const world = await startWorld();
    const card = await request(world, people.mia, `/wallaroo deactivate ${WHO}`);
    await approve(world, people.ada, card);
    await saying(world, card, 'Done');
    const approval = latest(world, 'view_submission');
    await expectIneffective(world, () => deliver(world, approval));
    const undone = await press(world, people.ben, await saying(world, card, 'Done'), 'Undo');
    expect(undone.text).toContain('is now active');
    await expectIneffective(world, () => deliver(world, latest(world, 'block_actions')));
    await expectIneffective(world, () => deliver(world, approval));
    expect(world.isActive(WHO)).toBe(true);
  });

  it('of a request with values that no form offered: an exchange for a protected user', async () => {
    const world = await startWorld();
    world.wallaroo.state.setEnabled('olga@ex.co', true);
    await openModal(world, people.ada, '/wallaroo activate ada@ex.co');
    await chooseLeaver(world, people.ada, /olga/);
    const { id } = world.wallaroo.state.user('chatops@ex.co');
    const view = world.slack.workspace.state.stacks.get(people.ada)?.at(-1);
    if (view === undefined) throw new Error('no modal');
    const entries = [...world.slack.workspace.state.entered.values()].flatMap((entered) =>
      [...entered].map(([key, value]) => ({ entered, key, value })),
    );
    const chosen = entries.find(({ value }) => JSON.stringify(value).includes('olga'));
    if (chosen === undefined) throw new Error('nobody is chosen');
    chosen.entered.set(chosen.key, {
      ...chosen.value,
      selected_option: { text: { type: 'plain_text', text: 'x' }, value: id },
    });
    await expectIneffective(world, async () => {
      const result = await submit(world, people.ada);
      expect(result.text).toContain('This exchange is not possible');
    });
    expect(world.isActive('chatops@ex.co')).toBe(true);
  });
});
