import { describe, expect, it } from 'vitest';
import { defaultSlackSeed } from '../../sandbox/slack/seed.ts';
import { ask, newMessage } from './acting.ts';
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
  told,
  untilActive,
} from './requests.ts';
import { LICENSE, people, startWorld } from './world.ts';

const HOUR = 3_600_000;

/** A Slack in which Mia has this email. */
const slackWithMia = (email: string | undefined) => ({
  seed: {
    ...defaultSlackSeed,
    people: defaultSlackSeed.people.map(({ email: before, ...person }) => ({
      ...person,
      ...(person.id === people.mia ? (email === undefined ? {} : { email }) : { email: before ?? '' }),
    })),
  },
});

describe('/wallaroo me', () => {
  it('shows somebody who is active their user, their workspaces and the way in', async () => {
    const world = await startWorld();
    const me = await ask(world, people.steve, '/wallaroo me');
    expect(me.text).toContain('steve@ex.co');
    expect(me.text).toMatch(/active.*holds a seat/s);
    expect(me.text).toMatch(/OWNER|COLLABORATOR/);
    expect(me.buttons).toEqual(['Open Wallaroo']);
  });

  it('says nothing of seats where the license has none', async () => {
    const world = await startWorld({ settings: { WALLAROO_EDITION: 'enterprise' } });
    const me = await ask(world, people.steve, '/wallaroo me');
    expect(me.text).toContain('steve@ex.co · active · last sign-in');
  });

  it('asks for access with one press for somebody who is inactive', async () => {
    const world = await startWorld();
    const me = await ask(world, people.mia, '/wallaroo me');
    expect(me.text).toMatch(/mia@ex\.co.*inactive/s);
    expect(me.buttons).toEqual(['Request access', 'Request with a reason…', 'Open Wallaroo']);
    const sent = await newMessage(world, people.mia, LICENSE, () =>
      world.slack.as(people.mia).press(me, 'Request access'),
    );
    expect(sent.text).toContain('Request sent');
    expect(world.slack.as(people.mia).modal()).toBeUndefined();
    const card = await newCard(world);
    expect(card.text).toMatch(/Mia Member.*activate mia@ex\.co/s);

    const waiting = await ask(world, people.mia, '/wallaroo me');
    expect(waiting.text).toContain('the administrators decide');
    expect(waiting.buttons).not.toContain('Request access');
    expect(waiting.buttons).toContain('Withdraw');
    // A press on the earlier answer makes no second request.
    await newMessage(world, people.mia, LICENSE, () =>
      world.slack.as(people.mia).press(me, 'Request access'),
    );
    await told(world, people.mia, LICENSE, 'This request already exists');

    await approve(world, people.ben, card);
    await untilActive(world, 'mia@ex.co', true);
    expect((await ask(world, people.mia, '/wallaroo me')).text).toContain('holds a seat');
    await expectNoLiveButtons(world);
  });

  it('takes a reason and an end in a form', async () => {
    const world = await startWorld();
    const me = await ask(world, people.mia, '/wallaroo me');
    const form = await press(world, people.mia, me, 'Request with a reason…');
    expect(form.submit).toBe('Send request');
    expect((await submit(world, people.mia, 'the audit')).text).toContain('Request sent');
    expect((await newCard(world)).text).toContain('the audit');
  });

  it('lets an administrator who is inactive confirm their own activation', async () => {
    const world = await startWorld();
    const me = await ask(world, people.ada, '/wallaroo me');
    expect(me.buttons).toEqual(['Request access', 'Open Wallaroo']);
    const form = await press(world, people.ada, me, 'Request access');
    expect(form.submit).toBe('Activate');
    expect((await submit(world, people.ada)).text).toContain('ada@ex.co is now active');
  });

  it('lets somebody without an account ask for an invitation', async () => {
    const world = await startWorld({ slack: slackWithMia('new.mia@ex.co') });
    const me = await ask(world, people.mia, '/wallaroo me');
    expect(me.text).toContain('You have no Wallaroo account yet');
    expect(me.buttons).toEqual(['Ask for an invitation', 'Open Wallaroo']);
    const form = await press(world, people.mia, me, 'Ask for an invitation');
    expect(form.text).toContain('new.mia@ex.co');
    expect(form.submit).toBe('Send request');
    expect((await submit(world, people.mia)).text).toContain('Request sent');
    expect((await ask(world, people.mia, '/wallaroo me')).buttons).not.toContain('Ask for an invitation');
    await approve(world, people.ben, await newCard(world));
    await world.bot.settled();
    expect(world.isActive('new.mia@ex.co')).toBe(true);
    expect((await ask(world, people.mia, '/wallaroo me')).text).toContain('holds a seat');
  });

  it('finds the user by the email in any capitals, and never by a part of it', async () => {
    const world = await startWorld({ slack: slackWithMia('DANA.mixed@EX.CO') });
    expect((await ask(world, people.mia, '/wallaroo me')).text).toMatch(/Dana\.Mixed@Ex\.co.*inactive/s);
    const other = await startWorld({ slack: slackWithMia('teve@ex.co') });
    expect((await ask(other, people.mia, '/wallaroo me')).text).toContain('no Wallaroo account');
  });

  it('guesses nothing where two accounts have the email', async () => {
    const world = await startWorld({
      before: ({ wallaroo }) => {
        wallaroo.state.addUser({ username: 'mia2', email: 'MIA@ex.co', enabled: false });
      },
    });
    const me = await ask(world, people.mia, '/wallaroo me');
    expect(me.text).toContain('2 Wallaroo accounts have your email');
    expect(me.text).toContain('mia2');
    expect(me.buttons).toEqual(['Open Wallaroo']);
  });

  it('says so where Slack shows no email', async () => {
    const world = await startWorld({ slack: slackWithMia(undefined) });
    const me = await ask(world, people.mia, '/wallaroo me');
    expect(me.text).toContain('Slack does not show me your email');
    expect(me.buttons).toEqual(['Open Wallaroo']);
  });

  it('shows as many requests as a message holds, and where the others are', async () => {
    const world = await startWorld({
      before: ({ wallaroo }) => {
        wallaroo.state.setEnabled('mia@ex.co', true);
        for (let n = 0; n < 12; n += 1)
          wallaroo.state.addUser({ username: `new${n}@ex.co`, email: `new${n}@ex.co`, enabled: false });
      },
    });
    for (let n = 0; n < 6; n += 1)
      await deny(
        world,
        people.ben,
        await request(world, people.mia, `/wallaroo activate new${n}@ex.co`),
        'no',
      );
    for (let n = 6; n < 12; n += 1) await request(world, people.mia, `/wallaroo activate new${n}@ex.co`);
    const me = await ask(world, people.mia, '/wallaroo me');
    expect(me.text).toContain('mia@ex.co · active');
    expect(me.blocks.length).toBeLessThanOrEqual(50);
    const labels = (wanted: string) => me.buttons.filter((label) => label === wanted).length;
    expect(labels('Withdraw')).toBe(6);
    const lost = labels('Request again');
    expect(lost).toBeGreaterThan(2);
    expect(me.text).toContain(`… and ${6 - lost} more from earlier: see our direct messages.`);
    // One more waits than is shown.
    await request(world, people.mia, '/wallaroo deactivate testuser@wallaroo.ai');
    const fuller = await ask(world, people.mia, '/wallaroo me');
    expect(fuller.text).toContain('… and 1 more waiting: /wallaroo requests shows all.');
  });

  it('shows until when a timed activation lasts, and extends it', async () => {
    const world = await startWorld();
    await approve(world, people.ben, await request(world, people.mia, '/wallaroo activate me for 1 day'));
    await untilActive(world, 'mia@ex.co', true);
    await world.bot.settled();
    const me = await ask(world, people.mia, '/wallaroo me');
    expect(me.text).toMatch(/active until /);
    expect(me.buttons).toEqual(['Extend', 'Open Wallaroo']);
    expect((await press(world, people.mia, me, 'Extend')).title).toBe('Extend activation');
    await world.slack.as(people.mia).close('all');
    world.advance(25 * HOUR);
    await untilActive(world, 'mia@ex.co', false);
    await world.bot.settled();
    const ended = await ask(world, people.mia, '/wallaroo me');
    expect(ended.text).not.toContain('until');
    expect(ended.buttons).toContain('Request access');
  });
});

