import { describe, expect, it } from 'vitest';
import type { SeenMessage } from '../../sandbox/slack/person/seen.ts';
import { connect } from '../../src/db/connect.ts';
import { readRecords } from '../support/change-records.ts';
import { ask, pass } from './acting.ts';
import {
  approve,
  deny,
  dmSaying,
  expectNoLiveButtons,
  newCard,
  openModal,
  press,
  request,
  saying,
  submit,
  threadOf,
  told,
  untilActive,
} from './requests.ts';
import { people, startWorld, type World, type WorldOptions } from './world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WHO = 'nora@ex.co';
const ENDS = /^The access of nora@ex\.co (?:ends|was to end)/;
const ENDED = 'The access ended before anybody decided.';
const REMINDER = 'Reminder: still waiting for a decision.';
/** The longest that a form offers, and what a request asks for here. */
const LONG = '30 days';
const SHORT = '1 day';

/** Seven days, asked for by Mia and approved by Ben, of which the last has begun. */
async function startLastDay(options: WorldOptions = {}): Promise<World> {
  const world = await startWorld({ ...options, settings: { REQUEST_TTL: '10d', ...options.settings } });
  await approve(world, people.ben, await request(world, people.mia, `/wallaroo activate ${WHO} for 7d`));
  await pass(world, 6 * DAY + HOUR);
  return world;
}

/** When the timed activation ends now. */
async function endOf({ databaseUrl }: World): Promise<number> {
  const { changes } = await readRecords(databaseUrl);
  const end = changes.find(({ origin, state }) => origin === 'timed' && state === 'approved');
  return Number(end?.notBefore ?? 0);
}

/** Extends, or asks to, from the notice that the access ends. */
async function extend(world: World, who: string, longer: string): Promise<string> {
  await press(world, who, await dmSaying(world, who, ENDS), 'Extend');
  await world.slack.as(who).choose('How much longer', longer);
  const { text } = await submit(world, who);
  await world.slack.as(who).close('all');
  return text;
}

/** Mia's request for a day more, while Ben has extended for long. */
async function startOvertaken(
  options?: WorldOptions,
): Promise<{ world: World; card: SeenMessage; end: number }> {
  const world = await startLastDay(options);
  expect(await extend(world, people.mia, SHORT)).toContain('Request sent');
  const card = await newCard(world, 'extend');
  expect(await extend(world, people.ben, LONG)).toContain('stays active until');
  return { world, card, end: await endOf(world) };
}

