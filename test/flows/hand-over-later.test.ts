import { describe, expect, it } from 'vitest';
import { readRecords } from '../support/change-records.ts';
import { activeOwnersOf, workspaceNamed } from '../support/workspaces.ts';
import { pass } from './acting.ts';
import {
  approve,
  dmSaying,
  expectNoLiveButtons,
  lineSaying,
  newCard,
  openModal,
  press,
  saying,
  submit,
  threadOf,
  untilActive,
} from './requests.ts';
import { people, startWorld, type World, type WorldOptions } from './world.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const HEIR = 'testuser@wallaroo.ai';
const FRAUD = 'New owner of fraud-models';

/** Steve, inactive, owns fraud-models alone. */
async function start(options: WorldOptions = {}): Promise<World> {
  const world = await startWorld({ settings: { LICENSE_SEATS: '20', ...options.settings } });
  world.wallaroo.state.setEnabled('steve', false);
  return world;
}

const owners = ({ wallaroo: { state } }: World, name = 'fraud-models') => activeOwnersOf(state, name);

async function activated(world: World, command: string): Promise<void> {
  await openModal(world, people.ada, command);
  await submit(world, people.ada);
}

describe('`Undo` that deactivates the last active owner of a workspace', () => {
  it('asks who takes over, does that first, and works once', async () => {
    const world = await start();
    await activated(world, '/wallaroo activate steve@ex.co');
    const line = await lineSaying(world, 'steve@ex.co is now active');
    const form = await press(world, people.ada, 'modal', 'Undo');
    expect([form.title, form.submit, form.inputs]).toEqual(['Undo', 'Undo', [FRAUD]]);
    expect(world.isActive('steve')).toBe(true);
    await world.slack.as(people.ada).fill(FRAUD, HEIR);
    world.wallaroo.faults.set('workspaces.add_user', { cutAfterApply: true, times: 1 });
    const result = await submit(world, people.ada);
    expect(result.text).toMatch(/is now an owner of fraud-models[\s\S]*steve@ex\.co is now inactive/);
    expect([world.isActive('steve'), owners(world)]).toEqual([false, [HEIR]]);
    await saying(world, line, 'It has since been undone');
    await expectNoLiveButtons(world);
  });

  it('deactivates nobody where the hand-over fails, and says what is left without where that was chosen', async () => {
    const world = await start();
    await activated(world, '/wallaroo activate steve@ex.co olga@ex.co');
    const form = await press(world, people.ada, 'modal', 'Undo');
    expect(form.inputs).toEqual(['New owner of churn-forecast', FRAUD]);
    await world.slack.as(people.ada).fill(FRAUD, HEIR);
    world.wallaroo.faults.set('workspaces.add_user', {
      status: 403,
      body: { msg: 'no', code: 403 },
      times: 1,
    });
    await submit(world, people.ada);
    expect([world.isActive('steve'), world.isActive('olga@ex.co'), owners(world)]).toEqual([
      true,
      true,
      ['steve'],
    ]);
    const result = await press(world, people.ada, 'modal', 'Try again');
    expect(result.text).toContain('No active OWNER is left in churn-forecast');
    expect([world.isActive('steve'), world.isActive('olga@ex.co'), owners(world)]).toEqual([
      false,
      false,
      [HEIR],
    ]);
    await expectNoLiveButtons(world);
  });

  it('of an invitation is asked for with FOUR_EYES, as it was chosen', async () => {
    const world = await start({ settings: { FOUR_EYES: 'true' } });
    await openModal(world, people.ada, '/wallaroo invite kim@ex.co');
    await submit(world, people.ada, 'new here');
    const card = await newCard(world, 'kim@ex.co');
    await approve(world, people.ben, card);
    const done = await saying(world, card, 'Done');
    const { state } = world.wallaroo;
    state.addWorkspace('of-kim', state.user('kim@ex.co').id);
    await press(world, people.ben, done, 'Undo');
    await world.slack.as(people.ben).fill('New owner of of-kim', HEIR);
    expect((await submit(world, people.ben)).text).toContain('Request sent');
    expect(world.isActive('kim@ex.co')).toBe(true);
    await approve(world, people.ada, await newCard(world, 'an owner of of-kim and deactivate kim@ex.co'));
    await untilActive(world, 'kim@ex.co', false);
    expect(owners(world, 'of-kim')).toEqual([HEIR]);
    await expectNoLiveButtons(world);
  });
});

it('the end of a timed activation names ahead what it would leave without an owner, as that stands', async () => {
  const world = await start();
  const { state } = world.wallaroo;
  const { id } = workspaceNamed(state, 'fraud-models');
  const heir = state.user(HEIR).id;
  const LEFT = 'No active OWNER would be left in fraud-models then';
  await activated(world, '/wallaroo activate steve@ex.co for 2 days');
  await pass(world, DAY + 1000);
  const notice = await dmSaying(world, people.ada, LEFT);
  expect(notice.text).toContain('The access of steve@ex.co ends');
  expect(threadOf(world, notice).join()).toContain(LEFT);
  const told = await dmSaying(
    world,
    people.steve,
    'You are the last active owner of the workspace fraud-models',
  );
  expect(told.text).toContain('Then it ends');
  const { audit } = await readRecords(world.databaseUrl);
  expect(audit.at(-1)).toMatchObject({ event: 'reminded', outcome: expect.stringContaining('fraud-models') });
  state.setMember(id, heir, 'OWNER');
  await pass(world, DAY - HOUR);
  const again = world.slack.as(people.ada).messages(notice.channel);
  expect(again.find(({ ts }) => ts === notice.ts)?.text).not.toContain('No active OWNER');
  state.setMember(id, heir, 'COLLABORATOR');
  await pass(world, HOUR);
  await untilActive(world, 'steve', false);
  await dmSaying(world, people.ada, /has ended, as planned[\s\S]*No active OWNER is left in fraud-models/);
  await expectNoLiveButtons(world);
});

it('ends of several at the same time name what none of them owns any more then', async () => {
  const world = await start();
  const { state } = world.wallaroo;
  state.setMember(workspaceNamed(state, 'fraud-models').id, state.user('olga@ex.co').id, 'OWNER');
  await activated(world, '/wallaroo activate steve@ex.co olga@ex.co for 2 days');
  await pass(world, DAY + 1000);
  const LEFT = 'No active OWNER would be left in';
  await dmSaying(world, people.ada, new RegExp(`steve@ex\\.co ends[^\\n]*${LEFT} fraud-models then`));
  await dmSaying(
    world,
    people.ada,
    new RegExp(`olga@ex\\.co ends[^\\n]*${LEFT} churn-forecast, fraud-models then`),
  );
});