describe('Request again', () => {
  it('stands on what was denied, expired or withdrawn, in the direct message and in `me`', async () => {
    const world = await startWorld();
    const ask1 = await request(world, people.mia, '/wallaroo activate me for 7 days', 'for the audit');
    await deny(world, people.ben, ask1, 'not now');
    const denied = await dmSaying(world, people.mia, 'Denied');
    await world.slack.until(() =>
      world.slack
        .as(people.mia)
        .dm()
        .some(({ buttons }) => buttons.includes('Request again')),
    );
    const me = await ask(world, people.mia, '/wallaroo me');
    expect(me.text).toMatch(/Denied by @Ben Boss.*not now/s);
    const form = await press(world, people.mia, me, 'Request again');
    expect(form.submit).toBe('Send request');
    expect((await submit(world, people.mia)).text).toContain('Request sent');
    expect((await newCard(world)).text).toMatch(/activate mia@ex\.co for 7 days.*for the audit/s);
    expect((await ask(world, people.mia, '/wallaroo me')).text).not.toContain('not now');
    expect(denied).toBeDefined();
    await expectNoLiveButtons(world);
  });

  it('stands in `me` and Home on what has ended or expired, until somebody is let in after all', async () => {
    const world = await startWorld();
    const mia = world.slack.as(people.mia);
    await approve(world, people.ben, await request(world, people.mia, '/wallaroo activate nora for 2h'));
    await request(world, people.mia, '/wallaroo invite kim@ex.co');
    world.advance(25 * HOUR);
    await untilActive(world, 'nora@ex.co', false);
    await world.bot.settled();
    const me = await ask(world, people.mia, '/wallaroo me');
    expect(me.text).toMatch(/access of nora@ex\.co that you asked for has ended/);
    expect(me.text).toMatch(/invite kim@ex\.co[\s\S]*Expired: nobody decided/);
    expect(me.buttons.filter((text) => text === 'Request again')).toHaveLength(2);
    await mia.openHome();
    const home = await world.slack.until(() => mia.home());
    expect(home.buttons.filter((text) => text === 'Request again')).toHaveLength(2);
    const form = await press(world, people.mia, me, { label: 'Request again', near: 'nora@ex.co' });
    expect(form.text).toContain('Activate nora@ex.co');
    await mia.close('all');
    expect(
      (await press(world, people.mia, me, { label: 'Request again', near: 'kim@ex.co' })).text,
    ).toContain('Invite kim@ex.co');
    await mia.close('all');
    await openModal(world, people.ben, '/wallaroo activate nora');
    await submit(world, people.ben);
    const later = await ask(world, people.mia, '/wallaroo me');
    expect(later.text).not.toContain('nora@ex.co');
    expect(later.buttons.filter((text) => text === 'Request again')).toHaveLength(1);
  });

  it('opens the form of an extension that was denied', async () => {
    const world = await startWorld();
    await approve(world, people.ben, await request(world, people.mia, '/wallaroo activate nora for 3 days'));
    await world.bot.settled();
    const card = await ask(world, people.mia, '/wallaroo user nora');
    await press(world, people.mia, card, 'Extend');
    await world.slack.as(people.mia).choose('How much longer', '1 week');
    await submit(world, people.mia);
    await world.slack.as(people.mia).close('all');
    const asked = await newCard(world);
    expect(asked.text).toContain('extend the activation of nora@ex.co');
    await deny(world, people.ben, asked, 'three days are enough');
    const denied = await world.slack.until(() =>
      world.slack
        .as(people.mia)
        .dm()
        .findLast(
          ({ text, buttons }) => text.includes('three days are enough') && buttons.includes('Request again'),
        ),
    );
    expect((await press(world, people.mia, denied, 'Request again')).title).toBe('Extend activation');
  });

  it('is for the person who asked alone', async () => {
    const world = await startWorld();
    const card = await request(world, people.mia, '/wallaroo activate me');
    await deny(world, people.ben, card, 'not now');
    await world.bot.settled();
    expect((await saying(world, card, 'Denied')).buttons).toEqual([]);
  });
});

