import { describe, expect, it } from 'vitest';
import { communitySeed } from '../../sandbox/wallaroo/seeds/community-seed.ts';
import { ask, newMessage } from './acting.ts';
import {
  chooseLeaver,
  expectNoLiveButtons,
  lineSaying,
  newCard,
  openModal,
  press,
  request,
  saying,
  submit,
} from './requests.ts';
import { LICENSE, people, startWorld, type World } from './world.ts';

const FULL = ['chatops@ex.co', 'admin', 'steve', 'testuser@wallaroo.ai', 'olga@ex.co'];
const fullWorld = () => startWorld({ wallaroo: { seed: communitySeed({ enabled: FULL }) } });

/** Ben approves, chooses who leaves, and confirms. */
async function approveSwap(world: World, leaves: string): Promise<void> {
  const card = await newCard(world);
  expect(card.text).toContain('Seats: 5 → 5 of 5. Who leaves is chosen at the approval.');
  const form = await press(world, people.ben, card, 'Approve');
  expect(form.text).not.toContain('Let the administrators choose');
  await chooseLeaver(world, people.ben, leaves);
  await submit(world, people.ben);
  await saying(world, card, 'Done, approved by @Ben Boss');
}

describe('at a full license a member', () => {
  it('names nobody: the administrators choose who leaves', async () => {
    const world = await fullWorld();
    await request(world, people.steve, '/wallaroo activate mia@ex.co');
    await approveSwap(world, 'testuser@wallaroo.ai');
    expect([world.isActive('mia@ex.co'), world.isActive('testuser@wallaroo.ai')]).toEqual([true, false]);
    await expectNoLiveButtons(world);
  });

  it('may still name somebody', async () => {
    const world = await fullWorld();
    await openModal(world, people.steve, '/wallaroo activate mia@ex.co');
    await chooseLeaver(world, people.steve, 'olga@ex.co');
    expect((await submit(world, people.steve, 'the audit')).text).toMatch(/olga@ex\.co.*mia@ex\.co/s);
  });

  it('invites somebody, and the administrators choose who leaves; or names one', async () => {
    const world = await fullWorld();
    const form = await openModal(world, people.steve, '/wallaroo invite kim@ex.co');
    expect(form.text).toContain('the administrators can choose');
    expect((await submit(world, people.steve, 'new on the team')).text).toContain('Request sent');
    await world.slack.as(people.steve).close('all');
    await approveSwap(world, 'testuser@wallaroo.ai');
    expect([world.isActive('kim@ex.co'), world.isActive('testuser@wallaroo.ai')]).toEqual([true, false]);
    await world.slack.as(people.ben).close('all');

    await openModal(world, people.steve, '/wallaroo invite lea@ex.co');
    await chooseLeaver(world, people.steve, 'olga@ex.co');
    await submit(world, people.steve, 'new on the team');
    const card = await newCard(world);
    expect(card.text).toMatch(/invite lea@ex\.co and deactivate olga@ex\.co/);
    const pressed = await press(world, people.ben, card, 'Approve');
    if (pressed.submit !== undefined) await submit(world, people.ben);
    await saying(world, card, 'Done, approved by @Ben Boss');
    expect([world.isActive('lea@ex.co'), world.isActive('olga@ex.co')]).toEqual([true, false]);
    expect(world.wallaroo.seats().taken).toBe(5);
    await expectNoLiveButtons(world);
  });

  it('asks for access for themself with one press', async () => {
    const world = await fullWorld();
    const me = await ask(world, people.mia, '/wallaroo me');
    const sent = await newMessage(world, people.mia, LICENSE, () =>
      world.slack.as(people.mia).press(me, 'Request access'),
    );
    expect(sent.text).toContain('Request sent');
    await approveSwap(world, 'olga@ex.co');
    expect([world.isActive('mia@ex.co'), world.isActive('olga@ex.co')]).toEqual([true, false]);
  });

  it('is not what an administrator is offered, who decides at once', async () => {
    const world = await fullWorld();
    const form = await openModal(world, people.ben, '/wallaroo activate mia@ex.co');
    expect(form.text).toContain('Every seat is taken. Choose whom');
    expect((await world.slack.as(people.ben).submit()).errors).toHaveProperty('Deactivate in exchange');
  });
});

describe('the choice of who leaves', () => {
  it.each(['/wallaroo activate mia@ex.co', '/wallaroo invite kim@ex.co'])(
    'shows what that person owns, and keeps what is filled in: %s',
    async (command) => {
      const world = await fullWorld();
      const ben = world.slack.as(people.ben);
      const shows = (words: string | RegExp) =>
        world.slack.until(() => {
          const modal = ben.modal();
          return modal?.text.match(words) ? modal : undefined;
        });
      expect((await openModal(world, people.ben, command)).text).not.toContain('owns ');
      await ben.fill('Reason', 'the audit');
      await ben.choose('Deactivate in exchange', 'olga@ex.co');
      // Her default workspace is hers alone: no alarm.
      expect((await shows(/olga@ex\.co · active · .* · owns /)).text).toMatch(
        /churn-forecast \(no other OWNER is active\), olga@ex\.co - Default Workspace(?! \()/,
      );
      await ben.choose('Deactivate in exchange', 'testuser@wallaroo.ai');
      expect((await shows(/testuser@wallaroo\.ai · active · .* · owns /)).text).not.toContain(
        'olga@ex.co · active',
      );
      await submit(world, people.ben);
      expect(world.isActive('testuser@wallaroo.ai')).toBe(false);
      await lineSaying(world, 'the audit');
    },
  );
});
