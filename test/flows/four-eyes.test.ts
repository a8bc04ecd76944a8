import { describe, expect, it, test } from 'vitest';
import { defaultSlackSeed } from '../../sandbox/slack/seed.ts';
import { communitySeed } from '../../sandbox/wallaroo/seeds/community-seed.ts';
import { readRecords } from '../support/change-records.ts';
import { pass } from './acting.ts';
import {
  approve,
  cardsIn,
  chooseLeaver,
  dmSaying,
  expectNoLiveButtons,
  newCard,
  openModal,
  press,
  request,
  saying,
  submit,
  told,
} from './requests.ts';
import { APPROVALS, FULL, people, startWorld, type WorldOptions } from './world.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const ENDS = 'The access of nora@ex.co ends';

const startFourEyes = (options: WorldOptions = {}) =>
  startWorld({ ...options, settings: { FOUR_EYES: 'true', ...options.settings } });

describe('with FOUR_EYES', () => {
  it('nobody makes a timed activation permanent alone: `Keep` is asked for, and another approves it', async () => {
    const world = await startFourEyes();
    const card = await request(world, people.mia, '/wallaroo activate nora@ex.co for 7d');
    await approve(world, people.ben, card);
    await pass(world, 6 * DAY + HOUR);
    const notice = await dmSaying(world, people.ben, ENDS);
    await world.slack.as(people.ben).press(notice, 'Keep');
    await told(world, people.ben, 'dm', 'another administrator approves');
    expect((await saying(world, notice, ENDS, people.ben)).buttons).toContain('Keep');
    const keep = await newCard(world, 'keep');
    expect((await press(world, people.ben, keep, 'Approve')).text).toContain(
      'Nobody decides their own request',
    );
    await world.slack.as(people.ben).close('all');
    await approve(world, people.ada, keep);
    await saying(world, keep, 'Done');
    await pass(world, 3 * DAY);
    expect(world.isActive('nora@ex.co')).toBe(true);
    await expectNoLiveButtons(world);
  });

  it('nobody gives more time alone: the form of `Extend` sends a request, and another approves it', async () => {
    const world = await startFourEyes();
    const card = await request(world, people.mia, '/wallaroo activate nora@ex.co for 7d');
    await approve(world, people.ben, card);
    await pass(world, 6 * DAY + HOUR);
    const form = await press(world, people.ben, await dmSaying(world, people.ben, ENDS), 'Extend');
    expect(form.submit).toBe('Send request');
    await world.slack.as(people.ben).choose('How much longer', '1 week');
    expect((await submit(world, people.ben)).text).toContain('Request sent');
    await world.slack.as(people.ben).close('all');
    const extend = await newCard(world, 'extend');
    expect((await press(world, people.ben, extend, 'Approve')).text).toContain('Nobody decides their own');
    await world.slack.as(people.ben).close('all');
    await approve(world, people.ada, extend);
    await saying(world, extend, 'Done');
    await pass(world, 2 * DAY);
    expect(world.isActive('nora@ex.co')).toBe(true);
    await pass(world, 6 * DAY);
    expect(world.isActive('nora@ex.co')).toBe(false);
    await expectNoLiveButtons(world);
  });

  it('a `Keep` that nobody approves keeps nobody', async () => {
    const world = await startFourEyes({ settings: { REQUEST_TTL: '10d' } });
    const card = await request(world, people.mia, '/wallaroo activate nora@ex.co for 7d');
    await approve(world, people.ben, card);
    await pass(world, 6 * DAY + HOUR);
    await world.slack.as(people.ben).press(await dmSaying(world, people.ben, ENDS), 'Keep');
    const keep = await newCard(world, 'keep');
    await pass(world, DAY);
    expect(world.isActive('nora@ex.co')).toBe(false);
    const expired = await saying(world, keep, 'Expired: The access ended before anybody decided.');
    expect(expired.buttons).toEqual([]);
    const dm = await dmSaying(world, people.ben, /asked to keep[\s\S]*ended before anybody decided/);
    expect((await press(world, people.ben, dm, 'Request again')).text).toContain('Activate nora@ex.co');
    await world.slack.as(people.ben).close('all');
    await expectNoLiveButtons(world);
  });

  it('nobody picks alone whom to deactivate in exchange', async () => {
    const world = await startFourEyes();
    const card = await request(world, people.mia, '/wallaroo activate nora@ex.co');
    world.wallaroo.state.setEnabled('olga@ex.co', true);
    await press(world, people.ada, card, 'Approve');
    await chooseLeaver(world, people.ada, /olga/);
    await submit(world, people.ada);
    expect([world.isActive('nora@ex.co'), world.isActive('olga@ex.co')]).toEqual([false, true]);
    const altered = await newCard(world, 'olga@ex.co');
    expect((await press(world, people.ada, altered, 'Approve')).text).toContain(
      'Another administrator has to',
    );
    await world.slack.as(people.ada).close('all');
    await approve(world, people.ben, altered);
    await saying(world, altered, 'Done');
    expect([world.isActive('nora@ex.co'), world.isActive('olga@ex.co')]).toEqual([true, false]);
    await expectNoLiveButtons(world);
  });

  it('`Try again` of what an administrator did alone before needs another one', async () => {
    const world = await startWorld();
    await openModal(world, people.ben, '/wallaroo deactivate testuser@wallaroo.ai');
    world.wallaroo.faults.set('keycloak.users.put', { status: 403, times: 1 });
    await submit(world, people.ben);
    const failed = await world.slack.until(() =>
      world.slack
        .as(people.ben)
        .messages('C0APPROVALS')
        .find(({ buttons }) => buttons.includes('Try again')),
    );
    await world.slack.as(people.ben).close('all');
    await world.bot.stop();
    const bot = await world.startAnother({ settings: { FOUR_EYES: 'true' } });
    expect((await press(world, people.ben, failed, 'Try again')).text).toContain('Request sent');
    expect(world.isActive('testuser@wallaroo.ai')).toBe(true);
    const card = await newCard(world, 'deactivate');
    await approve(world, people.ada, card);
    await saying(world, card, 'Done');
    expect(world.isActive('testuser@wallaroo.ai')).toBe(false);
    await bot.settled();
  });

  it('`Try again` by who approved it is asked for, too; by somebody else it counts at once', async () => {
    const world = await startFourEyes();
    const card = await request(world, people.mia, '/wallaroo deactivate testuser@wallaroo.ai');
    world.wallaroo.faults.set('keycloak.users.put', { status: 403, times: 1 });
    await approve(world, people.ada, card);
    const failed = await saying(world, card, 'Failed after approval');
    await world.slack.as(people.ada).close('all');
    expect((await press(world, people.ada, failed, 'Try again')).text).toContain('Request sent');
    expect(world.isActive('testuser@wallaroo.ai')).toBe(true);
    expect((await press(world, people.ben, failed, 'Try again')).text).toContain('is now inactive');
    await expectNoLiveButtons(world);
  });

  it('`Try again` asks nobody for what is so by now', async () => {
    const world = await startFourEyes({
      wallaroo: { seed: communitySeed({ enabled: FULL }) },
    });
    const card = await request(world, people.ben, '/wallaroo deactivate mia@ex.co');
    world.wallaroo.faults.set('keycloak.users.put', { status: 403, times: 1 });
    await approve(world, people.ada, card);
    const failed = await saying(world, card, 'Failed after approval');
    await world.slack.as(people.ada).close('all');
    world.wallaroo.state.setEnabled('mia@ex.co', false);
    const cards = cardsIn(world, APPROVALS).length;
    expect((await press(world, people.ada, failed, 'Try again')).text).toContain(
      'Nothing was done. mia@ex.co is already inactive.',
    );
    await world.bot.settled();
    expect(cardsIn(world, APPROVALS)).toHaveLength(cards);
  });
});

