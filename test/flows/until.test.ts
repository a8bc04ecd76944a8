import { describe, expect, it } from 'vitest';
import { readRecords } from '../support/change-records.ts';
import {
  approve,
  dmSaying,
  expectNoLiveButtons,
  openModal,
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

  it('is refused in its field once the moment has passed', async () => {
    const world = await startWorld();
    const { typed } = moment(world, 0.1);
    await openModal(world, people.ada, `/wallaroo activate ada@ex.co ${typed}`);
    world.advance(3 * HOUR);
    expect((await world.slack.as(people.ada).submit()).errors['For how long']).toContain('over already');
    await world.slack.as(people.ada).choose('For how long', '1 week');
    expect((await submit(world, people.ada)).text).toContain('ada@ex.co is now active');
  });
});

describe('the time in the form', () => {
  it('is chosen from a menu, or is the last day that was picked', async () => {
    const world = await startWorld();
    const form = await openModal(world, people.ada, '/wallaroo activate ada@ex.co for 2 hours');
    expect(JSON.stringify(form.blocks)).toContain('"text":"2 hours"');
    const ada = world.slack.as(people.ada);
    await ada.choose('For how long', 'Until a date');
    expect((await ada.submit()).errors['For how long']).toContain('choose the date');
    const day = new Date(world.now().getTime() + 5 * DAY).toISOString().slice(0, 10);
    await ada.fill('Until', day);
    expect((await submit(world, people.ada)).text).toContain('ada@ex.co is now active');
    const { changes } = await readRecords(world.databaseUrl);
    const end = changes.find(({ origin }) => origin === 'timed')?.notBefore ?? 0;
    expect(new Date(end).toISOString().slice(0, 10)).toBe(day);
  });
});
