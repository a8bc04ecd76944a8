import { describe, expect, it } from 'vitest';
import { communitySeed } from '../../sandbox/wallaroo/seeds/community-seed.ts';
import {
  approve,
  expectNoLiveButtons,
  lineSaying,
  openModal,
  press,
  request,
  saying,
  submit,
} from './requests.ts';
import { people, startWorld, type World } from './world.ts';

const four = { wallaroo: { seed: communitySeed({ seatsTaken: 4 }) } };
const three = { wallaroo: { seed: communitySeed({ seatsTaken: 3 }) } };

/** What the dialog of `Undo` asks. */
const undoDialog = (world: World, line: Parameters<typeof press>[2]): Promise<string> =>
  world.slack
    .as(people.ben)
    .press(line, 'Undo')
    .then(
      () => '',
      ({ message }: Error) => message,
    );

describe('the seats that are told of a change that is done', () => {
  it('are those as it was done, whatever its form showed: of an activation', async () => {
    const world = await startWorld(three);
    expect((await openModal(world, people.ada, '/wallaroo activate nora')).text).toContain(
      'Seats: 3 → 4 of 5',
    );
    await openModal(world, people.ben, '/wallaroo activate ada@ex.co');
    await submit(world, people.ben);
    await submit(world, people.ada);
    const line = await lineSaying(world, 'nora@ex.co is now active');
    expect(line.text).toContain('Seats: 4 → 5 of 5, the last one');
    expect(await undoDialog(world, line)).toContain('This will deactivate nora@ex.co. Seats: 5 → 4 of 5.');
    await expectNoLiveButtons(world);
  });

  it('of a deactivation and of its undoing', async () => {
    const world = await startWorld(four);
    await openModal(world, people.ada, '/wallaroo deactivate testuser');
    world.wallaroo.state.setEnabled('nora@ex.co', true);
    await submit(world, people.ada);
    const line = await lineSaying(world, 'testuser@wallaroo.ai is now inactive');
    expect(line.text).toContain('Seats: 5 → 4 of 5 ');
    world.wallaroo.state.setEnabled('nora@ex.co', false);
    await press(world, people.ben, line, 'Undo');
    const undoing = await lineSaying(world, 'pressed Undo: testuser@wallaroo.ai is now active');
    expect(undoing.text).toContain('Seats: 3 → 4 of 5, 1 left');
    await expectNoLiveButtons(world);
  });

  it('of an exchange', async () => {
    const world = await startWorld(four);
    await openModal(world, people.ada, '/wallaroo swap testuser nora');
    world.wallaroo.state.setEnabled('olga@ex.co', true);
    await submit(world, people.ada);
    const line = await lineSaying(world, 'nora@ex.co is now active');
    expect(line.text).toContain('Seats: 5 → 5 of 5');
    await expectNoLiveButtons(world);
  });

  it('of an invitation', async () => {
    const world = await startWorld(three);
    await openModal(world, people.ada, '/wallaroo invite new@ex.co');
    world.wallaroo.state.setEnabled('olga@ex.co', true);
    await submit(world, people.ada);
    const line = await lineSaying(world, 'new@ex.co is invited');
    expect(line.text).toContain('Seats: 4 → 5 of 5, the last one');
    await expectNoLiveButtons(world);
  });

  it('of several', async () => {
    const world = await startWorld(three);
    await openModal(world, people.ada, '/wallaroo activate nora ada@ex.co');
    world.wallaroo.state.setEnabled('steve', false);
    await submit(world, people.ada);
    const line = await lineSaying(world, 'ada@ex.co is now active');
    expect(line.text).toContain('Seats: 2 → 4 of 5, 1 left');
    await expectNoLiveButtons(world);
  });

  it('are none where nobody was counted for it, among many users: others may have taken seats since', async () => {
    const world = await startWorld(four);
    for (let n = 0; n < 1000; n += 1)
      world.wallaroo.state.addUser({ username: `gone${n}@ex.co`, email: `gone${n}@ex.co`, enabled: false });
    await openModal(world, people.ada, '/wallaroo deactivate testuser');
    await submit(world, people.ada);
    const line = await lineSaying(world, 'testuser@wallaroo.ai is now inactive');
    expect(line.text).not.toContain('Seats:');
    await expectNoLiveButtons(world);
  });

  it('of an approved request, whose card showed others', async () => {
    const world = await startWorld(four);
    const card = await request(world, people.mia, '/wallaroo activate nora');
    world.wallaroo.state.setEnabled('steve', false);
    await approve(world, people.ben, card);
    const done = await saying(world, card, 'Done');
    expect(await undoDialog(world, done)).toContain('Seats: 4 → 3 of 5.');
    await expectNoLiveButtons(world);
  });
});

describe('from LICENSE_WARN_AT on', () => {
  it('cards, lines and the dialog of `Undo` warn as the confirmation does', async () => {
    const world = await startWorld(three);
    const warned = 'Seats: 3 → 4 of 5, 1 left';
    expect((await openModal(world, people.ada, '/wallaroo activate nora')).text).toContain(warned);
    await submit(world, people.ada);
    expect((await lineSaying(world, 'nora@ex.co is now active')).text).toContain(warned);
    await openModal(world, people.ada, '/wallaroo deactivate nora');
    await submit(world, people.ada);
    const line = await lineSaying(world, 'nora@ex.co is now inactive');
    expect(await undoDialog(world, line)).toContain(`This will activate nora@ex.co. ${warned}.`);
    expect((await request(world, people.mia, '/wallaroo activate nora')).text).toContain(warned);
  });

  it('a request of before says the same as before, and is approved at one press', async () => {
    const world = await startWorld({ ...three, settings: { LICENSE_WARN_AT: '5' } });
    const card = await request(world, people.mia, '/wallaroo activate nora');
    expect(card.text).toMatch(/Seats: 3 → 4 of 5$/m);
    await world.bot.stop();
    await world.startAnother({ settings: { LICENSE_WARN_AT: '4' } });
    expect((await press(world, people.ben, card, 'Approve')).text).toContain('nora@ex.co is now active');
  });
});
