import Database from 'libsql';
import { describe, expect, it } from 'vitest';
import type { SeenMessage } from '../../sandbox/slack/person/seen.ts';
import { readRecords } from '../support/change-records.ts';
import {
  approve,
  chooseLeaver,
  expectNoLiveButtons,
  press,
  request,
  saying,
  submit,
  told,
} from './requests.ts';
import { LICENSE, people, startWorld, type World, type WorldOptions } from './world.ts';

const ASK = '/wallaroo activate nora@ex.co for 1d';
const ALTERED = '@Ben Boss changed this request after it was shown to you. This is what it asks for now.';
const SWAPPED = '@Mia Member asks to replace testuser@wallaroo.ai with nora@ex.co. ';
const NOBODY = 'nobody could approve what you changed';

const startFourEyes = (options: WorldOptions = {}): Promise<World> =>
  startWorld({ ...options, settings: { FOUR_EYES: 'true', ...options.settings } });

const openAmending = (world: World, who: string, card: SeenMessage) =>
  press(world, who, card, { near: 'nora@ex.co' }, 'Approve with changes…');

/** Somebody makes another request of it, without leaving the form open. */
async function amend(world: World, who: string, card: SeenMessage, leaver?: RegExp): Promise<string> {
  await openAmending(world, who, card);
  await world.slack.as(who).choose('For how long', 'No end');
  if (leaver !== undefined) await chooseLeaver(world, who, leaver);
  const { text } = await submit(world, who);
  await world.slack.as(who).close('all');
  return text;
}

const exchange = async (world: World, card: SeenMessage): Promise<void> => {
  expect(await amend(world, people.ben, card, /testuser/)).toContain('Sent for approval');
};

const stands = (world: World): readonly boolean[] =>
  ['nora@ex.co', 'testuser@wallaroo.ai'].map((who) => world.isActive(who));

const pendingList = async (world: World): Promise<SeenMessage> => {
  await world.slack.as(people.ada).type(LICENSE, '/wallaroo requests');
  return told(world, people.ada, LICENSE, 'Pending requests');
};

describe('an approval counts for what it was shown as: of a request that was altered since, the confirmation says so', () => {
  it('in a list that nobody draws again', async () => {
    const world = await startFourEyes();
    const card = await request(world, people.mia, ASK);
    const list = await pendingList(world);
    expect(list.text).toContain('activate nora@ex.co for 1 day');
    await exchange(world, card);
    const modal = await press(world, people.ada, list, 'Approve');
    expect(modal.text).toContain(ALTERED);
    expect(modal.text).toContain(SWAPPED);
    expect(stands(world)).toEqual([false, true]);
    expect((await told(world, people.ada, LICENSE, 'Pending requests')).text).toContain(SWAPPED);
    await submit(world, people.ada);
    expect(stands(world)).toEqual([true, false]);
    await saying(world, card, 'Done, approved by @Ada Admin');
    await expectNoLiveButtons(world);
  });

  it('on a card that Slack still shows as it was', async () => {
    const world = await startFourEyes();
    const card = await request(world, people.mia, ASK);
    await exchange(world, card);
    await saying(world, card, 'changed by @Ben Boss');
    const modal = await press(world, people.ada, card, 'Approve', { asSeen: true });
    expect(modal.text).toContain(ALTERED);
    expect(stands(world)).toEqual([false, true]);
    await expectNoLiveButtons(world);
  });

  it('in a confirmation that was open, which is drawn again; what was chosen there does not count', async () => {
    const world = await startFourEyes();
    const card = await request(world, people.mia, ASK);
    world.wallaroo.state.setEnabled('olga@ex.co', true);
    expect((await press(world, people.ada, card, 'Approve')).inputs).toEqual(['Deactivate in exchange']);
    await chooseLeaver(world, people.ada, /olga/);
    await exchange(world, card);
    const modal = await submit(world, people.ada);
    expect(modal.text).toContain(ALTERED);
    expect(modal.text).toContain(SWAPPED);
    expect(stands(world)).toEqual([false, true]);
    await submit(world, people.ada);
    expect([...stands(world), world.isActive('olga@ex.co')]).toEqual([true, false, true]);
    await expectNoLiveButtons(world);
  });

  it.each([
    ['no change', undefined, 'nora@ex.co is now active'],
    [
      'another change',
      '1 week',
      'Sent for approval: replace testuser@wallaroo.ai with nora@ex.co (active for 7 days)',
    ],
  ])('in `Approve with changes…` that was open, with %s', async (_, lasting, then) => {
    const world = await startFourEyes();
    const card = await request(world, people.mia, ASK);
    await openAmending(world, people.ada, card);
    if (lasting !== undefined) await world.slack.as(people.ada).choose('For how long', lasting);
    await exchange(world, card);
    const modal = await submit(world, people.ada);
    expect(modal.text).toContain(ALTERED);
    expect(modal.text).toContain(SWAPPED);
    expect(stands(world)).toEqual([false, true]);
    expect((await submit(world, people.ada)).text).toContain(then);
    await expectNoLiveButtons(world);
  });

  it('altered twice: as it was after the first time', async () => {
    const world = await startFourEyes({ settings: { ADMINS: 'U0ADA,U0BEN,U0STEVE' } });
    const card = await request(world, people.mia, ASK);
    await amend(world, people.steve, card);
    const list = await pendingList(world);
    await exchange(world, card);
    expect((await press(world, people.ada, list, 'Approve')).text).toContain(ALTERED);
    expect(stands(world)).toEqual([false, true]);
  });

  it('on a card of a version whose buttons did not say as what they were shown', async () => {
    const world = await startFourEyes();
    const card = await request(world, people.mia, ASK);
    await exchange(world, card);
    await saying(world, card, 'changed by @Ben Boss');
    const message = world.slack.workspace.state.messages.find(({ ts }) => ts === card.ts);
    const [{ id } = { id: '' }] = (await readRecords(world.databaseUrl)).changes;
    const old = JSON.stringify(message?.blocks).replaceAll(new RegExp(`"${id}:\\w+"`, 'g'), `"${id}"`);
    if (message !== undefined) Object.assign(message, { blocks: JSON.parse(old) });
    expect((await press(world, people.ada, card, 'Approve')).text).toContain(ALTERED);
    expect(stands(world)).toEqual([false, true]);
  });

  it('not after a reminder alone', async () => {
    const world = await startFourEyes();
    const card = await request(world, people.mia, ASK);
    await amend(world, people.ben, card);
    const list = await pendingList(world);
    world.advance(12.5 * 3_600_000);
    await world.bot.settled();
    const { audit } = await readRecords(world.databaseUrl);
    expect(audit.map(({ event }) => event)).toContain('reminded');
    expect((await press(world, people.ada, list, 'Approve')).text).toContain('nora@ex.co is now active');
    await expectNoLiveButtons(world);
  });

  it.each([0, 1, 2, 3, 4])('altered while it is being decided, after %d calls to Wallaroo', async (calls) => {
    const world = await startFourEyes();
    const card = await request(world, people.mia, ASK);
    await world.bot.settled();
    let left = calls;
    const stop = world.wallaroo.on('request', () => {
      left -= 1;
      if (left >= 0) return;
      stop();
      const database = new Database(world.databaseUrl.replace(/^file:/, ''));
      database.exec(
        `update change set amended_by = 'U0BEN', duration_ms = null, revision = revision + 1 where state = 'pending'`,
      );
      database.close();
    });
    const pressed = await press(world, people.ada, card, 'Approve');
    expect(left, 'calls were made').toBeLessThan(0);
    expect(pressed.text).toContain(ALTERED);
    expect(world.isActive('nora@ex.co')).toBe(false);
  });
});

