import { describe, expect, it, vi } from 'vitest';
import { readRecords } from '../support/change-records.ts';
import { describeOnDatabases } from '../support/databases.ts';
import { pass } from './acting.ts';
import {
  approve,
  deny,
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
const WHO = 'testuser@wallaroo.ai';

const trailOf = async (world: World) =>
  (await readRecords(world.databaseUrl)).audit.map(({ event, subjects }) => `${event} ${subjects}`);

describeOnDatabases('`RETENTION`', (open) => {
  it('clears what has ended, and nothing that is open, ends later, or tells of whom that concerns', async () => {
    const { url } = await open();
    const settings = { DATABASE_URL: url, RETENTION: '30d', REQUEST_TTL: '90d' };
    const world = await startWorld({ settings });
    await openModal(world, people.ada, '/wallaroo activate ada@ex.co for 60d');
    await submit(world, people.ada, 'for the audit');
    const ended = await request(world, people.mia, `/wallaroo deactivate ${WHO}`);
    await approve(world, people.ada, ended);
    await saying(world, ended, 'Done');
    const denied = await request(world, people.mia, '/wallaroo activate olga@ex.co');
    await deny(world, people.ada, denied, 'no');
    const pending = await request(world, people.mia, `/wallaroo activate ${WHO}`);
    await pass(world, 29 * DAY);
    expect((await readRecords(world.databaseUrl)).changes).toHaveLength(5);
    await pass(world, 2 * DAY);
    const kept = await readRecords(world.databaseUrl);
    expect(kept.changes.map(({ kind, origin, state }) => `${kind} ${origin} ${state}`).sort()).toEqual([
      'activate direct applied',
      'activate request pending',
      'deactivate request applied',
      'deactivate timed approved',
    ]);
    expect((await trailOf(world)).join()).not.toContain('olga@ex.co');
    await approve(world, people.ben, pending);
    await saying(world, pending, 'Done');
    world.advance(29 * DAY);
    await untilActive(world, 'ada@ex.co', false);
    await world.bot.settled();
    await pass(world, 61 * DAY);
    expect(await readRecords(world.databaseUrl)).toEqual({ changes: [], cards: [], audit: [] });
    await world.bot.stop();
  });
});

describe('`RETENTION`', () => {
  it('of 0 keeps everything for ever', async () => {
    const world = await startWorld({ settings: { RETENTION: '0' } });
    const card = await request(world, people.mia, `/wallaroo deactivate ${WHO}`);
    await approve(world, people.ada, card);
    await saying(world, card, 'Done');
    await pass(world, 3650 * DAY);
    await expectNoLiveButtons(world);
    expect((await readRecords(world.databaseUrl)).changes).toHaveLength(1);
  });

  it('leaves `Undo` for as long as it is there, and explains a press on what is cleared', async () => {
    const world = await startWorld({ settings: { RETENTION: '1s' } });
    const card = await request(world, people.mia, `/wallaroo deactivate ${WHO}`);
    await approve(world, people.ada, card);
    const done = await saying(world, card, 'Done');
    await pass(world, 5000);
    expect((await press(world, people.ben, done, 'Undo')).text).toContain('is now active');
    await pass(world, HOUR);
    // It goes with a pass after the one that brings its card up to date.
    await vi.waitFor(async () => expect((await readRecords(world.databaseUrl)).changes).toEqual([]), 10_000);
    const late = await press(world, people.ben, done, 'Undo', { asSeen: true });
    expect(late.text).toMatch(/no longer|not known|unknown/i);
  });
});
