import { describe, expect, it } from 'vitest';
import { communitySeed } from '../../sandbox/wallaroo/seeds/community-seed.ts';
import { enterpriseSeed } from '../../sandbox/wallaroo/seeds/enterprise-seed.ts';
import type { EndpointName } from '../../sandbox/wallaroo/supported.ts';
import { readRecords } from '../support/change-records.ts';
import { activeOwnersOf, rolesIn, workspaceNamed } from '../support/workspaces.ts';
import { ask, messageNow } from './acting.ts';
import {
  approve,
  chooseLeaver,
  expectNoLiveButtons,
  lineSaying,
  newCard,
  openModal,
  press,
  request,
  saying,
  submit,
  untilActive,
} from './requests.ts';
import { FULL, GENERAL, people, startWorld, type World } from './world.ts';

const LEAVES = 'steve@ex.co';
const HEIR = 'testuser@wallaroo.ai';
const NEW_OWNER = 'New owner of fraud-models';
const WITHOUT = 'Leave it without';

/** Active owners of Steve's workspace, of which nobody else is one at first. */
const owners = ({ wallaroo: { state } }: World) => activeOwnersOf(state, 'fraud-models');

const fraud = ({ wallaroo }: World): number => workspaceNamed(wallaroo.state, 'fraud-models').id;

const fill = (world: World, text: string, as: string = people.ada) =>
  world.slack.as(as).fill(NEW_OWNER, text);

