import { describe, expect, it } from 'vitest';
import { communitySeed } from '../../sandbox/wallaroo/seeds/community-seed.ts';
import { rolesIn, workspaceNamed } from '../support/workspaces.ts';
import { ask, newMessage } from './acting.ts';
import { openModal, press, submit } from './requests.ts';
import { GENERAL, LICENSE, people, startWorld, type World, type WorldOptions } from './world.ts';

/** A directory that Keycloak does not import: its users have ids of its own making, with colons. */
const DIRECTORY = 'f:6c7d0f5a-3b0e-4a55-9f0f-2f3b8f1d9f10';
const LENA = 'lena@ex.co';

/** A world with Lena of the directory, whose name there is `called`. */
async function withLena(
  called = 'lena',
  options: WorldOptions = {},
): Promise<World & { readonly id: string }> {
  const world = await startWorld(options);
  const id = `${DIRECTORY}:${called}`;
  world.wallaroo.state.addUser({ id, username: 'lena', email: LENA, enabled: false });
  return { ...world, id };
}

const isAnswer = ({ isEphemeral }: { readonly isEphemeral: boolean }) => isEphemeral;

/** Presses what answers with a message to who presses. */
const answerOf = (
  { slack, ...world }: World,
  ...how: Parameters<ReturnType<World['slack']['as']>['press']>
) => newMessage({ slack, ...world }, people.ada, LICENSE, () => slack.as(people.ada).press(...how), isAnswer);

describe('a user of a directory, whose id holds colons', () => {
  it('is shown and switched from the menu of a row', async () => {
    const world = await withLena();
    const list = await ask(world, people.ada, '/wallaroo users lena');
    const card = await answerOf(world, list, { near: LENA }, { option: 'View' });
    expect(card.text).toContain(LENA);
    expect(card.buttons).toContain('Activate…');
    const form = await press(world, people.ada, list, { near: LENA }, { option: 'Activate…' });
    expect(form.text).toContain(`Activate ${LENA}`);
    expect((await submit(world, people.ada)).text).toContain(`${LENA} is now active`);
    await world.slack.as(people.ada).close('all');
    const license = await ask(world, people.ada, '/wallaroo license', GENERAL);
    const leaves = await press(world, people.ada, license, { near: LENA }, { option: 'Deactivate…' });
    expect((await submit(world, people.ada)).text).toContain(`${LENA} is now inactive`);
    expect(leaves.text).toContain(`Deactivate ${LENA}`);
  });

  it('is a member of a workspace like any other', async () => {
    const world = await withLena('lena', { wallaroo: { seed: communitySeed({ workspaces: 'many' }) } });
    const { state } = world.wallaroo;
    state.setMember(workspaceNamed(state, 'pricing').id, world.id, 'COLLABORATOR');
    const card = await ask(world, people.ada, '/wallaroo workspace pricing');
    await press(world, people.ada, card, { near: LENA }, { option: 'Make owner' });
    await submit(world, people.ada);
    expect(rolesIn(state, workspaceNamed(state, 'pricing'))).toMatchObject({ lena: 'OWNER' });
  });

  it('is one of fifty that are activated at once', async () => {
    const world = await startWorld({
      settings: { LICENSE_SEATS: '60' },
      wallaroo: { seed: communitySeed({ seats: 60 }) },
    });
    const names = Array.from({ length: 50 }, (_, n) => `directory.user.${n}@ex.co`);
    for (const name of names)
      world.wallaroo.state.addUser({
        id: `${DIRECTORY}:${name}`,
        username: name,
        email: name,
        enabled: false,
      });
    const form = await openModal(world, people.ada, `/wallaroo activate ${names.join(' ')}`);
    expect(form.text).toContain('Activate 50 users');
    await submit(world, people.ada);
    expect(names.filter(world.isActive)).toEqual(names);
  });

  it('is refused in a sentence where forty are more than a form can hold', async () => {
    const world = await startWorld({
      settings: { LICENSE_SEATS: '60' },
      wallaroo: { seed: communitySeed({ seats: 60 }) },
    });
    const names = Array.from({ length: 40 }, (_, n) => `user.${n}@ex.co`);
    // Nothing in these ids repeats: they cannot be written shorter.
    const idOf = () => `f:${crypto.randomUUID()}:${crypto.randomUUID()}${crypto.randomUUID()}`;
    for (const name of names)
      world.wallaroo.state.addUser({ id: idOf(), username: name, email: name, enabled: false });
    const form = await openModal(world, people.ada, `/wallaroo activate ${names.join(' ')}`);
    expect(form.text).toContain('more than a form of Slack can hold, so nothing was done. Please name fewer');
    expect(form.submit).toBeUndefined();
  });

  it('is changed from their card where the id is too long for a menu', async () => {
    const world = await withLena('lena'.repeat(40), {
      settings: { LICENSE_SEATS: '9' },
      wallaroo: { seed: communitySeed({ seats: 9, workspaces: 'many' }) },
    });
    const { state } = world.wallaroo;
    const old = {
      createdTimestamp: world.now().getTime() - 100 * 86_400_000,
      lastLogin: null,
      enabled: true,
    };
    const id = `${DIRECTORY}:${'otto'.repeat(40)}`;
    state.addUser({ id, username: 'otto', email: 'otto@ex.co', ...old });
    state.setMember(workspaceNamed(state, 'pricing').id, world.id, 'COLLABORATOR');
    const list = await ask(world, people.ada, '/wallaroo users lena');
    const card = await answerOf(world, list, { near: LENA, label: 'View' });
    await press(world, people.ada, card, 'Activate…');
    expect((await submit(world, people.ada)).text).toContain(`${LENA} is now active`);
    await world.slack.as(people.ada).close('all');
    const members = await ask(world, people.ada, '/wallaroo workspace pricing', GENERAL);
    const isMember = ({ text }: { readonly text: string }) => text.includes(LENA);
    expect(isMember(members)).toBe(true);
    const shown = () => world.slack.as(people.ada).press(members, { near: LENA, label: 'View' });
    await newMessage(world, people.ada, GENERAL, shown, isAnswer);
    const idle = await ask(world, people.ada, '/wallaroo idle', GENERAL);
    expect(idle.text).toContain('otto@ex.co');
    expect(idle.text).toContain(
      'An id of this list is too long for a box here: change that user from their card.',
    );
    expect(world.logs.filter(({ level }) => Number(level) >= 40)).toEqual([]);
  });
});
