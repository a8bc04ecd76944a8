import { describe, expect, it, vi } from 'vitest';
import { readRecords } from '../support/change-records.ts';
import {
  approve,
  cardsIn,
  dmSaying,
  expectNoLiveButtons,
  lineSaying,
  openModal,
  press,
  request,
  saying,
  submit,
  threadOf,
  untilActive,
} from './requests.ts';
import { APPROVALS, people, startWorld, type World } from './world.ts';

const MINUTE = 60_000;

/** Submits the modal on top at a moment when Slack is gone before anything can be shown. */
async function submitAsSlackGoes(world: World, userId: string, how: 'refuse' | 'unavailable') {
  const { slack, wallaroo } = world;
  const isGone = new Promise<void>((resolve) => {
    const stop = wallaroo.on('request', ({ endpoint }) => {
      if (endpoint !== 'keycloak.users.get') return;
      stop();
      slack.faults.goDown(how);
      resolve();
    });
  });
  await slack.as(userId).submit();
  await isGone;
}

/** How often Slack did not take a card. */
const putOff = ({ logs }: World): number =>
  logs.filter(({ msg }) => String(msg).startsWith('could not update a card')).length;

describe('an approval while Slack is down', () => {
  it.each(['refuse', 'unavailable'] as const)(
    'is applied, and every card and direct message is right within a minute of its return (%s)',
    async (how) => {
      const world = await startWorld();
      const card = await request(world, people.mia, '/wallaroo deactivate testuser@wallaroo.ai');
      await world.bot.settled();
      await press(world, people.ada, card, 'Approve');
      await submitAsSlackGoes(world, people.ada, how);
      await untilActive(world, 'testuser@wallaroo.ai', false);
      const before = cardsIn(world, APPROVALS).find(({ ts }) => ts === card.ts);
      expect(before?.text).not.toContain('Done');
      await vi.waitFor(() => expect(putOff(world)).toBeGreaterThanOrEqual(4), 10_000);
      world.slack.faults.comeUp();
      world.advance(MINUTE);
      await saying(world, card, 'Done, approved by @Ada Admin');
      await dmSaying(world, people.mia, 'Done, approved by @Ada Admin');
      await world.slack.connected(20_000);
      await expectNoLiveButtons(world);
      expect(threadOf(world, card).join()).toContain('Deactivated.');
    },
    60_000,
  );
});

describe('an approval while Wallaroo is down', () => {
  it('announces nothing, and is applied after its return', async () => {
    const world = await startWorld();
    const card = await request(world, people.mia, '/wallaroo deactivate testuser@wallaroo.ai');
    await press(world, people.ada, card, 'Approve');
    const { faults } = world.wallaroo;
    for (const endpoint of ['keycloak.users.get', 'keycloak.users.put', 'users.query'] as const)
      faults.set(endpoint, { cut: true });
    const result = await submit(world, people.ada);
    expect(result.text).toContain('Not done yet');
    await saying(world, card, 'Retrying automatically; nothing for you to do.');
    const dm = await dmSaying(world, people.mia, 'Not done yet');
    expect(`${dm.text}${threadOf(world, card).join()}`).not.toMatch(/Deactivated|Done/);
    await expectNoLiveButtons(world);
    faults.clear();
    world.advance(MINUTE);
    await saying(world, card, 'Done, approved by @Ada Admin');
    await saying(world, dm, 'Done', people.mia);
    expect(world.isActive('testuser@wallaroo.ai')).toBe(false);
    await expectNoLiveButtons(world);
  });

  it('fails with `Try again` when it does not return', async () => {
    const world = await startWorld();
    const card = await request(world, people.mia, '/wallaroo deactivate testuser@wallaroo.ai');
    await press(world, people.ada, card, 'Approve');
    // It asks for more patience than anybody has who has pressed a button, so that each try ends at once.
    world.wallaroo.faults.set('keycloak.users.get', { status: 503, retryAfterSeconds: 30 });
    await submit(world, people.ada);
    for (let tries = 0; tries < 185; tries += 1) {
      world.advance(31_000);
      await world.bot.settled();
    }
    const failed = await saying(world, card, 'Failed after approval');
    expect(failed.text).toContain('Wallaroo itself failed');
    expect(failed.buttons).toEqual(['Try again']);
    await expectNoLiveButtons(world);
    world.wallaroo.faults.clear();
    expect((await press(world, people.ben, failed, 'Try again')).text).toContain('is now inactive');
    await expectNoLiveButtons(world);
  }, 60_000);

  it('finds out what became of a write that was never answered, and does not repeat it', async () => {
    const world = await startWorld();
    const card = await request(world, people.mia, '/wallaroo deactivate testuser@wallaroo.ai');
    world.wallaroo.faults.set('keycloak.users.put', { cutAfterApply: true, times: 1 });
    expect((await approve(world, people.ada, card)).text).toContain('is now inactive');
    const puts = world.wallaroo.requests.filter(({ endpoint }) => endpoint === 'keycloak.users.put');
    expect(puts).toHaveLength(1);
    await expectNoLiveButtons(world);
    const { audit } = await readRecords(world.databaseUrl);
    expect(audit.at(-1)).toMatchObject({ event: 'applied', before: 'active', after: 'inactive' });
  });

  it('answers a request made meanwhile, and keeps a direct change for later', async () => {
    const world = await startWorld();
    await openModal(world, people.ada, '/wallaroo deactivate testuser@wallaroo.ai');
    world.wallaroo.faults.set('keycloak.users.put', { status: 503 });
    expect((await submit(world, people.ada)).text).toContain('Not done yet');
    const line = await lineSaying(world, 'Not done yet');
    expect(line.buttons).toEqual([]);
    world.wallaroo.faults.clear();
    world.advance(MINUTE);
    expect((await saying(world, line, 'is now inactive')).buttons).toEqual(['Undo']);
    expect((await dmSaying(world, people.ada, 'Done')).buttons).toEqual(['Undo']);
    await expectNoLiveButtons(world);
  });
});