describe('somebody who leaves as the last active owner of a workspace', () => {
  it('is asked about, members first; who takes over is owner before they leave, and undo gives all back', async () => {
    const world = await startWorld();
    const modal = await openModal(world, people.ada, `/wallaroo deactivate ${LEAVES}`);
    expect(modal.text).toContain('Nobody active would own these workspaces any more.');
    expect(modal.text).toContain(NEW_OWNER);
    await fill(world, HEIR);
    let seen: readonly string[] = [];
    const stop = world.wallaroo.on('request', ({ endpoint }) => {
      if (endpoint === 'keycloak.users.put') seen = owners(world);
    });
    const result = await submit(world, people.ada);
    stop();
    expect(seen).toEqual(expect.arrayContaining(['steve', HEIR]));
    expect(result.text).toContain(`${HEIR} is now an owner of fraud-models`);
    expect(result.text).toContain(`${LEAVES} is now inactive`);
    expect([world.isActive('steve'), owners(world)]).toEqual([false, [HEIR]]);
    const { audit, changes } = await readRecords(world.databaseUrl);
    expect(changes.map(({ kind }) => kind)).toEqual(['deactivate']);
    expect(audit.filter(({ event }) => event === 'applied')).toHaveLength(1);
    await press(world, people.ada, 'modal', 'Undo');
    expect([world.isActive('steve'), owners(world)]).toEqual([true, ['steve']]);
    await expectNoLiveButtons(world);
  });

  it('may leave it without, which the outcome, the line and the trail say', async () => {
    const world = await startWorld();
    await openModal(world, people.ada, `/wallaroo deactivate ${LEAVES}`);
    expect(JSON.stringify(world.slack.as(people.ada).modal())).toContain(WITHOUT);
    expect((await submit(world, people.ada)).text).toContain('No active OWNER is left in fraud-models.');
    expect(owners(world)).toEqual([]);
    await lineSaying(world, 'No active OWNER is left in fraud-models');
    const { audit } = await readRecords(world.databaseUrl);
    expect(audit.at(-1)?.outcome).toContain('No active OWNER is left in `fraud-models`.');
  });

  it('is asked about although another owner is there who is inactive', async () => {
    const world = await startWorld();
    const { id } = world.wallaroo.state.setEnabled('mia@ex.co', false);
    world.wallaroo.state.setMember(fraud(world), id, 'OWNER');
    const modal = await openModal(world, people.ada, `/wallaroo deactivate ${LEAVES}`);
    expect(modal.text).toMatch(/fraud-models – no other active OWNER is left/);
    expect(modal.text).toContain(NEW_OWNER);
  });

  it('hands over in a swap', async () => {
    const world = await startWorld({ wallaroo: { seed: communitySeed({ enabled: FULL, seats: 5 }) } });
    await openModal(world, people.ada, `/wallaroo swap ${LEAVES} ada@ex.co`);
    await fill(world, HEIR);
    await submit(world, people.ada);
    const active = [world.isActive('steve'), world.isActive('ada@ex.co')];
    expect([...active, owners(world)]).toEqual([false, true, [HEIR]]);
    const { changes } = await readRecords(world.databaseUrl);
    expect(changes.map(({ kind }) => kind)).toEqual(['swap']);
  });

  it('is told of after an exchange, which asks for nobody', async () => {
    const world = await startWorld({ wallaroo: { seed: communitySeed({ enabled: FULL, seats: 5 }) } });
    await openModal(world, people.ada, '/wallaroo activate ada@ex.co');
    await chooseLeaver(world, people.ada, LEAVES);
    expect((await submit(world, people.ada)).text).toContain('No active OWNER is left in fraud-models.');
  });

  it('is asked about at the approval where the member left that open', async () => {
    const world = await startWorld();
    const card = await request(world, people.mia, `/wallaroo deactivate ${LEAVES}`);
    const modal = await press(world, people.ada, card, 'Approve');
    expect(modal.text).toContain(NEW_OWNER);
    expect(world.isActive('steve')).toBe(true);
    await fill(world, HEIR);
    await submit(world, people.ada);
    expect([world.isActive('steve'), owners(world)]).toEqual([false, [HEIR]]);
    expect((await saying(world, card, 'Done')).text).toContain(`${HEIR} is now an owner`);
    await press(world, people.ben, messageNow(world, people.ada, card), 'Undo');
    expect([world.isActive('steve'), owners(world)]).toEqual([true, ['steve']]);
    await expectNoLiveButtons(world);
  });

  it('is handed over as the member chose; an approval asks nothing more about it', async () => {
    const world = await startWorld();
    await openModal(world, people.mia, `/wallaroo deactivate ${LEAVES}`);
    await fill(world, HEIR, people.mia);
    await submit(world, people.mia, 'moves on');
    const card = await newCard(world);
    expect(card.text).toContain(`make ${HEIR} an owner of fraud-models and deactivate ${LEAVES}`);
    const modal = await press(world, people.ada, card, 'Approve');
    expect(modal.text).not.toContain(NEW_OWNER);
    if (modal.submit !== undefined) await submit(world, people.ada);
    await saying(world, card, 'Done');
    expect([world.isActive('steve'), owners(world)]).toEqual([false, [HEIR]]);
  });

  it('is asked about again at the approval where who was to take over is inactive by then', async () => {
    const world = await startWorld();
    await openModal(world, people.mia, `/wallaroo deactivate ${LEAVES}`);
    await fill(world, HEIR, people.mia);
    await submit(world, people.mia, 'moves on');
    world.wallaroo.state.setEnabled(HEIR, false);
    world.wallaroo.state.setEnabled('olga@ex.co', true);
    const modal = await press(world, people.ada, await newCard(world), 'Approve');
    expect(modal.inputs).toContain(NEW_OWNER);
    await fill(world, 'olga@ex.co');
    expect((await submit(world, people.ada)).text).toContain('olga@ex.co is now an owner of fraud-models');
    expect([world.isActive('steve'), owners(world)]).toEqual([false, ['olga@ex.co']]);
    const roles = rolesIn(world.wallaroo.state, workspaceNamed(world.wallaroo.state, 'fraud-models'));
    expect(roles[HEIR]).toBe('COLLABORATOR');
    await expectNoLiveButtons(world);
  });

  it('stays where they became the last owner after an approval that had nobody to ask about', async () => {
    const world = await startWorld();
    // The member left it open, and somebody else owns it by the time of the approval.
    const card = await request(world, people.mia, `/wallaroo deactivate ${LEAVES}`);
    const { id } = world.wallaroo.state.setEnabled('mia@ex.co', true);
    world.wallaroo.state.setMember(fraud(world), id, 'OWNER');
    world.wallaroo.faults.set('keycloak.users.put', { status: 503, times: 1 });
    const pressed = await press(world, people.ada, card, 'Approve');
    if (pressed.submit !== undefined) await submit(world, people.ada);
    world.wallaroo.state.setEnabled('mia@ex.co', false);
    world.advance(60_000);
    const told = await saying(world, card, 'is by now the last active OWNER of fraud-models');
    expect([world.isActive('steve'), owners(world)]).toEqual([true, ['steve']]);
    expect((await press(world, people.ada, told, 'Try again')).text).toContain(NEW_OWNER);
  });

  it('needs a second administrator with four eyes where it was chosen at the approval', async () => {
    const world = await startWorld({ settings: { FOUR_EYES: 'true' } });
    const card = await request(world, people.mia, `/wallaroo deactivate ${LEAVES}`);
    await press(world, people.ada, card, 'Approve');
    await fill(world, HEIR);
    expect((await submit(world, people.ada)).text).toContain('Sent for approval');
    expect([world.isActive('steve'), owners(world)]).toEqual([true, ['steve']]);
    await approve(world, people.ben, messageNow(world, people.ada, card));
    await untilActive(world, 'steve', false);
    expect(owners(world)).toEqual([HEIR]);
  });

  it.each([
    ['fails', { status: 403, body: { msg: 'caller lacks the role admin', code: 403 } }],
    ['is refused as invalid', { status: 400 }],
  ])('stays where the hand-over %s', async (_, fault) => {
    const world = await startWorld();
    world.wallaroo.faults.set('workspaces.add_user', fault);
    await openModal(world, people.ada, `/wallaroo deactivate ${LEAVES}`);
    await fill(world, HEIR);
    await submit(world, people.ada);
    expect([world.isActive('steve'), owners(world)]).toEqual([true, ['steve']]);
    const { changes } = await readRecords(world.databaseUrl);
    expect(changes.map(({ state }) => state)).toEqual(['failed']);
    await expectNoLiveButtons(world);
  });

  it.each([
    ['is lost', { cutAfterApply: true, times: 1 }],
    ['comes late', { delayMs: 800, times: 1 }],
    ['does not come at first', { status: 500, times: 1 }],
  ])('leaves after the hand-over whose answer %s', async (_, fault) => {
    const world = await startWorld();
    world.wallaroo.faults.set('workspaces.add_user' satisfies EndpointName, fault);
    await openModal(world, people.ada, `/wallaroo deactivate ${LEAVES}`);
    await fill(world, HEIR);
    await submit(world, people.ada);
    world.advance(60_000);
    await untilActive(world, 'steve', false);
    expect(owners(world)).toEqual([HEIR]);
  });

  it('is handed over as it was chosen, though Wallaroo goes away while the form is sent', async () => {
    const world = await startWorld();
    await openModal(world, people.ada, `/wallaroo deactivate ${LEAVES}`);
    await fill(world, HEIR);
    const gone = ['graphql', 'workspaces.list', 'users.query', 'keycloak.users.get'] as const;
    for (const endpoint of gone) world.wallaroo.faults.set(endpoint, { cut: true });
    expect((await submit(world, people.ada)).text).toContain('Not done yet');
    expect([world.isActive('steve'), owners(world)]).toEqual([true, ['steve']]);
    world.wallaroo.faults.clear();
    world.advance(60_000);
    await untilActive(world, 'steve', false);
    await lineSaying(world, `${HEIR} is now an owner of fraud-models`);
    expect(owners(world)).toEqual([HEIR]);
    await expectNoLiveButtons(world);
  });

  it('puts the hand-over back where the deactivation fails for good', async () => {
    const world = await startWorld();
    world.wallaroo.faults.set('keycloak.users.put', { status: 403, body: { error: 'unknown_error' } });
    await openModal(world, people.ada, `/wallaroo deactivate ${LEAVES}`);
    await fill(world, HEIR);
    await submit(world, people.ada);
    expect([world.isActive('steve'), owners(world)]).toEqual([true, ['steve']]);
    await expectNoLiveButtons(world);
  });

  it('stays where they have become the last one since the form was drawn, and is asked about then', async () => {
    const world = await startWorld();
    const { id } = world.wallaroo.state.user(HEIR);
    world.wallaroo.state.setMember(fraud(world), id, 'OWNER');
    const modal = await openModal(world, people.ada, `/wallaroo deactivate ${LEAVES}`);
    expect(modal.text).not.toContain(NEW_OWNER);
    world.wallaroo.state.setMember(fraud(world), id, 'COLLABORATOR');
    const again = await submit(world, people.ada);
    expect(again.text).toContain('is by now the last active OWNER of fraud-models');
    expect(world.isActive('steve')).toBe(true);
    await fill(world, HEIR);
    await submit(world, people.ada);
    expect([world.isActive('steve'), owners(world)]).toEqual([false, [HEIR]]);
  });

  it('stays where the chosen one became inactive since: the form says so and asks once more', async () => {
    const world = await startWorld();
    await openModal(world, people.ada, `/wallaroo deactivate ${LEAVES}`);
    await fill(world, HEIR);
    world.wallaroo.state.setEnabled(HEIR, false);
    const again = await submit(world, people.ada);
    expect(again.text).toContain(
      `${HEIR} is no longer active. ${LEAVES} is by now the last active OWNER of fraud-models.`,
    );
    expect(world.isActive('steve')).toBe(true);
  });

  it('stays where two owners are deactivated in a race: one of them', async () => {
    const world = await startWorld({ wallaroo: { seed: communitySeed({ enabled: FULL, seats: 5 }) } });
    const { id } = world.wallaroo.state.user(HEIR);
    world.wallaroo.state.setMember(fraud(world), id, 'OWNER');
    world.wallaroo.state.removeMember(workspaceNamed(world.wallaroo.state, 'platform-tests').id, id);
    await world.startAnother();
    await openModal(world, people.ada, `/wallaroo deactivate ${LEAVES}`);
    await openModal(world, people.ben, `/wallaroo deactivate ${HEIR}`);
    await Promise.all([submit(world, people.ada), submit(world, people.ben)]);
    expect([world.isActive('steve'), world.isActive(HEIR)].filter(Boolean)).toHaveLength(1);
    expect(owners(world)).toHaveLength(1);
  });

  it('is told of at the end of a timed activation, where nobody can be asked', async () => {
    const world = await startWorld();
    world.wallaroo.state.setEnabled('steve', false);
    await openModal(world, people.ada, `/wallaroo activate ${LEAVES} for 1 hour`);
    await submit(world, people.ada);
    world.advance(3_600_000);
    await untilActive(world, 'steve', false);
    const message = await world.slack.until(() =>
      world.slack
        .as(people.ada)
        .dm()
        .find(({ text }) => text.includes('No active OWNER is left in fraud-models')),
    );
    expect(message.text).toContain('has ended, as planned');
  });

  it('of a default workspace alone is not asked about', async () => {
    const world = await startWorld();
    const { id } = world.wallaroo.state.addUser({ username: 'zoe@ex.co', email: 'zoe@ex.co' });
    world.wallaroo.state.addWorkspace('zoe@ex.co - Default Workspace', id);
    const modal = await openModal(world, people.ada, '/wallaroo deactivate zoe@ex.co');
    expect(modal.text).not.toContain('New owner');
    await submit(world, people.ada);
    expect(world.isActive('zoe@ex.co')).toBe(false);
    expect((await ask(world, people.ada, '/wallaroo user zoe@ex.co', GENERAL)).text).toContain('inactive');
  });
});

