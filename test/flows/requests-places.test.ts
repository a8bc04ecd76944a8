import { describe, expect, it } from 'vitest';
import { readRecords } from '../support/change-records.ts';
import {
  approve,
  cardsIn,
  deny,
  dmSaying,
  expectNoLiveButtons,
  newCard,
  openModal,
  press,
  request,
  saying,
  submit,
} from './requests.ts';
import { APPROVALS, LICENSE, people, startWorld } from './world.ts';

const MINUTE = 60_000;

describe('cards that cannot stand where they should', () => {
  it('come to the administrators by direct message when the approvals channel is missing', async () => {
    const world = await startWorld({ settings: { APPROVALS_CHANNEL: 'C0NOWHERE' } });
    await openModal(world, people.mia, '/wallaroo activate ada@ex.co');
    await submit(world, people.mia, 'joins us');
    const [adas, bens] = [
      await dmSaying(world, people.ada, 'Pending'),
      await dmSaying(world, people.ben, 'Pending'),
    ];
    expect(adas.buttons).toEqual(['Approve', 'Deny']);
    await approve(world, people.ben, bens);
    await saying(world, adas, 'Done, approved by @Ben Boss');
    await dmSaying(world, people.mia, 'Done, approved by @Ben Boss');
    world.advance(6 * MINUTE);
    await expectNoLiveButtons(world);
    expect(
      world.logs.some(({ place, slackError }) => place === 'approvals' && slackError !== undefined),
    ).toBe(true);
  });

  it('come to the administrators but the one who asks, when the channel is archived', async () => {
    const world = await startWorld({ settings: { APPROVALS_CHANNEL: 'C0ARCHIVE', FOUR_EYES: 'true' } });
    await openModal(world, people.ada, '/wallaroo activate ada@ex.co');
    await submit(world, people.ada, 'joins us');
    const bens = await dmSaying(world, people.ben, 'Pending');
    expect(bens.buttons).toEqual(['Approve', 'Deny']);
    const adas = await dmSaying(world, people.ada, 'Pending');
    expect(adas.buttons).toEqual(['Withdraw']);
    await deny(world, people.ben, bens, 'no');
    await saying(world, adas, 'Denied by @Ben Boss');
    await expectNoLiveButtons(world);
  });

  it('are brought up to date when an archived channel is opened again', async () => {
    const world = await startWorld();
    const card = await request(world, people.mia, '/wallaroo activate ada@ex.co');
    await world.bot.settled();
    const channel = world.slack.workspace.channel(APPROVALS);
    channel.isArchived = true;
    const dm = await dmSaying(world, people.mia, 'Pending');
    await world.slack.as(people.mia).press(dm, 'Withdraw');
    await saying(world, dm, 'Withdrawn', people.mia);
    await world.bot.settled();
    channel.isArchived = false;
    world.advance(6 * MINUTE);
    await saying(world, card, 'Withdrawn');
    await expectNoLiveButtons(world);
  });

  it.each(['restricted_action_read_only_channel', 'restricted_action_thread_only_channel', 'no_permission'])(
    'come to the administrators by direct message when Slack lets the bot post no card in the channel: %s',
    async (error) => {
      const world = await startWorld();
      world.slack.workspace.channel(APPROVALS).refuses = { posts: error };
      await openModal(world, people.steve, '/wallaroo deactivate testuser');
      await submit(world, people.steve, 'left us');
      expect((await dmSaying(world, people.ada, 'Pending')).buttons).toEqual(['Approve', 'Deny']);
      expect((await dmSaying(world, people.ben, 'Pending')).buttons).toEqual(['Approve', 'Deny']);
    },
  );

  it('of an archived channel are told of once in the log, and given up after a week', async () => {
    const world = await startWorld();
    const card = await request(world, people.mia, '/wallaroo activate ada@ex.co');
    await world.bot.settled();
    world.slack.workspace.channel(APPROVALS).isArchived = true;
    const dm = await dmSaying(world, people.mia, 'Pending');
    await world.slack.as(people.mia).press(dm, 'Withdraw');
    await saying(world, dm, 'Withdrawn', people.mia);
    const failures = () => world.logs.filter(({ place, slackError }) => place === 'approvals' && slackError);
    for (let tries = 1; tries <= 3; tries += 1) {
      await world.slack.until(() => failures().length >= tries);
      world.advance(31_000);
      await world.bot.settled();
    }
    expect(failures().filter(({ level }) => Number(level) >= 40)).toHaveLength(1);
    world.advance(8 * 24 * 60 * MINUTE);
    await world.bot.settled();
    const { cards } = await readRecords(world.databaseUrl);
    expect(cards.find(({ ts }) => ts === card.ts)?.gone).toBe(1);
  });

  it.each(['restricted_action_thread_locked', 'restricted_action_non_threadable_channel'])(
    'go on where their threads take no replies: %s',
    async (error) => {
      const world = await startWorld();
      const card = await request(world, people.mia, '/wallaroo deactivate testuser@wallaroo.ai');
      await dmSaying(world, people.mia, 'Pending');
      await world.bot.settled();
      world.slack.workspace.channel(APPROVALS).refuses = { replies: error };
      await approve(world, people.ada, card);
      await saying(world, card, 'Done, approved by @Ada Admin');
      await world.bot.settled();
      const { cards } = await readRecords(world.databaseUrl);
      const ofChannel = cards.find(({ ts }) => ts === card.ts);
      expect(ofChannel).toMatchObject({ gone: 0, attempts: 0, claim: null });
      await expectNoLiveButtons(world);
    },
  );

  it('come soon after the bot was invited, and the log tells of the shut channel once', async () => {
    const world = await startWorld();
    const { members } = world.slack.workspace.channel(APPROVALS);
    members.delete(world.slack.workspace.state.bot.userId);
    await openModal(world, people.mia, '/wallaroo activate ada@ex.co');
    await submit(world, people.mia, 'joins us');
    await dmSaying(world, people.ada, 'Pending');
    const failures = () =>
      world.logs.filter(({ place, delayMs }) => place === 'approvals' && delayMs !== undefined);
    for (let tries = 1; tries <= 3; tries += 1) {
      await world.slack.until(() => failures().length >= tries);
      world.advance(31_000);
      await world.bot.settled();
    }
    expect(failures().filter(({ level }) => Number(level) >= 40)).toHaveLength(1);
    members.add(world.slack.workspace.state.bot.userId);
    world.advance(31_000);
    const card = await newCard(world);
    await approve(world, people.ben, card);
    await expectNoLiveButtons(world);
  });

  it('may be deleted: the request goes its way without them', async () => {
    const world = await startWorld();
    const card = await request(world, people.mia, '/wallaroo deactivate testuser@wallaroo.ai');
    await world.bot.settled();
    const { state } = world.slack.workspace;
    const adas = world.slack.as(people.ada);
    await adas.press(card, 'Approve');
    state.messages = state.messages.filter(({ ts }) => ts !== card.ts);
    await world.slack.until(() => adas.modal()?.submit !== undefined);
    expect((await submit(world, people.ada)).text).toContain('testuser@wallaroo.ai is now inactive');
    await dmSaying(world, people.mia, 'Done, approved by @Ada Admin');
    await expectNoLiveButtons(world);
    expect(cardsIn(world, APPROVALS)).toEqual([]);
  });

  it('are told to a person once more where their own is lost: Slack removes what is older than the team keeps', async () => {
    const world = await startWorld();
    const card = await request(world, people.mia, '/wallaroo deactivate testuser@wallaroo.ai');
    const dm = await dmSaying(world, people.mia, 'Pending');
    await world.bot.settled();
    const { state } = world.slack.workspace;
    state.messages = state.messages.filter(({ ts }) => ts !== dm.ts);
    await approve(world, people.ada, card);
    await dmSaying(world, people.mia, 'Done, approved by @Ada Admin');
    await world.bot.settled();
    expect(
      world.slack
        .as(people.mia)
        .dm()
        .filter(({ threadTs }) => threadTs === undefined),
    ).toHaveLength(1);
    await expectNoLiveButtons(world);
  });

  it.each(['cant_update_message', 'edit_window_closed'])(
    'stand there once more with the outcome where Slack lets nobody rewrite them: %s',
    async (error) => {
      const world = await startWorld();
      const card = await request(world, people.mia, '/wallaroo activate ada@ex.co');
      await dmSaying(world, people.mia, 'Pending');
      await world.bot.settled();
      world.slack.faults.plan('chat.update', { error }, 2);
      await approve(world, people.ben, card);
      await dmSaying(world, people.mia, 'Done, approved by @Ben Boss');
      const again = await world.slack.until(() =>
        cardsIn(world, APPROVALS).find((it) => it.ts !== card.ts && it.buttons.includes('Undo')),
      );
      world.advance(11 * MINUTE);
      await world.slack.until(
        () => cardsIn(world, APPROVALS).find(({ ts }) => ts === again.ts)?.buttons.length === 0,
      );
      expect((await press(world, people.ada, card, 'Approve')).text).toContain('Done');
    },
  );

  it.each(['cant_update_message', 'edit_window_closed'])(
    'are posted only once more, with the outcome, where Slack lets nobody rewrite the new ones either: %s',
    async (error) => {
      const world = await startWorld({ settings: { NOTIFY_USERS: 'false' } });
      const card = await request(world, people.mia, '/wallaroo activate ada@ex.co');
      await dmSaying(world, people.mia, 'Pending');
      await world.bot.settled();
      const posted = () => world.slack.traffic.calls('chat.postMessage').map(({ args }) => args.channel);
      const before = posted().length;
      world.slack.faults.plan('chat.update', { error }, 100);
      await approve(world, people.ben, card);
      const { mia } = people;
      await world.slack.until(() =>
        world.slack
          .as(mia)
          .dm()
          .find(({ text }) => text.includes('Done, approved by @Ben Boss')),
      );
      for (let pass = 0; pass < 5; pass += 1) {
        await world.bot.settled();
        world.advance(MINUTE);
      }
      const cards = posted().slice(before);
      expect(cards.filter((channel) => channel !== LICENSE).toSorted()).toEqual([APPROVALS, people.mia]);
    },
  );

  it('are missed by nobody who has left: the others still hear of the change', async () => {
    const world = await startWorld();
    const mia = world.slack.as(people.mia);
    await openModal(world, people.mia, '/wallaroo activate ada@ex.co');
    await mia.fill('Reason', 'joins us');
    world.slack.faults.plan('chat.postMessage', { error: 'user_disabled' });
    world.slack.faults.plan('chat.postMessage', { error: 'user_disabled' });
    await mia.submit();
    await world.bot.settled();
    world.slack.workspace.person(people.mia).isDeactivated = true;
    world.advance(MINUTE);
    const card = await newCard(world);
    expect((await approve(world, people.ben, card)).text).toContain('ada@ex.co is now active');
    await saying(world, card, 'Done, approved by @Ben Boss');
    await expectNoLiveButtons(world);
    const { cards } = await readRecords(world.databaseUrl);
    expect(cards.find(({ place }) => place === `dm:${people.mia}`)?.gone).toBe(1);
  });

  it('do not hold each other up: one that Slack refuses again and again leaves the rest alone', async () => {
    const world = await startWorld();
    world.slack.faults.plan('chat.postMessage', { error: 'fatal_error' }, 1);
    world.slack.faults.plan('chat.postMessage', { delayMs: 600 }, 1);
    await openModal(world, people.mia, '/wallaroo activate ada@ex.co');
    await submit(world, people.mia, 'joins us');
    await openModal(world, people.steve, '/wallaroo deactivate testuser@wallaroo.ai');
    await submit(world, people.steve, 'left us');
    await world.slack.until(
      () => cardsIn(world, APPROVALS).filter(({ buttons }) => buttons.includes('Approve')).length === 2,
    );
    await expectNoLiveButtons(world);
  });

  it('wait as long as Slack says when it limits the rate', async () => {
    const world = await startWorld();
    world.slack.faults.plan('chat.postMessage', { retryAfterSeconds: 30 }, 2);
    await openModal(world, people.mia, '/wallaroo activate ada@ex.co');
    await submit(world, people.mia, 'joins us');
    await world.bot.settled();
    expect(cardsIn(world, APPROVALS)).toEqual([]);
    world.advance(31_000);
    await world.bot.settled();
    expect(cardsIn(world, APPROVALS)).toHaveLength(1);
    await expectNoLiveButtons(world);
  });
});