describe('nobody alters a request whose alteration nobody could approve', () => {
  it('in `Approve with changes…`, where the only other administrator asked', async () => {
    const world = await startFourEyes();
    const card = await request(world, people.ada, ASK);
    const refused = await amend(world, people.ben, card);
    expect(refused).toContain(NOBODY);
    expect(refused).toContain('Approve the request as it was asked for, or deny it');
    const { changes } = await readRecords(world.databaseUrl);
    expect(changes).toMatchObject([{ state: 'pending', amendedBy: null, revision: 0 }]);
    expect((await approve(world, people.ben, card)).text).toContain('is now active');
    await expectNoLiveButtons(world);
  });

  it('in the confirmation, where somebody has to leave in exchange', async () => {
    const world = await startFourEyes();
    const card = await request(world, people.ada, ASK);
    world.wallaroo.state.setEnabled('olga@ex.co', true);
    await press(world, people.ben, card, 'Approve');
    await chooseLeaver(world, people.ben, /olga/);
    expect((await submit(world, people.ben)).text).toContain(NOBODY);
    expect((await readRecords(world.databaseUrl)).changes).toMatchObject([{ amendedBy: null, revision: 0 }]);
    await expectNoLiveButtons(world);
  });

  it('where the request of a member lets the only other administrator in', async () => {
    const world = await startFourEyes();
    const card = await request(world, people.mia, '/wallaroo activate ada@ex.co for 1d');
    await press(world, people.ben, card, { near: 'ada@ex.co' }, 'Approve with changes…');
    await world.slack.as(people.ben).choose('For how long', 'No end');
    expect((await submit(world, people.ben)).text).toContain(NOBODY);
    await world.slack.as(people.ben).close('all');
    expect((await approve(world, people.ben, card)).text).toContain('is now active');
  });

  it('but where a third administrator could, they do', async () => {
    const world = await startFourEyes({ settings: { ADMINS: 'U0ADA,U0BEN,U0STEVE' } });
    const card = await request(world, people.ada, ASK);
    expect(await amend(world, people.ben, card)).toContain('Sent for approval');
    await saying(world, card, 'changed by @Ben Boss');
    expect((await approve(world, people.steve, card)).text).toContain('is now active');
    await expectNoLiveButtons(world);
  });
});