describe('/wallaroo invite', () => {
  it('is a request when a member types it', async () => {
    const world = await startWorld();
    const form = await openModal(world, people.mia, '/wallaroo invite kim@ex.co new on the team');
    expect(form.submit).toBe('Send request');
    expect((await submit(world, people.mia)).text).toContain('Request sent');
    await approve(world, people.ben, await newCard(world));
    await world.bot.settled();
    expect(world.isActive('kim@ex.co')).toBe(true);
  });
});

describe('a user who is not there', () => {
  it('is offered to be invited, or looked for in the list', async () => {
    const world = await startWorld();
    const none = await ask(world, people.mia, '/wallaroo user kim@ex.co');
    expect(none.text).toContain('No user of this Wallaroo instance matches kim@ex.co');
    expect(none.buttons).toEqual(expect.arrayContaining(['Invite…', 'List users']));
    const form = await press(world, people.mia, none, 'Invite…');
    expect(form.text).toContain('kim@ex.co');
    expect(form.submit).toBe('Send request');
    await world.slack.as(people.mia).close('all');
    expect((await ask(world, people.mia, '/wallaroo user zzzz')).buttons).not.toContain('Invite…');
    const asked = await openModal(world, people.mia, '/wallaroo activate kim@ex.co');
    expect(asked.text).toContain('No user of this Wallaroo instance matches');
    expect((await press(world, people.mia, 'modal', 'Invite…')).submit).toBe('Send request');
  });
});
