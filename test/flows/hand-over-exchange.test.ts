import { describe, expect, it } from 'vitest';
import { communitySeed } from '../../sandbox/wallaroo/seeds/community-seed.ts';
import { readRecords } from '../support/change-records.ts';
import { activeOwnersOf } from '../support/workspaces.ts';
import {
  approve,
  chooseLeaver,
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

const LEAVES = 'steve@ex.co';
const HEIR = 'testuser@wallaroo.ai';
const FRAUD = 'New owner of fraud-models';
const PLATFORM = 'New owner of platform-tests';

const full = (options: WorldOptions = {}) =>
  startWorld({ ...options, wallaroo: { seed: communitySeed({ enabled: FULL, seats: 5 }) } });

const owners = ({ wallaroo: { state } }: World, name = 'fraud-models') => activeOwnersOf(state, name);

/** Active or not: Steve, who leaves, and Nora, who comes. */
const exchanged = (world: World) => [world.isActive('steve'), world.isActive('nora@ex.co')];

/** What its menu of heirs has chosen for a workspace. */
const chosenIn = (world: World, label: string) => {
  const blocks = world.slack.as(people.ada).modal()?.blocks ?? [];
  const input = blocks.find((block) => JSON.stringify(block).includes(label));
  return JSON.stringify(input).match(/"initial_option":\{"text":\{[^}]*"text":"([^"]*)"/)?.[1];
};

describe('an exchange in which the last active owner of a workspace leaves', () => {
  it('asks who takes over once somebody is chosen to leave, and does that first', async () => {
    const world = await full();
    const first = await openModal(world, people.ada, '/wallaroo activate nora@ex.co');
    expect(first.inputs.join()).not.toContain('New owner');
    const ada = world.slack.as(people.ada);
    expect((await chooseLeaver(world, people.ada, LEAVES)).inputs).toContain(FRAUD);
    await ada.fill(FRAUD, HEIR);
    // Another leaver owns another workspace: what was chosen for the first is not taken over.
    const other = await chooseLeaver(world, people.ada, HEIR);
    expect([other.inputs.includes(FRAUD), other.inputs.includes(PLATFORM)]).toEqual([false, true]);
    await chooseLeaver(world, people.ada, LEAVES);
    expect(chosenIn(world, FRAUD)).toBe('Leave it without');
    await ada.fill(FRAUD, HEIR);
    let seen: readonly string[] = [];
    const stop = world.wallaroo.on('request', ({ endpoint }) => {
      if (endpoint === 'keycloak.users.put' && seen.length === 0) seen = owners(world);
    });
    const result = await submit(world, people.ada);
    stop();
    expect(seen).toEqual(expect.arrayContaining(['steve', HEIR]));
    expect(result.text).toMatch(/is now an owner of fraud-models[\s\S]*steve@ex\.co is now inactive/);
    expect([...exchanged(world), owners(world)]).toEqual([false, true, [HEIR]]);
    expect(owners(world, 'platform-tests')).toContain(HEIR);
    const { changes } = await readRecords(world.databaseUrl);
    expect(changes.map(({ kind }) => kind)).toEqual(['swap']);
    await press(world, people.ada, 'modal', 'Undo');
    expect([...exchanged(world), owners(world)]).toEqual([true, false, ['steve']]);
    await expectNoLiveButtons(world);
  });

  it.each(['/wallaroo activate nora@ex.co', '/wallaroo invite kim@ex.co'])(
    'leaves nothing without an owner that it did not show: %s',
    async (command) => {
      const world = await full();
      await openModal(world, people.ada, command);
      // What the chosen one owns comes late, and the form is sent before it is there.
      world.wallaroo.faults.set('graphql', { delayMs: 2500, times: 1 });
      const ada = world.slack.as(people.ada);
      await ada.choose('Deactivate in exchange', LEAVES);
      await ada.fill('Reason', 'the audit');
      const again = await submit(world, people.ada);
      expect(again.text).toContain('is by now the last active OWNER of fraud-models');
      expect([world.isActive('steve'), again.inputs.includes(FRAUD)]).toEqual([true, true]);
      expect([chosenIn(world, 'Deactivate in exchange'), JSON.stringify(again.blocks)]).toEqual([
        LEAVES,
        expect.stringContaining('"initial_value":"the audit"'),
      ]);
      await ada.fill(FRAUD, HEIR);
      expect((await submit(world, people.ada)).text).toContain(`${HEIR} is now an owner of fraud-models`);
      expect([world.isActive('steve'), owners(world)]).toEqual([false, [HEIR]]);
      await expectNoLiveButtons(world);
    },
  );

  it('has asked by the time that the choice of who leaves is acknowledged', async () => {
    const world = await full();
    await openModal(world, people.ada, '/wallaroo activate nora@ex.co');
    await world.slack.as(people.ada).choose('Deactivate in exchange', LEAVES);
    expect(world.slack.as(people.ada).modal()?.inputs).toContain(FRAUD);
    const result = await submit(world, people.ada);
    expect(result.text).toContain('No active OWNER is left in fraud-models');
    expect(exchanged(world)).toEqual([false, true]);
  });

  it('is not done where the hand-over fails', async () => {
    const world = await full();
    await openModal(world, people.ada, '/wallaroo activate nora@ex.co');
    await chooseLeaver(world, people.ada, LEAVES);
    await world.slack.as(people.ada).fill(FRAUD, HEIR);
    world.wallaroo.faults.set('workspaces.add_user', { status: 400 });
    await submit(world, people.ada);
    expect([...exchanged(world), owners(world)]).toEqual([true, false, ['steve']]);
    world.wallaroo.faults.clear('workspaces.add_user');
    await press(world, people.ada, 'modal', 'Try again');
    expect([...exchanged(world), owners(world)]).toEqual([false, true, [HEIR]]);
    await expectNoLiveButtons(world);
  });

  it('is asked about at the approval, where the administrators choose who leaves', async () => {
    const world = await full({ settings: { FOUR_EYES: 'true' } });
    const card = await request(world, people.mia, '/wallaroo activate nora@ex.co');
    await press(world, people.ada, card, 'Approve');
    await chooseLeaver(world, people.ada, LEAVES);
    await world.slack.as(people.ada).fill(FRAUD, HEIR);
    expect((await submit(world, people.ada)).text).toContain('Sent for approval');
    const amended = await saying(world, card, 'changed by @Ada Admin', people.ben);
    expect(amended.text).toMatch(
      /make testuser@wallaroo\.ai an owner of fraud-models and replace steve@ex\.co with nora@ex\.co/,
    );
    expect([...exchanged(world), owners(world)]).toEqual([true, false, ['steve']]);
    await approve(world, people.ben, amended);
    await untilActive(world, 'nora@ex.co', true);
    expect([...exchanged(world), owners(world)]).toEqual([false, true, [HEIR]]);
    await expectNoLiveButtons(world);
  });

  it.each([{ retryAfterSeconds: 30 }, { status: 503 }, { error: 'internal_error' }] as const)(
    'asks once more at the end where Slack does not draw the form again: nothing typed into it is lost (%o)',
    async (fault) => {
      const world = await full();
      await openModal(world, people.ada, '/wallaroo activate nora@ex.co');
      const ada = world.slack.as(people.ada);
      await ada.fill('Reason', 'she is back');
      world.slack.faults.plan('views.update', fault, 3);
      await ada.choose('Deactivate in exchange', LEAVES);
      await world.bot.settled();
      world.slack.faults.clear();
      expect(ada.modal()).toMatchObject({ submit: 'Activate', inputs: expect.not.arrayContaining([FRAUD]) });
      const again = await submit(world, people.ada);
      expect([again.inputs.includes(FRAUD), exchanged(world)]).toEqual([true, [true, false]]);
      await ada.fill(FRAUD, HEIR);
      expect((await submit(world, people.ada)).text).toContain('nora@ex.co is now active');
      const { changes } = await readRecords(world.databaseUrl);
      expect(changes[0]?.reason).toBe('she is back');
    },
  );

  it('asks also where the menu offers somebody whose long name Slack hands back longer than it takes', async () => {
    const long = `research&development.${'x'.repeat(48)}@ex.co`;
    const world = await full({
      settings: { LICENSE_SEATS: '6' },
      before: ({ wallaroo }) => wallaroo.state.addUser({ username: long, email: long, enabled: true }),
    });
    const first = await openModal(world, people.ada, '/wallaroo activate nora@ex.co');
    const offered = (form: typeof first) => JSON.stringify(form.blocks).match(/"research[^"]*"/)?.[0];
    expect(offered(first)).toContain('research&development');
    const form = await chooseLeaver(world, people.ada, LEAVES);
    expect([form.inputs.includes(FRAUD), offered(form)]).toEqual([true, offered(first)]);
    await world.slack.as(people.ada).fill(FRAUD, HEIR);
    expect((await submit(world, people.ada)).text).toContain('nora@ex.co is now active');
  });

  it('may leave the choice to the administrators, who are asked at the approval', async () => {
    const world = await full();
    await openModal(world, people.mia, '/wallaroo activate nora@ex.co');
    const form = await chooseLeaver(world, people.mia, LEAVES);
    expect(form.inputs).toContain(FRAUD);
    await submit(world, people.mia, 'she is back');
    const modal = await press(world, people.ben, await newCard(world), 'Approve');
    expect(modal.inputs).toContain(FRAUD);
    await world.slack.as(people.ben).fill(FRAUD, HEIR);
    await submit(world, people.ben);
    expect([...exchanged(world), owners(world)]).toEqual([false, true, [HEIR]]);
    await expectNoLiveButtons(world);
  });

  it('is asked about in `Approve with changes…`, for who leaves in exchange and for who was to leave anyway', async () => {
    const world = await startWorld();
    const amend = async (command: string, near: string) => {
      const card = await request(world, people.mia, command);
      await press(world, people.ada, card, { near }, 'Approve with changes…');
      return card;
    };
    const card = await amend('/wallaroo activate nora@ex.co', 'nora@ex.co');
    await chooseLeaver(world, people.ada, LEAVES);
    await world.slack.as(people.ada).fill(FRAUD, HEIR);
    await submit(world, people.ada);
    await saying(world, card, 'Done');
    expect([...exchanged(world), owners(world)]).toEqual([false, true, [HEIR]]);
    await world.slack.as(people.ada).close('all');
    await amend(`/wallaroo swap ${HEIR} ${LEAVES}`, HEIR);
    const ada = world.slack.as(people.ada);
    await ada.fill(FRAUD, 'nora@ex.co');
    expect((await submit(world, people.ada)).text).toContain('nora@ex.co is now an owner of fraud-models');
    expect([world.isActive(HEIR), owners(world)]).toEqual([false, ['nora@ex.co', 'steve']]);
    await expectNoLiveButtons(world);
  });
});