describe('nobody approves their own access', () => {
  it.each([false, true])('not by email, with FOUR_EYES=%s', async (fourEyes) => {
    const world = await startWorld({ settings: { FOUR_EYES: String(fourEyes) } });
    const card = await request(world, people.mia, '/wallaroo activate ada@ex.co');
    expect((await press(world, people.ada, card, 'Approve')).text).toContain(
      'Nobody approves their own access',
    );
    expect(world.isActive('ada@ex.co')).toBe(false);
    await world.slack.as(people.ada).close('all');
    await approve(world, people.ben, card);
    await saying(world, card, 'Done');
    await expectNoLiveButtons(world);
  });

  it('not by the username that the user has by now', async () => {
    const world = await startWorld();
    const card = await request(world, people.mia, '/wallaroo activate nora@ex.co');
    world.wallaroo.state.updateUser('nora@ex.co', { email: 'Ada@ex.co' });
    expect((await press(world, people.ada, card, 'Approve')).text).toContain(
      'Nobody approves their own access',
    );
    expect(world.isActive('ada@ex.co')).toBe(false);
  });

  it('not when a request of theirs to extend it comes from another', async () => {
    const world = await startWorld();
    const card = await request(world, people.mia, '/wallaroo activate ada@ex.co for 7d');
    await approve(world, people.ben, card);
    await pass(world, 6 * DAY + HOUR);
    const notice = await dmSaying(world, people.mia, 'The access of ada@ex.co ends');
    await press(world, people.mia, notice, 'Extend');
    await world.slack.as(people.mia).choose('How much longer', '1 week');
    await submit(world, people.mia);
    const extend = await newCard(world, 'extend');
    expect((await press(world, people.ada, extend, 'Approve')).text).toContain(
      'Nobody approves their own access',
    );
  });
});

