import { describe, expect, it } from 'vitest';
import { communitySeed } from '../../sandbox/wallaroo/seeds/community-seed.ts';
import { lineSaying, openModal, press, request, submit } from './requests.ts';
import { people, startWorld, type World } from './world.ts';

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
