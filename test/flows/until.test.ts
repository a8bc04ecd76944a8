import { describe, expect, it } from 'vitest';
import { readRecords } from '../support/change-records.ts';
import {
  approve,
  dmSaying,
  expectNoLiveButtons,
  openModal,
  press,
  request,
  saying,
  submit,
  untilActive,
} from './requests.ts';
import { people, startWorld, type World } from './world.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A moment after `days`, to the minute, as typed and as meant. */
function moment(world: World, days: number) {
  const at = new Date(Math.floor((world.now().getTime() + days * DAY) / 60_000) * 60_000);
  return { at, typed: `until ${at.toISOString().slice(0, 16).replace('T', ' ')} UTC` };
}

describe('an activation until a moment', () => {
  it('ends at that moment, however long its approval took', async () => {
    const world = await startWorld({ settings: { REQUEST_TTL: '10d' } });
    const { at, typed } = moment(world, 5);
    const card = await request(world, people.mia, `/wallaroo activate ada@ex.co ${typed}`, 'for the audit');
    expect(card.text).toMatch(/activate ada@ex\.co until /);
    world.advance(2 * DAY);
    await world.bot.settled();
    await approve(world, people.ben, card);
    await saying(world, card, 'Done, approved by @Ben Boss');
    expect(world.isActive('ada@ex.co')).toBe(true);
    world.advance(at.getTime() - world.now().getTime() - 60_000);
    await world.bot.settled();
    await dmSaying(world, people.mia, 'The access of ada@ex.co ends');
    expect(world.isActive('ada@ex.co')).toBe(true);
    world.advance(2 * 60_000);
    await untilActive(world, 'ada@ex.co', false);
    await expectNoLiveButtons(world);
  });

  it('lapses when nobody has approved it by then', async () => {
    const world = await startWorld({ settings: { REQUEST_TTL: '10d' } });
    const { typed } = moment(world, 1);
    const card = await request(world, people.mia, `/wallaroo activate ada@ex.co ${typed}`);
    world.advance(DAY + 60_000);
    await world.bot.settled();
    expect((await saying(world, card, 'Expired')).buttons).toEqual([]);
    expect(world.isActive('ada@ex.co')).toBe(false);
  });

  it('lets nobody in where Wallaroo comes back after that moment', async () => {
    const world = await startWorld();
    const { typed } = moment(world, 0.01);
    await openModal(world, people.ada, `/wallaroo activate ada@ex.co ${typed}`);
    const letIn: boolean[] = [];
    world.wallaroo.on('change', () => void letIn.push(world.isActive('ada@ex.co')));
    for (const read of ['users.query', 'keycloak.users.get'] as const)
      world.wallaroo.faults.set(read, { status: 503, retryAfterSeconds: 10 });
    expect((await submit(world, people.ada)).text).toContain('Retrying automatically');
    world.wallaroo.faults.clear();
    world.advance(HOUR);
    await world.bot.settled();
    const failed = await dmSaying(world, people.ada, 'Failed');
    expect(failed.text).toContain('is over by now, so nobody was let in');
    expect(failed.buttons).toEqual([]);
    expect(letIn).not.toContain(true);
  });

  it('that an administrator has chosen under FOUR_EYES lapses at that moment, too', async () => {
    const world = await startWorld({ settings: { REQUEST_TTL: '10d', FOUR_EYES: 'true' } });
    const card = await request(world, people.mia, '/wallaroo activate nora@ex.co');
    await press(world, people.ben, card, { near: 'nora@ex.co' }, 'Approve with changes…');
    await world.slack.as(people.ben).fill('Until', dayAfter(world, 1));
    expect((await submit(world, people.ben)).text).toContain('Sent for approval');
    world.advance(3 * DAY);
    await world.bot.settled();
    expect((await saying(world, card, 'Expired')).buttons).toEqual([]);
    expect(world.isActive('nora@ex.co')).toBe(false);
  });

  it.each([
    ['for 17:00', '2026-11-30T16:00:00Z'],
    ['for Friday', '2026-12-04T22:59:00Z'],
    ['for tomorrow 17:00, she covers', '2026-12-01T16:00:00Z'],
  ])('is what `%s` means, and the form says so', async (typed, end) => {
    const world = await startWorld({ startsAt: new Date('2026-11-30T09:00:00Z') });
    const form = await openModal(world, people.ada, `/wallaroo activate ada@ex.co ${typed}`);
    expect(form.text).toMatch(/I read .+ as until .+ \(Europe\/Berlin\)/);
    expect((await submit(world, people.ada)).text).toContain('ada@ex.co is now active');
    expect(await endOf(world)).toEqual(new Date(end));
  });

  it.each([
    ['another moment', 5],
    ['a length of time', undefined],
  ])('that another has altered to %s lapses no earlier than the request would', async (_, days) => {
    const world = await startWorld({ settings: { REQUEST_TTL: '10d', FOUR_EYES: 'true' } });
    const card = await request(world, people.mia, '/wallaroo activate nora@ex.co');
    const alter = async (who: string, fill: () => Promise<unknown>) => {
      await press(world, who, card, { near: 'nora@ex.co' }, 'Approve with changes…');
      await fill();
      expect((await submit(world, who)).text).toContain('Sent for approval');
      await world.slack.as(who).close('all');
    };
    await alter(people.ben, () => world.slack.as(people.ben).fill('Until', dayAfter(world, 1)));
    await world.bot.settled();
    const { ada } = people;
    await alter(ada, () =>
      days === undefined
        ? world.slack.as(ada).choose('For how long', '1 week')
        : world.slack.as(ada).fill('Until', dayAfter(world, days)),
    );
    world.advance(3 * DAY);
    await world.bot.settled();
    expect((await saying(world, card, 'Pending')).buttons).toContain('Approve');
    await approve(world, people.ben, card);
    await untilActive(world, 'nora@ex.co', true);
    await expectNoLiveButtons(world);
  });

  it('is refused in its field once the moment has passed', async () => {
    const world = await startWorld();
    const { typed } = moment(world, 0.1);
    await openModal(world, people.ada, `/wallaroo activate ada@ex.co ${typed}`);
    world.advance(3 * HOUR);
    expect((await world.slack.as(people.ada).submit()).errors['For how long']).toContain('moment has passed');
    await world.slack.as(people.ada).choose('For how long', '1 week');
    expect((await submit(world, people.ada)).text).toContain('ada@ex.co is now active');
  });
});