it('may be left without with FOUR_EYES, too, where the other owner went after the request', async () => {
  const world = await startWorld({ settings: { FOUR_EYES: 'true' } });
  const { state } = world.wallaroo;
  const heir = state.user(HEIR).id;
  state.setMember(fraud(world), heir, 'OWNER');
  const card = await request(world, people.mia, `/wallaroo deactivate ${LEAVES}`);
  state.removeMember(fraud(world), heir);
  await press(world, people.ada, card, 'Approve');
  expect((await submit(world, people.ada)).text).toContain('Sent for approval');
  await approve(world, people.ben, messageNow(world, people.ada, card));
  await untilActive(world, 'steve', false);
  expect(owners(world)).toEqual([]);
});

it.each([2, 25])(
  'who shares %d workspaces with another owner leaves after a few questions to Wallaroo',
  async (shared) => {
    const world = await startWorld();
    const { state } = world.wallaroo;
    const [olga, steve] = [state.user('olga@ex.co').id, state.user('steve').id];
    for (let n = 0; n < shared; n += 1)
      state.setMember(state.addWorkspace(`space-${n}`, steve).id, olga, 'OWNER');
    await openModal(world, people.ada, `/wallaroo deactivate ${LEAVES}`);
    const begun = world.wallaroo.requests.length;
    expect((await submit(world, people.ada)).text).toContain(`${LEAVES} is now inactive`);
    const asked = world.wallaroo.requests.slice(begun).map(({ endpoint }) => endpoint);
    // Afterwards others ask, too, such as what draws the card again.
    const before = asked.slice(0, asked.indexOf('keycloak.users.put'));
    for (const endpoint of ['users.query', 'graphql'] as const)
      expect(before.filter((one) => one === endpoint).length).toBeLessThanOrEqual(4);
  },
);