describe('a request to extend', () => {
  it('moves no end that is later by then: the approval says so, and moves nothing', async () => {
    const { world, card, end } = await startOvertaken();
    const form = await press(world, people.ada, card, 'Approve');
    expect(form.text).toMatch(/The access of nora@ex\.co ends .+: the card says otherwise/);
    expect(form.text).toContain('already lasts that long: there is nothing to extend');
    await world.slack.as(people.ada).close('all');
    expect(await endOf(world)).toBe(end);
    await deny(world, people.ben, card, 'it lasts longer already');
    await saying(world, card, 'Denied');
    await expectNoLiveButtons(world);
  });

  it('expires with the access that it is about: its card and who asked are told why', async () => {
    const world = await startLastDay();
    expect(await extend(world, people.mia, '1 week')).toContain('Request sent');
    const card = await newCard(world, 'extend');
    await pass(world, DAY);
    await untilActive(world, WHO, false);
    const expired = await saying(world, card, `Expired: ${ENDED}`);
    expect(expired.buttons).toEqual([]);
    const dm = await dmSaying(
      world,
      people.mia,
      /asked to extend[\s\S]*The access ended before anybody decided/,
    );
    expect(dm.buttons).toEqual(['Request again']);
    // No more time can be had of what is over: it begins once more.
    expect((await press(world, people.mia, dm, 'Request again')).text).toContain('Activate nora@ex.co');
    await world.slack.as(people.mia).close('all');
    await world.slack.until(() => threadOf(world, card).includes(`Expired. ${ENDED}`));
    const late = await press(world, people.ben, card, 'Approve', { asSeen: true });
    expect(late.text).toMatch(/This request has expired\. [\s\S]*The access ended before anybody decided/);
    expect(late.text).not.toContain('can be asked for again');
    expect((await readRecords(world.databaseUrl)).audit.at(-1)).toMatchObject({
      event: 'expired',
      actor: 'system',
      outcome: ENDED,
    });
    await world.slack.as(people.ben).close('all');
    expect((await ask(world, people.mia, '/wallaroo me')).text).toContain(ENDED);
    await openModal(world, people.ben, `/wallaroo activate ${WHO}`);
    await submit(world, people.ben);
    expect((await ask(world, people.mia, '/wallaroo me')).buttons).not.toContain('Request again');
    await expectNoLiveButtons(world);
  });

  it('stays while the end waits for Wallaroo, and expires once it has come', async () => {
    const world = await startLastDay();
    expect(await extend(world, people.mia, LONG)).toContain('Request sent');
    const card = await newCard(world, 'extend');
    stopReads(world);
    await pass(world, 25 * HOUR);
    expect((await saying(world, card, 'Pending')).buttons).toContain('Approve');
    world.wallaroo.faults.clear();
    await pass(world, 60_000);
    await untilActive(world, WHO, false);
    await saying(world, card, `Expired: ${ENDED}`);
    await expectNoLiveButtons(world);
  });

  it('expires where the end is dropped before anybody decides', async () => {
    const world = await startLastDay();
    expect(await extend(world, people.mia, LONG)).toContain('Request sent');
    const card = await newCard(world, 'extend');
    await world.slack.as(people.ben).press(await dmSaying(world, people.ben, ENDS), 'Keep');
    await saying(world, card, 'Expired: The end of this access was dropped: nothing is left to decide.');
    expect(world.isActive(WHO)).toBe(true);
    await expectNoLiveButtons(world);
  });

  it('reminds once, be it that its end is a record of a newer version, which this one cannot read', async () => {
    const world = await startLastDay();
    expect(await extend(world, people.mia, LONG)).toContain('Request sent');
    const card = await newCard(world, 'extend');
    const db = connect(world.databaseUrl, () => undefined);
    const newer = { state: 'applied', steps: JSON.stringify([{ type: 'of_a_newer_version' }]) };
    await db.updateTable('change').set(newer).where('origin', '=', 'timed').execute();
    await db.destroy();
    for (let look = 0; look < 3; look += 1) await pass(world, MINUTE);
    expect(threadOf(world, card)).not.toContain(REMINDER);
    await pass(world, 6 * DAY);
    await pass(world, MINUTE);
    expect(threadOf(world, card).filter((text) => text === REMINDER)).toEqual([REMINDER]);
    expect((await saying(world, card, 'Pending')).buttons).toContain('Approve');
  });

  it('is looked at once more where its end is later, but another than the card says', async () => {
    const world = await startLastDay();
    expect(await extend(world, people.mia, LONG)).toContain('Request sent');
    const card = await newCard(world, 'extend');
    expect(await extend(world, people.ben, SHORT)).toContain('stays active until');
    const before = await endOf(world);
    const form = await press(world, people.ada, card, 'Approve');
    expect(form.text).toMatch(/The access of nora@ex\.co ends .+: the card says otherwise/);
    expect(await endOf(world)).toBe(before);
    expect((await submit(world, people.ada)).text).toContain('stays active until');
    expect(await endOf(world)).toBeGreaterThan(before);
    await saying(world, card, 'Done, approved by @Ada Admin');
    await expectNoLiveButtons(world);
  });

  it('moves no end back either that another extended while the approval was looked at', async () => {
    const world = await startLastDay();
    expect(await extend(world, people.mia, SHORT)).toContain('Request sent');
    const card = await newCard(world, 'extend');
    await press(world, people.ada, card, { near: WHO }, 'Approve with changes…');
    expect(await extend(world, people.ben, LONG)).toContain('stays active until');
    const end = await endOf(world);
    expect((await submit(world, people.ada)).text).toContain('Choose a later day: it ends');
    expect(await endOf(world)).toBe(end);
    // Nothing is used up: who decides may look once more, or deny it.
    expect((await saying(world, card, 'Pending')).buttons).toContain('Deny');
  });
});

describe('a request to keep', () => {
  it('shows the end that it drops, and is looked at once more where that is another by then', async () => {
    const world = await startLastDay({ settings: { FOUR_EYES: 'true' } });
    await world.slack.as(people.ben).press(await dmSaying(world, people.ben, ENDS), 'Keep');
    const keep = await newCard(world, 'keep');
    expect(keep.text).toMatch(/keep nora@ex\.co active without an end instead of until [\d-]+ [\d:]+ UTC/);
    expect(await extend(world, people.mia, LONG)).toContain('Request sent');
    await approve(world, people.ada, await newCard(world, 'extend'));
    await world.bot.settled();
    const form = await press(world, people.ada, keep, 'Approve');
    expect(form.text).toMatch(/The access of nora@ex\.co ends .+: the card says otherwise/);
    expect((await submit(world, people.ada)).text).toContain('stays active without an end');
    await saying(world, keep, 'Done, approved by @Ada Admin');
    await expectNoLiveButtons(world);
  });
});

const READS = ['users.query', 'keycloak.users.get', 'keycloak.users.list'] as const;

/** Nothing can be read for a while, longer than a reading is tried again. */
function stopReads({ wallaroo }: World): void {
  for (const read of READS) wallaroo.faults.set(read, { status: 503, retryAfterSeconds: 10 });
}

