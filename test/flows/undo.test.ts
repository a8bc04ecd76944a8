import { describe, expect, it } from 'vitest';
import {
  again,
  approve,
  expectNoLiveButtons,
  lineSaying,
  newCard,
  openModal,
  press,
  request,
  saying,
  submit,
} from './requests.ts';
import { people, startWorld } from './world.ts';

const MINUTE = 60_000;
const WHO = 'testuser@wallaroo.ai';

describe('`Undo`', () => {
  it('takes a direct change back, from its result', async () => {
    const world = await startWorld();
    await openModal(world, people.ada, `/wallaroo deactivate ${WHO}`);
    const result = await submit(world, people.ada);
    expect(result.buttons).toEqual(['Undo']);
    const line = await lineSaying(world, `${WHO} is now inactive`);
    expect((await press(world, people.ada, 'modal', 'Undo')).text).toContain(`${WHO} is now active`);
    expect(world.isActive(WHO)).toBe(true);
    expect((await saying(world, line, 'It has since been undone')).buttons).toEqual([]);
    await expectNoLiveButtons(world);
  });

  it('takes an approved change back, by any administrator, once', async () => {
    const world = await startWorld();
    const card = await request(world, people.mia, `/wallaroo deactivate ${WHO}`);
    await approve(world, people.ada, card);
    const done = await saying(world, card, 'Done');
    expect(done.text).toContain('can be undone until');
    expect((await press(world, people.ben, done, 'Undo')).text).toContain(`${WHO} is now active`);
    await saying(world, card, 'It has since been undone');
    const again = await press(world, people.ada, done, 'Undo', { asSeen: true });
    expect(again.text).toContain('can no longer be undone');
    expect(world.isActive(WHO)).toBe(true);
    await expectNoLiveButtons(world);
  });

  it('is for administrators', async () => {
    const world = await startWorld();
    const card = await request(world, people.mia, `/wallaroo deactivate ${WHO}`);
    await approve(world, people.ada, card);
    const done = await saying(world, card, 'Done');
    expect((await press(world, people.steve, done, 'Undo')).text).toContain('Only administrators');
    expect(world.isActive(WHO)).toBe(false);
    await expectNoLiveButtons(world);
  });

  it('goes after ten minutes, and is refused to who presses too late', async () => {
    const world = await startWorld();
    const card = await request(world, people.mia, `/wallaroo deactivate ${WHO}`);
    await approve(world, people.ada, card);
    const done = await saying(world, card, 'Done');
    world.advance(10 * MINUTE + 1);
    await world.bot.settled();
    expect(again(world, card).buttons).toEqual([]);
    const late = await press(world, people.ada, done, 'Undo', { asSeen: true });
    expect(late.text).toContain('can no longer be undone');
    expect(world.isActive(WHO)).toBe(false);
    await expectNoLiveButtons(world);
  });

  it('is checked again before it acts: not when the seat is gone', async () => {
    const world = await startWorld();
    await openModal(world, people.ada, `/wallaroo deactivate ${WHO}`);
    await submit(world, people.ada);
    world.wallaroo.state.setEnabled('olga@ex.co', true);
    world.wallaroo.state.setEnabled('nora@ex.co', true);
    const refused = await press(world, people.ada, 'modal', 'Undo');
    expect(refused.text).toContain('Nothing was undone. Every seat is taken by now.');
    expect(world.isActive(WHO)).toBe(false);
    await expectNoLiveButtons(world);
  });

  it('does not deactivate whom the guards protect by then', async () => {
    const world = await startWorld();
    await openModal(world, people.ben, '/wallaroo activate ada@ex.co');
    await submit(world, people.ben);
    const line = await lineSaying(world, 'ada@ex.co is now active');
    for (const name of ['admin', 'chatops@ex.co'])
      world.wallaroo.state.updateUser(name, { realmRoles: ['default-roles-master'] });
    const refused = await press(world, people.ada, line, 'Undo');
    expect(refused.text).toMatch(/own account|last active/);
    await world.slack.as(people.ada).close('all');
    const bens = await press(world, people.ben, line, 'Undo');
    expect(bens.text).toContain('last active platform administrator');
    expect(world.isActive('ada@ex.co')).toBe(true);
    await expectNoLiveButtons(world);
  });

  it('needs a second administrator with FOUR_EYES, and takes `Undo` from what it undid', async () => {
    const world = await startWorld({ settings: { FOUR_EYES: 'true' } });
    const card = await request(world, people.ada, `/wallaroo deactivate ${WHO}`);
    await approve(world, people.ben, card);
    const done = await saying(world, card, 'Done');
    expect((await press(world, people.ada, done, 'Undo')).text).toContain('Request sent');
    const undo = await newCard(world, `activate ${WHO}`);
    await approve(world, people.ben, undo);
    await saying(world, card, 'It has since been undone');
    expect(world.isActive(WHO)).toBe(true);
    await expectNoLiveButtons(world);
  });
});
