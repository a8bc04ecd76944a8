import { describe, expect, it } from 'vitest';
import { communitySeed } from '../../sandbox/wallaroo/seeds/community-seed.ts';
import { readRecords } from '../support/change-records.ts';
import { activeOwnersOf } from '../support/workspaces.ts';
import { ask, messageNow } from './acting.ts';
import {
  dmSaying,
  expectNoLiveButtons,
  lineSaying,
  newCard,
  openModal,
  press,
  saying,
  submit,
  untilActive,
} from './requests.ts';
import { people, startWorld, type World, type WorldOptions } from './world.ts';

const TEST = 'testuser@wallaroo.ai';
const NEW_OWNER = (name: string) => `New owner of ${name}`;

/** Guests `g1` to `g3`: the first two own `shared` together, the third owns `alone`. */
async function crowd(options: WorldOptions = {}) {
  const world = await startWorld({
    ...options,
    settings: { LICENSE_SEATS: '60', ...options.settings },
    wallaroo: { seed: communitySeed({ seats: 60 }) },
  });
  const { state } = world.wallaroo;
  const [g1 = '', g2 = '', g3 = ''] = ['g1', 'g2', 'g3'].map(
    (name) =>
      state.addUser({
        username: `${name}@ex.co`,
        email: `${name}@ex.co`,
        enabled: true,
        createdTimestamp: world.now().getTime() - 100 * 86_400_000,
        lastLogin: null,
      }).id,
  );
  const shared = state.addWorkspace('shared', g1);
  state.setMember(shared.id, g2, 'OWNER');
  state.setMember(shared.id, state.user(TEST).id, 'COLLABORATOR');
  state.addWorkspace('alone', g3);
  return world;
}

const GUESTS = ['g1@ex.co', 'g2@ex.co', 'g3@ex.co'];
const DEACTIVATE = `/wallaroo deactivate ${GUESTS.join(' ')}`;
const areActive = (world: World) => GUESTS.map(world.isActive);
const owners = ({ wallaroo: { state } }: World) => [
  activeOwnersOf(state, 'shared'),
  activeOwnersOf(state, 'alone'),
];

/** The choices of a menu of the modal, by its label. */
function choicesOf(world: World, label: string, who: string = people.ada): readonly string[] {
  const blocks = world.slack.as(who).modal()?.blocks ?? [];
  const input = blocks.find((block) => JSON.stringify(block).includes(`"${label}"`));
  const { element } = JSON.parse(JSON.stringify(input)) as {
    element: { options: { text: { text: string } }[] };
  };
  return element.options.map(({ text }) => text.text);
}

async function chooseHeirs(world: World, who: string = people.ada): Promise<void> {
  await world.slack.as(who).fill(NEW_OWNER('shared'), TEST);
  await world.slack.as(who).fill(NEW_OWNER('alone'), 'steve@ex.co');
}