/** The end that a timed activation has now. */
async function endOf(world: World): Promise<Date> {
  const { changes } = await readRecords(world.databaseUrl);
  const end = changes.findLast(({ origin, state }) => origin === 'timed' && state === 'approved');
  return new Date(end?.notBefore ?? 0);
}

/** Its day in UTC: an evening in Berlin, where those who choose it here are, is the same. */
const lastDay = async (world: World): Promise<string> => (await endOf(world)).toISOString().slice(0, 10);

const dayAfter = (world: World, days: number): string =>
  new Date(world.now().getTime() + days * DAY).toISOString().slice(0, 10);

describe('the time in the form', () => {
  it('is chosen from a menu, or is the last day that was picked', async () => {
    const world = await startWorld();
    const form = await openModal(world, people.ada, '/wallaroo activate ada@ex.co for 2 hours');
    expect(JSON.stringify(form.blocks)).toContain('"text":"2 hours"');
    const ada = world.slack.as(people.ada);
    await ada.choose('For how long', 'Until a date');
    expect((await ada.submit()).errors.Until).toContain('choose the date');
    await ada.fill('Until', dayAfter(world, -2));
    expect((await ada.submit()).errors.Until).toContain('moment has passed');
    await ada.fill('Until', dayAfter(world, 5));
    await ada.choose('For how long', '1 day');
    expect((await ada.submit()).errors.Until).toContain('choose "Until a date" above');
    await ada.choose('For how long', 'No end');
    expect((await submit(world, people.ada)).text).toContain('ada@ex.co is now active');
    expect(await lastDay(world)).toBe(dayAfter(world, 5));
  });

  it('is a date also where an administrator approves with changes, and where it is extended', async () => {
    const world = await startWorld();
    const card = await request(world, people.mia, '/wallaroo activate nora@ex.co');
    await press(world, people.ada, card, { near: 'nora@ex.co' }, 'Approve with changes…');
    const ada = world.slack.as(people.ada);
    await ada.choose('For how long', 'Until a date');
    expect((await ada.submit()).errors.Until).toContain('choose the date');
    await ada.fill('Until', dayAfter(world, 3));
    expect((await submit(world, people.ada)).text).toContain('nora@ex.co is now active');
    expect(await lastDay(world)).toBe(dayAfter(world, 3));
    await saying(world, card, /activate nora@ex\.co until /);
    await ada.close('all');
    world.advance((await endOf(world)).getTime() - world.now().getTime() - 12 * HOUR);
    await world.bot.settled();
    const notice = await dmSaying(world, people.ada, 'The access of nora@ex.co ends');
    await press(world, people.ada, notice, 'Extend');
    await ada.fill('Until', dayAfter(world, 0));
    await ada.choose('How much longer', 'Until a date');
    expect((await ada.submit()).errors.Until).toMatch(
      /^Choose a later day: it ends \w{3}, .*23:59 \(Europe\/Berlin\)\.$/,
    );
    await ada.fill('Until', dayAfter(world, 20));
    expect((await submit(world, people.ada)).text).toContain('stays active until');
    expect(await lastDay(world)).toBe(dayAfter(world, 20));
  });
});