describe('an end that is put off', () => {
  it('is neither dropped nor moved once the user may be inactive: nobody is told that they stay', async () => {
    const world = await startLastDay();
    const { wallaroo } = world;
    const [notice, mias] = [await dmSaying(world, people.ben, ENDS), await dmSaying(world, people.mia, ENDS)];
    await press(world, people.mia, mias, 'Extend');
    await world.slack.as(people.mia).choose('How much longer', SHORT);
    wallaroo.faults.set('keycloak.users.put', { cutAfterApply: true, times: 1 });
    const stop = wallaroo.on('change', () => {
      if (world.isActive(WHO)) return;
      stop();
      stopReads(world);
    });
    world.advance(23 * HOUR);
    await untilActive(world, WHO, false);
    expect((await saying(world, notice, 'Not done yet', people.ben)).buttons).toEqual([]);
    await world.slack.as(people.ben).press(notice, 'Keep', { asSeen: true });
    await told(world, people.ben, 'dm', 'is just being ended');
    expect((await press(world, people.ben, notice, 'Extend', { asSeen: true })).text).toContain(
      'is just being ended',
    );
    expect((await submit(world, people.mia)).text).toContain('is just being ended');
    wallaroo.faults.clear();
    await pass(world, 60_000);
    expect((await saying(world, notice, 'Done', people.ben)).text).toContain('has ended, as planned');
    const { changes } = await readRecords(world.databaseUrl);
    expect(changes.map(({ kind }) => kind)).toEqual(['activate', 'deactivate']);
    await expectNoLiveButtons(world);
  });

  it('is told as it was planned, not as a later end: a request for more time is approved at one press', async () => {
    const world = await startLastDay();
    expect(await extend(world, people.mia, LONG)).toContain('Request sent');
    const card = await newCard(world, 'extend');
    const notice = await dmSaying(world, people.ben, ENDS);
    const planned = /ends ([\d-]+ [\d:]+ UTC)/.exec(notice.text)?.[1] ?? 'no end';
    // What it does is read before it is written: nothing is written here.
    world.wallaroo.faults.set('keycloak.users.get', { status: 503, retryAfterSeconds: 10 });
    await pass(world, 25 * HOUR);
    const put = await saying(world, notice, 'Not done yet', people.ben);
    expect(put.text).toContain(`The access of ${WHO} was to end ${planned}.`);
    const listed = await ask(world, people.ben, `/wallaroo users ${WHO}`);
    expect(listed.text).toContain(`active until ${planned}`);
    expect((await press(world, people.ben, put, 'Extend')).text).toContain(`It ends ${planned}.`);
    await world.slack.as(people.ben).close('all');
    world.wallaroo.faults.clear();
    const approved = await press(world, people.ada, card, 'Approve');
    expect(approved.text).toContain('stays active until');
    await saying(world, card, 'Done, approved by @Ada Admin');
    const later = await saying(world, notice, 'Scheduled', people.ben);
    expect(later.text).not.toContain(planned);
    await expectNoLiveButtons(world);
  });

  it('is not said to be tried again once it was extended before anything was written', async () => {
    const world = await startLastDay();
    stopReads(world);
    await pass(world, 23 * HOUR);
    const notice = await dmSaying(world, people.ben, ENDS);
    await saying(world, notice, 'Not done yet', people.ben);
    expect(await extend(world, people.ben, SHORT)).toContain('stays active until');
    expect((await saying(world, notice, 'Scheduled', people.ben)).buttons).toEqual(['Extend', 'Keep']);
    world.wallaroo.faults.clear();
    await pass(world, 60_000);
    expect(world.isActive(WHO)).toBe(true);
    await expectNoLiveButtons(world);
  });

  it('is moved to no moment that has passed: the access would end at once', async () => {
    const world = await startLastDay();
    world.wallaroo.faults.set('keycloak.users.get', { status: 503, retryAfterSeconds: 10 });
    await pass(world, 23 * HOUR);
    const notice = await dmSaying(world, people.ben, ENDS);
    await saying(world, notice, 'Not done yet', people.ben);
    await pass(world, 26 * HOUR);
    expect(await extend(world, people.ben, SHORT)).toContain('that end would have passed, too');
    expect(world.isActive(WHO)).toBe(true);
  });

  it('is moved there by no approval either, which uses no request up', async () => {
    const world = await startLastDay();
    expect(await extend(world, people.mia, SHORT)).toContain('Request sent');
    const card = await newCard(world, 'extend');
    world.wallaroo.faults.set('keycloak.users.get', { status: 503, retryAfterSeconds: 10 });
    await pass(world, 49 * HOUR);
    const form = await press(world, people.ada, card, 'Approve');
    expect(form.text).toContain('that end would have passed, too');
    expect((await saying(world, card, 'Pending')).buttons).toContain('Approve');
    expect(world.isActive(WHO)).toBe(true);
  });

  it('is told as it was planned also while it is tried again', async () => {
    const world = await startLastDay();
    const notice = await dmSaying(world, people.ben, ENDS);
    const planned = /ends ([\d-]+ [\d:]+ UTC)/.exec(notice.text)?.[1] ?? 'no end';
    world.wallaroo.faults.set('keycloak.users.put', { status: 400, times: 1 });
    await pass(world, 23 * HOUR);
    const failed = await saying(world, notice, 'Failed', people.ben);
    world.wallaroo.faults.set('keycloak.users.get', { status: 503, retryAfterSeconds: 10 });
    await pass(world, HOUR);
    await press(world, people.ben, failed, 'Try again');
    const put = await saying(world, notice, 'Not done yet', people.ben);
    expect(put.text).toContain(`The access of ${WHO} was to end ${planned}.`);
  });
});
