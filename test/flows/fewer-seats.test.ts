import { describe, expect, test } from 'vitest';
import { communitySeed } from '../../sandbox/wallaroo/seeds/community-seed.ts';
import { askModal, submit } from './acting.ts';
import { approve, chooseLeaver, dmSaying, request, saying } from './requests.ts';
import { people, startWorld, type World } from './world.ts';

/** A license of four seats, all taken, and a bot that was told of eight. */
const startFewerSeats = (): Promise<World> =>
  startWorld({
    wallaroo: { seed: communitySeed({ seats: 4 }), switches: { activateChecksSeats: true } },
    settings: { LICENSE_SEATS: '8', WALLAROO_USERS_VIA: 'api' },
  });

const WHY =
  'Wallaroo takes no more users: it says its license is full, although LICENSE_SEATS is 8 and only 4 seats are taken.';

describe('where the license has fewer seats than the bot was told', () => {
  test.each([
    ['activate nora', 'Nothing was changed.', 'nora@ex.co'],
    ['invite newcomer@ex.co', 'Nobody was invited.', 'newcomer@ex.co'],
  ])('the form of %s says so, and offers an exchange', async (command, nothing, comes) => {
    const world = await startFewerSeats();
    await askModal(world, people.ada, `/wallaroo ${command}`);
    const again = await submit(world, people.ada);
    expect(again.text).toContain(WHY);
    expect(again.text).toContain(nothing);
    expect(again.text).toContain('Seats: 4 of 8, but Wallaroo takes no more');
    expect(again.text).toContain('Wallaroo takes no more users. Choose whom to deactivate in exchange');
    expect(again.text).not.toMatch(/every seat|last seat/i);
    await chooseLeaver(world, people.ada, 'testuser@wallaroo.ai');
    const result = await submit(world, people.ada);
    expect(result.text).toContain(`${comes} is ${command.startsWith('invite') ? 'invited' : 'now active'}`);
    expect(world.isActive('testuser@wallaroo.ai')).toBe(false);
  });

  test('the card and the requester hear that it failed for this', async () => {
    const world = await startFewerSeats();
    const card = await request(world, people.mia, '/wallaroo activate nora for the tests');
    await approve(world, people.ada, card);
    const failed = await saying(world, card, 'Failed');
    expect(failed.text).toContain(WHY);
    expect(failed.text).not.toMatch(/every seat/i);
    await dmSaying(world, people.mia, WHY);
  });
});
