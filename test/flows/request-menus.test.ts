import { describe, expect, it } from 'vitest';
import type { SeenMessage } from '../../sandbox/slack/person/seen.ts';
import { ask } from './acting.ts';
import {
  approve,
  expectNoLiveButtons,
  newCard,
  press,
  request,
  saying,
  submit,
  told,
  untilActive,
} from './requests.ts';
import { people, startWorld, type World } from './world.ts';

const NORA = 'nora@ex.co';
const DAY = 86_400_000;
const near = { near: NORA };

/** Mia's request to give Nora, active for three days, a week more. */
async function extension(world: World): Promise<SeenMessage> {
  await approve(world, people.ben, await request(world, people.mia, '/wallaroo activate nora for 3 days'));
  await world.slack.as(people.ben).close('all');
  await press(world, people.mia, await ask(world, people.mia, '/wallaroo user nora'), 'Extend');
  await world.slack.as(people.mia).choose('How much longer', '1 week');
  await submit(world, people.mia);
  await world.slack.as(people.mia).close('all');
  return newCard(world, 'extend');
}

/** Her request to mend Nora's account. */
async function fix(world: World): Promise<SeenMessage> {
  world.wallaroo.state.updateUser(NORA, { username: 'nora' });
  await press(world, people.mia, await ask(world, people.mia, `/wallaroo user ${NORA}`), 'Fix account…');
  await submit(world, people.mia, 'uploads fail');
  await world.slack.as(people.mia).close('all');
  return newCard(world, 'fix');
}

/** Ben's wish that Nora, whom another let in with four eyes, stays. */
async function keeping(world: World): Promise<SeenMessage> {
  await approve(world, people.ada, await request(world, people.mia, '/wallaroo activate nora for 3 days'));
  world.advance(2 * DAY + 3_600_000);
  await world.bot.settled();
  const notice = await world.slack.until(() =>
    world.slack
      .as(people.ada)
      .dm()
      .findLast(({ buttons }) => buttons.includes('Keep')),
  );
  await world.slack.as(people.ada).press(notice, 'Keep');
  return newCard(world, 'keep');
}

describe('the menu of a request', () => {
  it.each([
    ['to extend', extension, {}],
    ['to fix an account', fix, {}],
    ['to keep', keeping, { FOUR_EYES: 'true' }],
  ])('%s shows the user', async (_, asked, settings) => {
    const world = await startWorld({ settings });
    const card = await asked(world);
    await world.slack.as(people.steve).press(card, near, 'View');
    expect((await told(world, people.steve, card.channel, NORA)).text).toContain('Nora Lind');
    await expectNoLiveButtons(world);
  });

  it.each([
    ['to fix an account', fix, {}],
    ['to keep', keeping, { FOUR_EYES: 'true' }],
  ])('%s has nothing to change', async (_, asked, settings) => {
    const world = await startWorld({ settings });
    const card = await asked(world);
    await expect(world.slack.as(people.ben).press(card, near, 'Approve with changes…')).rejects.toThrow();
  });

  it('lets who approves choose another time for an extension', async () => {
    const world = await startWorld();
    const card = await extension(world);
    const form = await press(world, people.ada, card, near, 'Approve with changes…');
    expect(form.text).toContain('@Mia Member asks to extend the activation of nora@ex.co');
    expect(form.inputs).toEqual(['How much longer', 'Until']);
    await world.slack.as(people.ada).choose('How much longer', '1 day');
    expect((await submit(world, people.ada)).text).toContain('nora@ex.co stays active until');
    await saying(world, card, 'Done, approved by @Ada Admin');
    world.advance(3.5 * DAY);
    await world.bot.settled();
    expect(world.isActive(NORA)).toBe(true);
    world.advance(DAY);
    await world.bot.settled();
    await untilActive(world, NORA, false);
    await expectNoLiveButtons(world);
  });

  it('approves an extension as asked where nothing else is chosen', async () => {
    const world = await startWorld();
    const card = await extension(world);
    await press(world, people.ada, card, near, 'Approve with changes…');
    expect((await submit(world, people.ada)).text).toContain('nora@ex.co stays active until');
    world.advance(9.5 * DAY);
    await world.bot.settled();
    expect(world.isActive(NORA)).toBe(true);
    await expectNoLiveButtons(world);
  });

  it('sends another time to another administrator with FOUR_EYES', async () => {
    const world = await startWorld({ settings: { FOUR_EYES: 'true' } });
    const card = await extension(world);
    const form = await press(world, people.ada, card, near, 'Approve with changes…');
    expect(form.submit).toBe('Send for approval');
    await world.slack.as(people.ada).choose('How much longer', '30 days');
    expect((await submit(world, people.ada)).text).toContain('Sent for approval');
    await world.slack.as(people.ada).close('all');
    await saying(world, card, 'changed by @Ada Admin');
    const own = await press(world, people.ada, card, 'Approve');
    expect(own.text).toContain('You changed this request yourself');
    expect((await approve(world, people.ben, card)).text).toContain('nora@ex.co stays active until');
    await expectNoLiveButtons(world);
  });

  it('counts another time from the end as it is by then, and approves none that is earlier', async () => {
    const world = await startWorld();
    const card = await extension(world);
    await press(world, people.ben, await ask(world, people.ben, '/wallaroo user nora'), 'Extend');
    await world.slack.as(people.ben).choose('How much longer', '30 days');
    await submit(world, people.ben);
    await world.slack.as(people.ben).close('all');
    const form = await press(world, people.ada, card, near, 'Approve with changes…');
    expect(form.inputs).toEqual(['How much longer', 'Until']);
    const asked = await submit(world, people.ada);
    expect(asked.text).toContain('Choose a later day: it ends');
    await world.slack.as(people.ada).close('all');
    await press(world, people.ada, card, near, 'Approve with changes…');
    await world.slack.as(people.ada).choose('How much longer', '1 week');
    await submit(world, people.ada);
    await saying(world, card, 'Done');
    world.advance(3 * DAY + 36 * DAY);
    await world.bot.settled();
    expect(world.isActive(NORA)).toBe(true);
    world.advance(2 * DAY);
    await untilActive(world, NORA, false);
  });
});
