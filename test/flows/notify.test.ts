import { describe, expect, it } from 'vitest';
import type { SeenMessage } from '../../sandbox/slack/person/seen.ts';
import { defaultSlackSeed } from '../../sandbox/slack/seed.ts';
import { newMessage, pass } from './acting.ts';
import { approve, dmSaying, newCard, openModal, request, submit, told, untilActive } from './requests.ts';
import { people, startWorld, type World } from './world.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const GIA = 'U0GIA';

/** What an administrator does at once. */
async function change(world: World, command: string, by: string = people.ben): Promise<void> {
  await openModal(world, by, command);
  await submit(world, by);
  await world.slack.as(by).close('all');
  await world.bot.settled();
}

const news = (world: World, userId: string): readonly SeenMessage[] =>
  world.slack
    .as(userId)
    .dm()
    .filter(({ text }) => /your access|You now have|You were invited|Your access/.test(text));

/** A Slack in which these people have other emails. */
const slackWith = (emails: Readonly<Record<string, string>>) => ({
  seed: {
    ...defaultSlackSeed,
    people: defaultSlackSeed.people.map((person) => {
      const email = emails[person.id] ?? person.email;
      return email === undefined ? person : { ...person, email };
    }),
  },
});

describe('people whose account it is', () => {
  it('hear that they were let in, until when, and that their access was ended, and ask for it again', async () => {
    const world = await startWorld();
    await change(world, '/wallaroo activate mia@ex.co for 7 days the audit');
    const seat = await dmSaying(
      world,
      people.mia,
      /You now have a Wallaroo seat until .*@Ben Boss let you in/s,
    );
    expect(seat.text).toContain('the audit');
    expect(seat.buttons).toEqual(['Extend', 'Open Wallaroo']);

    await change(world, '/wallaroo deactivate mia@ex.co the audit is over');
    const ended = await dmSaying(world, people.mia, '@Ben Boss ended your access to Wallaroo');
    expect(ended.text).toContain('the audit is over');
    expect(ended.buttons).toEqual(['Ask for it again']);
    await newMessage(world, people.mia, 'dm', () =>
      world.slack.as(people.mia).press(ended, 'Ask for it again'),
    );
    await told(world, people.mia, 'dm', 'Request sent');
    expect(news(world, people.mia)).toHaveLength(2);
  });

  it('hear a day and an hour before that it ends, and that it has', async () => {
    const world = await startWorld();
    await change(world, '/wallaroo activate mia@ex.co for 7 days');
    await pass(world, 6 * DAY + HOUR);
    const ending = await dmSaying(world, people.mia, 'Your access to Wallaroo lasts until');
    expect(ending.buttons).toEqual(['Extend', 'Open Wallaroo']);
    await pass(world, 22 * HOUR + 60_000);
    expect(news(world, people.mia)).toHaveLength(3);
    await pass(world, HOUR);
    await untilActive(world, 'mia@ex.co', false);
    await dmSaying(world, people.mia, 'Your access to Wallaroo has ended, as planned');
    expect(news(world, people.mia)).toHaveLength(4);
  });

  it.each([false, true])('hear that it no longer ends, with FOUR_EYES=%s', async (fourEyes) => {
    const world = await startWorld({ settings: { FOUR_EYES: String(fourEyes), REQUEST_TTL: '10d' } });
    // Under FOUR_EYES Ben asks for it and Ada approves it; `Keep` is hers, then, and his to approve.
    await change(world, '/wallaroo activate mia@ex.co for 7 days the audit');
    if (fourEyes) await approve(world, people.ada, await newCard(world, 'activate'));
    const keeper = fourEyes ? people.ada : people.ben;
    await pass(world, 6 * DAY + HOUR);
    await dmSaying(world, people.mia, 'Your access to Wallaroo lasts until');
    await world.slack.as(keeper).press(await dmSaying(world, keeper, 'The access of mia'), 'Keep');
    if (fourEyes) await approve(world, people.ben, await newCard(world, 'keep'));
    const kept = await dmSaying(world, people.mia, 'Your access to Wallaroo no longer ends');
    expect(kept.text).toContain('@Ben Boss let you keep it.');
    expect(kept.buttons).toEqual(['Open Wallaroo']);
    await pass(world, DAY);
    expect(world.isActive('mia@ex.co')).toBe(true);
  });

  it('hear of an `Undo` without the reason that the bot writes for it', async () => {
    const world = await startWorld();
    await openModal(world, people.ben, '/wallaroo activate mia@ex.co the audit');
    await submit(world, people.ben);
    await world.slack.as(people.ben).press('modal', 'Undo', { confirmed: true });
    const ended = await dmSaying(world, people.mia, '@Ben Boss ended your access to Wallaroo');
    expect(ended.fallback).not.toContain('Reason');
  });

  it('hear of an invitation', async () => {
    const world = await startWorld({ slack: slackWith({ [people.mia]: 'New.Mia@ex.co' }) });
    await change(world, '/wallaroo invite new.mia@ex.co');
    const invited = await dmSaying(world, people.mia, 'You were invited by @Ben Boss');
    expect(invited.buttons).toEqual(['Open Wallaroo']);
  });

  it('are told as guests, too, with nothing that they may not press', async () => {
    const world = await startWorld({ slack: slackWith({ [GIA]: 'nora@ex.co' }) });
    await change(world, '/wallaroo activate nora@ex.co');
    expect((await dmSaying(world, GIA, 'You now have a Wallaroo seat')).buttons).toEqual(['Open Wallaroo']);
    await change(world, '/wallaroo deactivate nora@ex.co');
    expect((await dmSaying(world, GIA, 'ended your access')).buttons).toEqual([]);
  });
});

describe('nobody is told', () => {
  it('who did it or asked for it', async () => {
    const world = await startWorld();
    await change(world, '/wallaroo activate ada@ex.co', people.ada);
    expect(news(world, people.ada)).toEqual([]);
    const card = await request(world, people.mia, '/wallaroo swap ada@ex.co me', 'for the audit');
    await approve(world, people.ben, card);
    await dmSaying(world, people.ada, '@Ben Boss ended your access');
    expect(news(world, people.mia)).toEqual([]);
  });

  it('of another team, or who is not there', async () => {
    const world = await startWorld({
      slack: slackWith({ [people.xeno]: 'nora@ex.co', U0GONE: 'olga@ex.co' }),
      settings: { LICENSE_SEATS: '9' },
    });
    for (const who of ['nora@ex.co', 'olga@ex.co', 'ivan@ex.co'])
      await change(world, `/wallaroo activate ${who}`);
    const posted = world.slack.workspace.state.messages.filter(({ text }) => text.includes('You now have'));
    expect(posted).toEqual([]);
  });

  it('with NOTIFY_USERS=false', async () => {
    const world = await startWorld({ settings: { NOTIFY_USERS: 'false' } });
    await change(world, '/wallaroo activate mia@ex.co');
    expect(news(world, people.mia)).toEqual([]);
  });

  it('of what is no more so once Slack takes it', async () => {
    const world = await startWorld();
    world.slack.faults.plan('users.lookupByEmail', { error: 'internal_error' }, 1000);
    await change(world, '/wallaroo activate mia@ex.co');
    await change(world, '/wallaroo deactivate mia@ex.co');
    world.slack.faults.clear();
    await pass(world, HOUR);
    await dmSaying(world, people.mia, 'ended your access');
    expect(news(world, people.mia)).toHaveLength(1);
  });
});