it('stays, among many users, as the only owner of a workspace, whatever cannot be read of another one', async () => {
  const world = await startWorld({
    settings: { WALLAROO_EDITION: 'enterprise' },
    wallaroo: { seed: enterpriseSeed({ users: 1200 }) },
  });
  const { state } = world.wallaroo;
  const mia = state.user('mia@ex.co').id;
  const { id } = state.addWorkspace('shared', mia);
  state.setMember(id, state.user('olga@ex.co').id, 'OWNER');
  // So many who were removed from Keycloak are looked for in a list, which is cut.
  for (let n = 0; n < 11; n += 1) {
    const gone = state.addUser({ username: `gone${n}@ex.co` });
    state.setMember(id, gone.id, 'OWNER');
    state.removeUser(gone.id);
  }
  await openModal(world, people.ada, '/wallaroo deactivate mia@ex.co');
  // The last question before it is read what she owns.
  const stop = world.wallaroo.on('request', ({ endpoint }) => {
    if (endpoint !== 'keycloak.users.allRoles') return;
    stop();
    state.addWorkspace('alone', mia);
    world.wallaroo.setSwitches({ queryShows: 'none' });
  });
  expect((await submit(world, people.ada)).text).not.toContain('is now inactive');
  expect(world.isActive('mia@ex.co')).toBe(true);
  const { audit } = await readRecords(world.databaseUrl);
  expect(audit.at(-1)?.outcome).toContain('is by now the last active OWNER of `alone`.');
});