describe('several who leave together', () => {
  it('hand over each workspace that all of its owners leave, first; one change, and one undo', async () => {
    const world = await crowd();
    const modal = await openModal(world, people.ada, DEACTIVATE);
    expect(modal.inputs).toEqual([NEW_OWNER('alone'), NEW_OWNER('shared'), 'Reason']);
    const choices = choicesOf(world, NEW_OWNER('shared'));
    expect([choices[0], choices.at(-1)]).toEqual([TEST, 'Leave it without']);
    expect(choices.filter((text) => GUESTS.includes(text))).toEqual([]);
    await chooseHeirs(world);
    const order: string[] = [];
    const stop = world.wallaroo.on('request', ({ endpoint }) => {
      if (endpoint === 'workspaces.add_user' || endpoint === 'keycloak.users.put') order.push(endpoint);
    });
    const result = await submit(world, people.ada);
    stop();
    expect(order).toEqual(
      ['workspaces.add_user', 'keycloak.users.put'].flatMap((one, at) => Array(2 + at).fill(one)),
    );
    expect(result.text).toMatch(/testuser@wallaroo\.ai is now an owner of shared/);
    expect(result.text).not.toContain('No active OWNER is left');
    expect([areActive(world), owners(world)]).toEqual([
      [false, false, false],
      [[TEST], ['steve']],
    ]);
    const line = await lineSaying(world, 'deactivate g1@ex.co, g2@ex.co and g3@ex.co');
    expect(line.text).toMatch(
      /make steve@ex\.co an owner of alone, make testuser@wallaroo\.ai an owner of shared and deactivate/,
    );
    const { audit, changes } = await readRecords(world.databaseUrl);
    expect(changes.map(({ kind }) => kind)).toEqual(['several']);
    expect(audit.map(({ outcome }) => outcome)).toEqual(['Deactivated.']);
    await press(world, people.ada, 'modal', 'Undo');
    expect([areActive(world), owners(world)]).toEqual([
      [true, true, true],
      [['g1@ex.co', 'g2@ex.co'], ['g3@ex.co']],
    ]);
    await expectNoLiveButtons(world);
  });

  it('stay, all of them, where a hand-over fails', async () => {
    const world = await crowd();
    await openModal(world, people.ada, DEACTIVATE);
    await chooseHeirs(world);
    world.wallaroo.faults.set('workspaces.add_user', { status: 400, skip: 1, times: 1 });
    expect((await submit(world, people.ada)).text).toContain('Failed');
    expect([areActive(world), owners(world)]).toEqual([
      [true, true, true],
      [['g1@ex.co', 'g2@ex.co'], ['g3@ex.co']],
    ]);
    await press(world, people.ada, 'modal', 'Try again');
    expect([areActive(world), owners(world)]).toEqual([
      [false, false, false],
      [[TEST], ['steve']],
    ]);
    await expectNoLiveButtons(world);
  });

  it('leave after hand-overs of which an answer is lost', async () => {
    const world = await crowd();
    await openModal(world, people.ada, DEACTIVATE);
    await chooseHeirs(world);
    world.wallaroo.faults.set('workspaces.add_user', { cutAfterApply: true, times: 1 });
    await submit(world, people.ada);
    world.advance(60_000);
    await untilActive(world, 'g3@ex.co', false);
    await lineSaying(world, 'g3@ex.co is now inactive');
    expect([areActive(world), owners(world)]).toEqual([
      [false, false, false],
      [[TEST], ['steve']],
    ]);
    await expectNoLiveButtons(world);
  });

  it('put back what was handed over where none of them can be deactivated, and of some keep it', async () => {
    const world = await crowd();
    await openModal(world, people.ada, DEACTIVATE);
    await chooseHeirs(world);
    world.wallaroo.faults.set('keycloak.users.put', { status: 400 });
    await submit(world, people.ada);
    expect([areActive(world), owners(world)]).toEqual([
      [true, true, true],
      [['g1@ex.co', 'g2@ex.co'], ['g3@ex.co']],
    ]);
    world.wallaroo.faults.set('keycloak.users.put', { status: 400, times: 1 });
    await openModal(world, people.ada, DEACTIVATE);
    await chooseHeirs(world);
    const result = await submit(world, people.ada);
    expect(result.text).toContain('Done for 2 of 3');
    expect(owners(world).flat()).toEqual(expect.arrayContaining([TEST, 'steve']));
    const { audit } = await readRecords(world.databaseUrl);
    expect(audit.at(-1)?.outcome).toMatch(/^Deactivated: 2 of 3\. Failed: 1\. /);
    await expectNoLiveButtons(world);
  });

  it('are asked about at the approval where the member left that open; by name where they chose', async () => {
    const world = await crowd();
    await openModal(world, people.mia, DEACTIVATE);
    expect(choicesOf(world, NEW_OWNER('shared'), people.mia)[0]).toBe('Let the administrators choose');
    await submit(world, people.mia, 'they left');
    const open = await newCard(world);
    const form = await press(world, people.ada, open, 'Approve');
    expect(form.inputs).toEqual([NEW_OWNER('alone'), NEW_OWNER('shared')]);
    await world.slack.as(people.ada).close('all');
    const near = { near: 'g1@ex.co' };
    const amending = await press(world, people.ada, open, near, 'Approve with changes…');
    expect(amending.inputs).toEqual([NEW_OWNER('alone'), NEW_OWNER('shared')]);
    await world.slack.as(people.ada).close('all');
    await press(world, people.ada, open, 'Deny');
    await submit(world, people.ada, 'not yet');
    await world.slack.as(people.mia).close('all');
    await openModal(world, people.mia, DEACTIVATE);
    await chooseHeirs(world, people.mia);
    await submit(world, people.mia, 'they left');
    const card = await newCard(world, 'an owner of shared');
    expect(card.text).not.toContain('No active OWNER is left');
    const modal = await press(world, people.ben, card, 'Approve');
    expect(modal.inputs).toEqual([]);
    expect(modal.text).not.toContain('No active OWNER is left');
    await submit(world, people.ben);
    expect((await saying(world, card, 'Done')).text).toContain('g1@ex.co is now inactive');
    expect([areActive(world), owners(world)]).toEqual([
      [false, false, false],
      [[TEST], ['steve']],
    ]);
    await press(world, people.ben, messageNow(world, people.ben, card), 'Undo');
    await untilActive(world, 'g1@ex.co', true);
    await expectNoLiveButtons(world);
  });

  it('are asked about from the boxes of `idle`, and again where another is the last one since', async () => {
    const world = await crowd();
    const { state } = world.wallaroo;
    const shared = [...state.workspaces.values()].find(({ name }) => name === 'shared')?.id ?? 0;
    state.setMember(shared, state.user('steve').id, 'OWNER');
    const ada = world.slack.as(people.ada);
    const list = await ask(world, people.ada, '/wallaroo idle 10d');
    await ada.choose({ actionId: 'users_tick/0' }, GUESTS, list);
    const modal = await press(world, people.ada, list, 'Deactivate chosen…');
    expect(modal.inputs).toEqual([NEW_OWNER('alone'), 'Reason']);
    await ada.fill(NEW_OWNER('alone'), TEST);
    state.removeMember(shared, state.user('steve').id);
    const again = await submit(world, people.ada);
    expect(again.text).toContain('Nobody active would own shared any more');
    expect(again.text).toContain('Choose who takes over, or leave it without.');
    expect(again.inputs).toEqual([NEW_OWNER('alone'), NEW_OWNER('shared'), 'Reason']);
    expect(areActive(world)).toEqual([true, true, true]);
    // What was chosen before stays chosen.
    expect((await submit(world, people.ada)).text).toContain('No active OWNER is left in shared');
    expect([areActive(world), owners(world)]).toEqual([
      [false, false, false],
      [[], [TEST]],
    ]);
    await expectNoLiveButtons(world);
  });

  it('with more workspaces than fit are asked about all of them: those without a menu share one', async () => {
    const world = await crowd();
    const { state } = world.wallaroo;
    const g1 = state.user('g1@ex.co').id;
    for (let n = 0; n < 70; n += 1)
      state.addUser({ username: `colleague-with-a-long-name-${n}@example.com`, enabled: n < 40 });
    const names = Array.from({ length: 45 }, (_, n) => `w${String(n).padStart(2, '0')}`);
    for (const name of names) state.addWorkspace(name, g1);
    const modal = await openModal(world, people.ada, DEACTIVATE);
    expect(modal.inputs).toHaveLength(42);
    for (const name of names) expect(modal.text).toContain(name);
    const rest = 'New owner of the other 7 workspaces';
    const ada = world.slack.as(people.ada);
    expect(Object.keys((await ada.submit()).errors)).toEqual([rest]);
    // More people than a menu holds: one searches.
    expect((await ada.search(NEW_OWNER('shared'), ''))[0]).toBe(TEST);
    expect(await ada.search(NEW_OWNER('w00'), 'g1@ex')).toEqual(['Leave it without']);
    await ada.search(NEW_OWNER('w00'), 'testuser');
    await ada.fill(NEW_OWNER('w00'), TEST);
    await ada.search(rest, 'steve');
    await ada.fill(rest, 'steve@ex.co');
    const result = await submit(world, people.ada);
    expect(result.text).toContain('steve@ex.co is now an owner of w44');
    expect(areActive(world)).toEqual([false, false, false]);
    const owned = names.map((name) => activeOwnersOf(state, name).join());
    expect([owned[0], owned[1], ...new Set(owned.slice(-7))]).toEqual([TEST, '', 'steve']);
    const line = await lineSaying(world, ', hand over 3 more workspaces and deactivate g1@ex.co');
    expect(line.buttons).toContain('Undo');
    // Who takes over many hears of them in one message.
    const told = await dmSaying(world, people.steve, 'made you an owner of the workspaces w38, w39');
    expect(told.text).toContain('w44');
    expect(world.slack.as(people.steve).dm()).toHaveLength(1);
    await expectNoLiveButtons(world);
  });
});