describe.each([false, true])(
  'nobody lets themself stay longer than another decided, with FOUR_EYES=%s',
  (fourEyes) => {
    const startTimed = async (command: string) => {
      const world = await startWorld({ settings: { FOUR_EYES: String(fourEyes), REQUEST_TTL: '10d' } });
      const card = await request(world, people.mia, command);
      await approve(world, people.ben, card);
      await world.slack.as(people.ben).close('all');
      await pass(world, 6 * DAY + HOUR);
      return world;
    };

    it('by `Extend`, wherever it stands', async () => {
      const world = await startTimed('/wallaroo activate ada@ex.co for 7d');
      const ada = world.slack.as(people.ada);
      await ada.type('C0LICENSE', '/wallaroo me');
      const me = await told(world, people.ada, 'C0LICENSE', 'Your user in Wallaroo');
      await press(world, people.ada, me, 'Extend');
      await ada.choose('How much longer', '1 week');
      expect((await submit(world, people.ada)).text).toContain('Request sent');
      const extend = await newCard(world, 'extend');
      await ada.close('all');
      expect((await press(world, people.ada, extend, 'Approve')).text).toContain('Nobody decides their own');
      await pass(world, DAY);
      expect(world.isActive('ada@ex.co')).toBe(false);
    });

    it('by `Keep`, though they have become another user since', async () => {
      const world = await startTimed('/wallaroo activate nora@ex.co for 7d');
      const notice = await dmSaying(world, people.ben, ENDS);
      world.wallaroo.state.updateUser('nora@ex.co', { email: 'Ben@ex.co' });
      await world.slack.as(people.ben).press(notice, 'Keep');
      await told(world, people.ben, 'dm', 'another administrator approves');
      const keep = await newCard(world, 'keep');
      world.wallaroo.state.updateUser('ben@ex.co', { email: 'ADA@ex.co' });
      expect((await press(world, people.ada, keep, 'Approve')).text).toContain(
        'Nobody approves their own access',
      );
      await pass(world, DAY);
      expect(world.isActive('ada@ex.co')).toBe(false);
    });
  },
);

test('an administrator who gave themself access for a time keeps it alone, as they gave it', async () => {
  const world = await startWorld();
  await openModal(world, people.ada, '/wallaroo activate ada@ex.co for 7d');
  await submit(world, people.ada);
  await world.slack.as(people.ada).close('all');
  await pass(world, 6 * DAY + HOUR);
  await world.slack.as(people.ada).press(await dmSaying(world, people.ada, 'The access of ada'), 'Keep');
  await told(world, people.ada, 'dm', 'stays active');
  await pass(world, DAY);
  expect(world.isActive('ada@ex.co')).toBe(true);
});

