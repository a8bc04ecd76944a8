import { describe, expect, it } from 'vitest';
import { readRecords } from '../support/change-records.ts';
import {
  again,
  approve,
  dmSaying,
  expectNoLiveButtons,
  press,
  request,
  saying,
  submit,
  threadOf,
} from './requests.ts';
import { people, startWorld } from './world.ts';

const HOUR = 3_600_000;

describe('a request that nobody decides', () => {
  it('is recalled in its thread when half of its time has passed, once', async () => {
    const world = await startWorld({ settings: { REQUEST_TTL: '24h' } });
    const card = await request(world, people.mia, '/wallaroo activate ada@ex.co');
    await world.bot.settled();
    expect(threadOf(world, card)).toEqual([]);
    world.advance(12 * HOUR + 1000);
    await world.bot.settled();
    await world.bot.settled();
    expect(threadOf(world, card).filter((text) => text.includes('still waiting'))).toHaveLength(1);
    expect(again(world, card).buttons).toEqual(['Approve', 'Deny']);
    await expectNoLiveButtons(world);
  });

  it('expires at the end of REQUEST_TTL: the requester is told and the buttons are gone', async () => {
    const world = await startWorld({ settings: { REQUEST_TTL: '1h' } });
    const card = await request(world, people.mia, '/wallaroo activate ada@ex.co');
    await world.bot.settled();
    world.advance(HOUR + 1000);
    await saying(world, card, 'Expired');
    const dm = await dmSaying(world, people.mia, 'Expired');
    await world.slack.until(() => threadOf(world, card).includes('Expired. Nobody decided in time.'));
    expect(again(world, card).buttons).toEqual([]);
    expect(dm.buttons).toEqual(['Request again']);
    await expectNoLiveButtons(world);
    const { audit } = await readRecords(world.databaseUrl);
    expect(audit.at(-1)).toMatchObject({ event: 'expired', actor: 'system' });
  });

  it('has expired for one who presses, before and after the pass has seen it', async () => {
    const world = await startWorld({ settings: { REQUEST_TTL: '1h' } });
    const card = await request(world, people.mia, '/wallaroo deactivate testuser@wallaroo.ai');
    await world.bot.settled();
    await press(world, people.ada, card, 'Approve');
    world.advance(HOUR + 1000);
    expect((await submit(world, people.ada)).text).toContain('has expired');
    await saying(world, card, 'Expired');
    await world.bot.settled();
    expect((await press(world, people.ben, card, 'Deny', { asSeen: true })).text).toContain(
      'This request has expired',
    );
    await expectNoLiveButtons(world);
    expect(world.isActive('testuser@wallaroo.ai')).toBe(true);
  });

  it('can be asked for again', async () => {
    const world = await startWorld({ settings: { REQUEST_TTL: '1h' } });
    await request(world, people.mia, '/wallaroo activate ada@ex.co');
    world.advance(HOUR + 1000);
    await world.bot.settled();
    const card = await request(world, people.mia, '/wallaroo activate ada@ex.co');
    expect((await approve(world, people.ben, card)).text).toContain('ada@ex.co is now active');
    await expectNoLiveButtons(world);
  });
});
