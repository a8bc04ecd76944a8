import { describe, expect, it } from 'vitest';
import type { Json } from '../../sandbox/slack/json.ts';
import type { SeenMessage } from '../../sandbox/slack/person/seen.ts';
import { issueTrigger } from '../../sandbox/slack/triggers.ts';
import { readRecords } from '../support/change-records.ts';
import { newMessage, pass } from './acting.ts';
import {
  again,
  approve,
  deny,
  dmSaying,
  expectNoLiveButtons,
  lineSaying,
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
import { LICENSE, people, startWorld, type World } from './world.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const ENDS = 'The access of ada@ex.co ends';

/** Mia's request for seven days, approved by Ben. */
async function startTimed(options: Parameters<typeof startWorld>[0] = {}): Promise<World> {
  const world = await startWorld(options);
  const card = await request(world, people.mia, '/wallaroo activate ada@ex.co for 7d', 'for the audit');
  expect(card.text).toContain('activate ada@ex.co for 7 days');
  await approve(world, people.ben, card);
  await saying(world, card, 'Done, approved by @Ben Boss');
  await world.bot.settled();
  return world;
}

/** Has a press on `Keep` delivered as Mia's, who has no such button. */
async function forgeKeep(world: World, notice: SeenMessage): Promise<void> {
  await press(world, people.mia, notice, 'Extend');
  await world.slack.as(people.mia).close('all');
  const sent = world.slack.traffic.of('envelope').findLast(({ payload }) => payload.type === 'block_actions');
  const payload = structuredClone(sent?.payload ?? {}) as Json & { actions: Json[] };
  const [action] = payload.actions;
  await world.slack.deliver({
    ...payload,
    trigger_id: issueTrigger(world.slack.workspace, people.mia),
    actions: [{ ...action, action_id: 'change_keep' }],
  });
}

describe('a timed activation', () => {
  it('ends at its time, announced a day before to the requester and the approver', async () => {
    const world = await startTimed();
    await pass(world, 6 * DAY - HOUR);
    expect(world.isActive('ada@ex.co')).toBe(true);
    expect(
      world.slack
        .as(people.mia)
        .dm()
        .some(({ text }) => text.includes(ENDS)),
    ).toBe(false);
    await pass(world, 2 * HOUR);
    const notices = [await dmSaying(world, people.mia, ENDS), await dmSaying(world, people.ben, ENDS)];
    // `Keep` is for administrators alone.
    expect(notices.map(({ buttons }) => buttons)).toEqual([['Extend'], ['Extend', 'Keep']]);
    expect(world.isActive('ada@ex.co')).toBe(true);
    await expectNoLiveButtons(world);
    world.advance(DAY);
    await untilActive(world, 'ada@ex.co', false);
    for (const [index, who] of [people.mia, people.ben].entries()) {
      const done = await saying(world, notices[index] ?? never(), 'Done', who);
      expect(done.text).toContain('ada@ex.co is now inactive');
      expect(done.buttons).toEqual(who === people.mia ? ['Request again'] : []);
    }
    await expectNoLiveButtons(world);
    const { audit } = await readRecords(world.databaseUrl);
    expect(audit.at(-1)).toMatchObject({ event: 'applied', actor: 'system', requester: people.mia });
  });

  it('counts its time from the activation, not from the request', async () => {
    const world = await startWorld({ settings: { REQUEST_TTL: '10d' } });
    const card = await request(world, people.mia, '/wallaroo activate ada@ex.co for 7d');
    await pass(world, 5 * DAY);
    await approve(world, people.ben, card);
    await pass(world, 6 * DAY + 23 * HOUR);
    expect(world.isActive('ada@ex.co')).toBe(true);
    world.advance(2 * HOUR);
    await untilActive(world, 'ada@ex.co', false);
    await expectNoLiveButtons(world);
  });

  it("can be asked for in the modal's field, by an administrator for themself too", async () => {
    const world = await startWorld();
    await openModal(world, people.ada, '/wallaroo activate ada@ex.co');
    const ada = world.slack.as(people.ada);
    await ada.choose('For how long', 'Until a date');
    expect((await ada.submit()).errors).toHaveProperty('Until');
    await ada.close('all');
    await openModal(world, people.ada, '/wallaroo activate ada@ex.co for 2h');
    // The mark is for what is done, not for how long.
    expect((await submit(world, people.ada)).text).toMatch(
      /ada@ex\.co is now active\. :white_check_mark:\nActive until [^\n:]*:\d\d UTC\.\n/,
    );
    await pass(world, HOUR + 1000);
    await dmSaying(world, people.ada, ENDS);
    world.advance(HOUR);
    await untilActive(world, 'ada@ex.co', false);
    await expectNoLiveButtons(world);
  });

  it('is extended through an approval, and then ends later', async () => {
    const world = await startTimed();
    await pass(world, 6 * DAY + HOUR);
    const notice = await dmSaying(world, people.mia, ENDS);
    await press(world, people.mia, notice, 'Extend');
    await world.slack.as(people.mia).choose('How much longer', '1 week');
    expect((await submit(world, people.mia)).text).toContain('Request sent');
    const card = await newCard(world, 'extend');
    expect(card.text).toMatch(
      /extend the activation of ada@ex\.co until [\d-]+ [\d:]+ UTC instead of [\d-]+ [\d:]+ UTC/,
    );
    expect((await press(world, people.ben, card, 'Approve')).text).toContain('ada@ex.co stays active until');
    await saying(world, card, 'Done, approved by @Ben Boss');
    await world.bot.settled();
    expect(threadOf(world, notice, people.mia).join()).toContain('Extended until');
    await pass(world, 6 * DAY);
    expect(world.isActive('ada@ex.co')).toBe(true);
    await expectNoLiveButtons(world);
    await pass(world, DAY);
    expect(
      threadOf(world, notice, people.mia).filter((text) => /Reminder: access ends \S+/.test(text)),
    ).toHaveLength(2);
    world.advance(DAY);
    await untilActive(world, 'ada@ex.co', false);
    await expectNoLiveButtons(world);
  });

  it('is kept by an administrator: then it has no end', async () => {
    const world = await startTimed();
    await pass(world, 6 * DAY + HOUR);
    const [mias, bens] = [await dmSaying(world, people.mia, ENDS), await dmSaying(world, people.ben, ENDS)];
    expect(mias.buttons).toEqual(['Extend']);
    await forgeKeep(world, mias);
    await told(world, people.mia, 'dm', 'Only administrators');
    await world.slack.as(people.ben).press(bens, 'Keep');
    await told(world, people.ben, 'dm', 'stays active');
    // The other administrators see it, as all that one of them does directly.
    const line = await lineSaying(world, 'ada@ex.co stays active without an end');
    expect(line.text).toMatch(/^@Ben Boss: /);
    for (const [notice, who] of [
      [mias, people.mia],
      [bens, people.ben],
    ] as const)
      expect((await saying(world, notice, 'Cancelled by @Ben Boss', who)).buttons).toEqual([]);
    await pass(world, 3 * DAY);
    expect(world.isActive('ada@ex.co')).toBe(true);
    await expectNoLiveButtons(world);
  });

  it('is kept once by two presses at once, and both are told so', async () => {
    const world = await startTimed();
    await pass(world, 6 * DAY + HOUR);
    const notice = await dmSaying(world, people.ben, ENDS);
    const ben = world.slack.as(people.ben);
    const answers = () =>
      ben.messages(notice.channel).flatMap(({ isEphemeral, text }) => (isEphemeral ? [text] : []));
    await Promise.all([ben.press(notice, 'Keep'), ben.press(notice, 'Keep')]);
    await world.slack.until(() => answers().length === 2 || undefined);
    for (const text of answers()) expect(text).toContain('ada@ex.co stays active');
    const { changes } = await readRecords(world.databaseUrl);
    expect(changes.filter(({ kind }) => kind === 'keep')).toHaveLength(1);
  });

  it('offers `Keep` to nobody who is no administrator any more, whether before the notice or after it', async () => {
    const world = await startTimed();
    const { userGroups } = world.slack.workspace.state;
    const demote = (...members: string[]) => {
      userGroups.set('S0ADMINS', {
        id: 'S0ADMINS',
        handle: 'wallaroo-admins',
        name: 'Wallaroo admins',
        members,
      });
      world.advance(2 * 60_000);
    };
    await pass(world, 6 * DAY + HOUR);
    const notice = await dmSaying(world, people.ben, ENDS);
    expect(notice.buttons).toEqual(['Extend', 'Keep']);
    demote(people.ada);
    await world.slack.as(people.ben).press(notice, 'Keep');
    await told(world, people.ben, 'dm', 'Only administrators');
    await world.slack.until(() => {
      const { buttons } = again(world, notice, people.ben);
      return buttons.length === 1 && buttons[0] === 'Extend';
    });
    // Drawn for the last reminder, it is an administrator's again.
    demote(people.ada, people.ben);
    await pass(world, 22 * HOUR);
    expect((await saying(world, notice, ENDS, people.ben)).buttons).toEqual(['Extend', 'Keep']);
    await expectNoLiveButtons(world);
  });

  it('is shown with its new end, or without one, in the posted digest at once, as is a request that was denied', async () => {
    const world = await startTimed();
    const card = await request(world, people.mia, '/wallaroo activate nora@ex.co');
    const digest = await newMessage(world, people.ada, LICENSE, async () => {
      await world.slack.as(people.ada).type(LICENSE, '/wallaroo digest');
    });
    const ends = (text: string) => /Access that ends\n.*until (\S+ \S+)/.exec(text)?.[1];
    const posted = await world.slack.until(() =>
      world.slack
        .as(people.ada)
        .messages(LICENSE)
        .find(({ text, isEphemeral }) => !isEphemeral && ends(text) !== undefined),
    );
    expect(digest.channel).toBe(posted.channel);
    const first = ends(posted.text);
    await press(world, people.ben, posted, 'Extend');
    await world.slack.as(people.ben).fill('How much longer', '1 week');
    expect((await submit(world, people.ben)).text).toContain('stays active until');
    await world.slack.as(people.ben).close('all');
    await world.slack.until(() => {
      const now = ends(again(world, posted).text);
      return now !== undefined && now !== first;
    });
    expect(again(world, posted).text).toContain('asks to activate nora@ex.co');
    await deny(world, people.ben, card, 'not now');
    await saying(world, posted, /^(?![\s\S]*asks to activate)/);
    await world.slack.as(people.ben).close('all');
    await pass(world, 13 * DAY + HOUR);
    await world.slack.as(people.ben).press(await dmSaying(world, people.ben, ENDS), 'Keep');
    await saying(world, posted, /^(?![\s\S]*Access that ends)/);
  });

  it('does nothing when somebody changed the user through Slack meanwhile', async () => {
    const world = await startTimed();
    await pass(world, 6 * DAY + HOUR);
    const notice = await dmSaying(world, people.mia, ENDS);
    for (const verb of ['deactivate', 'activate']) {
      await openModal(world, people.ben, `/wallaroo ${verb} ada@ex.co`);
      await submit(world, people.ben);
    }
    await pass(world, DAY);
    await saying(world, notice, 'has altered this user since: nothing was done', people.mia);
    expect(world.isActive('ada@ex.co')).toBe(true);
    await expectNoLiveButtons(world);
  });

  it('does nothing when somebody changed the user outside meanwhile', async () => {
    const world = await startTimed({ settings: { WATCH_INTERVAL: '1m' } });
    await pass(world, 2 * 60_000);
    for (const enabled of [false, true]) {
      world.wallaroo.state.setEnabled('ada@ex.co', enabled);
      await pass(world, 2 * 60_000);
    }
    await pass(world, 8 * DAY);
    expect(world.isActive('ada@ex.co')).toBe(true);
    await expectNoLiveButtons(world);
    const { changes } = await readRecords(world.databaseUrl);
    expect(changes.find(({ origin }) => origin === 'timed')).toMatchObject({ state: 'cancelled' });
  });

  it('says nothing of an end that is moot already', async () => {
    const world = await startTimed();
    await openModal(world, people.ben, '/wallaroo deactivate ada@ex.co');
    await submit(world, people.ben);
    await pass(world, 6 * DAY + HOUR);
    expect(
      world.slack
        .as(people.mia)
        .dm()
        .some(({ text }) => text.includes(ENDS)),
    ).toBe(false);
    await expectNoLiveButtons(world);
  });

  it('explains a press on `Extend` after its end', async () => {
    const world = await startTimed();
    await pass(world, 6 * DAY + HOUR);
    const notice = await dmSaying(world, people.mia, ENDS);
    world.advance(DAY);
    await untilActive(world, 'ada@ex.co', false);
    await world.bot.settled();
    const late = await press(world, people.mia, notice, 'Extend', { asSeen: true });
    expect(late.text).toContain('nothing to extend');
    await expectNoLiveButtons(world);
  });

  it('that cannot end is told to the approver with `Try again`', async () => {
    const world = await startTimed();
    world.wallaroo.faults.set('keycloak.users.put', { status: 403, times: 1 });
    await pass(world, 7 * DAY + HOUR);
    const failed = await dmSaying(world, people.ben, /Failed/);
    expect(failed.buttons).toEqual(['Try again']);
    expect((await dmSaying(world, people.mia, /Failed/)).buttons).toEqual([]);
    expect((await press(world, people.ben, failed, 'Try again')).text).toContain('is now inactive');
    await expectNoLiveButtons(world);
  });
});

function never(): never {
  throw new Error('no such message');
}