test('a deactivation needs an email of who asks, to know their own account by', async () => {
  const people0 = defaultSlackSeed.people.map(({ email, ...it }) =>
    it.id === people.mia || it.id === people.ben ? it : { ...it, ...(email === undefined ? {} : { email }) },
  );
  const world = await startWorld({ slack: { seed: { ...defaultSlackSeed, people: people0 } } });
  for (const who of [people.mia, people.ben]) {
    const modal = await openModal(world, who, '/wallaroo deactivate testuser@wallaroo.ai');
    expect(modal.text).toContain(
      "Slack does not show me your email, so I can't tell whether this is your own account",
    );
    expect(modal.submit).toBeUndefined();
  }
  expect((await readRecords(world.databaseUrl)).changes).toEqual([]);
});

test('an approval of what lets somebody in needs an email of who approves, to know their own account by', async () => {
  const world = await startWorld();
  const letsIn = await request(world, people.mia, '/wallaroo activate nora@ex.co');
  const takesOut = await request(world, people.mia, '/wallaroo deactivate testuser@wallaroo.ai');
  const { people: profiles } = world.slack.workspace.state;
  profiles.set(people.ben, { ...world.slack.workspace.person(people.ben), email: undefined });
  world.advance(61_000);
  const refused = await press(world, people.ben, letsIn, 'Approve');
  expect(refused.text).toContain(
    "Slack does not show me your email, so I can't tell whether this is your own account. Add an email to your Slack profile, or ask somebody else to approve it.",
  );
  expect(world.isActive('nora@ex.co')).toBe(false);
  // Who only leaves is not let in.
  expect((await press(world, people.ben, takesOut, 'Approve')).text).toContain('New owner of platform-tests');
  await approve(world, people.ada, letsIn);
  await saying(world, letsIn, 'Done, approved by @Ada Admin');
});

test('`Extend` moves nothing but the end of a timed activation, whatever id arrives', async () => {
  const world = await startWorld();
  const card = await request(world, people.mia, '/wallaroo activate nora@ex.co for 7d');
  await approve(world, people.ben, card);
  await pass(world, 6 * DAY + HOUR);
  const notice = await dmSaying(world, people.mia, 'The access of nora');
  // A change that waits for Wallaroo to come back.
  await openModal(world, people.ben, '/wallaroo deactivate testuser@wallaroo.ai');
  world.wallaroo.faults.set('keycloak.users.put', { status: 503 });
  await submit(world, people.ben);
  const { changes } = await readRecords(world.databaseUrl);
  const waiting = changes.find(({ state, origin }) => state === 'approved' && origin === 'direct');
  const mia = world.slack.as(people.mia);
  const message = world.slack.workspace.state.messages.find(({ ts }) => ts === notice.ts);
  const text = JSON.stringify(message?.blocks).replaceAll(/"value":"[^"]*"/g, `"value":"${waiting?.id}"`);
  if (message !== undefined) Object.assign(message, { blocks: JSON.parse(text) });
  const forged = mia.dm().find(({ ts }) => ts === notice.ts) ?? notice;
  expect((await press(world, people.mia, forged, 'Extend')).text).toContain('nothing to extend');
});

test('an exchange that another request asks for already is decided there', async () => {
  const world = await startFourEyes();
  const card = await request(world, people.mia, '/wallaroo activate nora@ex.co');
  world.wallaroo.state.setEnabled('olga@ex.co', true);
  await request(world, people.mia, '/wallaroo swap olga@ex.co nora@ex.co');
  await press(world, people.ada, card, 'Approve');
  await chooseLeaver(world, people.ada, /olga/);
  expect((await submit(world, people.ada)).text).toContain('Another request asks for exactly this.');
  expect([world.isActive('nora@ex.co'), world.isActive('olga@ex.co')]).toEqual([false, true]);
});
