import { describe, expect, it } from 'vitest';
import type { SeenView } from '../../sandbox/slack/person/seen.ts';
import { readRecords } from '../support/change-records.ts';
import { ask, messageNow } from './acting.ts';
import {
  approve,
  dmSaying,
  expectNoLiveButtons,
  lineSaying,
  newCard,
  press,
  saying,
  submit,
} from './requests.ts';
import { GENERAL, people, startWorld, type World } from './world.ts';

const FIX = 'Fix account…';

/** The form for a user, opened from their card. */
async function openForm(world: World, who: string, as: string = people.ada): Promise<SeenView> {
  const card = await ask(world, as, `/wallaroo user ${who}`, GENERAL);
  return press(world, as, card, FIX);
}

const accountOf = (world: World, id: string) => {
  const { email, username, emailVerified } = world.wallaroo.state.user(id);
  return { email, username, emailVerified };
};

const renaming = { wallaroo: { switches: { editUsernameAllowed: true } } } as const;

describe('`Fix account…`', () => {
  it('gives an account without an email one, says what it sets before and did after, and is undone', async () => {
    const world = await startWorld(renaming);
    const was = world.wallaroo.state.user('robot');
    const form = await openForm(world, 'robot');
    expect(form.text).toContain('It has no email, username robot.');
    expect(form.text).toContain('The account does not tell.');
    expect(form.text).toContain('the same as username');
    await world.slack.as(people.ada).fill('Email', ' Robot <Robot@Ex.co>. ');
    const result = await submit(world, people.ada);
    expect(result.text).toContain(
      'The account of robot now has: email robot@ex.co, confirmed, username the same.',
    );
    const fixed = { email: 'robot@ex.co', username: 'robot@ex.co', emailVerified: true };
    expect(world.wallaroo.state.user(was.id)).toEqual({ ...was, ...fixed });
    await lineSaying(world, 'The account of robot now has');
    const card = await ask(world, people.ada, '/wallaroo user robot@ex.co', GENERAL);
    expect(card.buttons).not.toContain(FIX);
    const { audit } = await readRecords(world.databaseUrl);
    expect(audit.at(-1)).toMatchObject({
      event: 'applied',
      before: 'no email, username robot',
      after: 'email robot@ex.co, confirmed, username the same',
      outcome: 'Account fixed.',
    });

    const undone = await press(world, people.ada, 'modal', 'Undo');
    expect(undone.text).toContain('The account of robot@ex.co has again: no email, username robot.');
    expect(world.wallaroo.state.user(was.id)).toEqual(was);
    await expectNoLiveButtons(world);
  });

  it('knows the address where one of both is one, and says that the realm keeps usernames', async () => {
    const world = await startWorld();
    const { id } = world.wallaroo.state.user('steve');
    world.wallaroo.state.updateUser(id, { emailVerified: false, requiredActions: ['VERIFY_EMAIL'] });
    const form = await openForm(world, 'steve@ex.co');
    expect(form.text).toContain('It has email steve@ex.co, not confirmed, username steve.');
    expect(form.text).toContain('it stays steve, as the Keycloak realm keeps usernames');
    const result = await submit(world, people.ada);
    expect(result.text).toContain('now has: email steve@ex.co, confirmed, username steve.');
    expect(result.text).toContain('The username stays as it is, as the Keycloak realm keeps usernames');
    expect(accountOf(world, id)).toEqual({ email: 'steve@ex.co', username: 'steve', emailVerified: true });
    const { audit } = await readRecords(world.databaseUrl);
    expect(audit.at(-1)?.outcome).toMatch(/^Account fixed\. The username stays as it is/);
  });

  it('asks which address is right where both are one', async () => {
    const world = await startWorld(renaming);
    const { id } = world.wallaroo.state.updateUser('nora@ex.co', { email: 'n.lind@ex.co' });
    const form = await openForm(world, 'n.lind@ex.co');
    expect(form.text).toContain('Its email is n.lind@ex.co and its username nora@ex.co. Which address');
    expect(Object.values((await world.slack.as(people.ada).submit()).errors)).toHaveLength(1);
    await world.slack.as(people.ada).fill('Email', 'n.lind@ex.co');
    await submit(world, people.ada);
    expect(accountOf(world, id)).toMatchObject({ email: 'n.lind@ex.co', username: 'n.lind@ex.co' });
  });

  it('is a request of a member, which an administrator approves at one press; the person is told', async () => {
    const world = await startWorld(renaming);
    const { id } = world.wallaroo.state.user('steve');
    world.wallaroo.state.updateUser(id, { emailVerified: false });
    const form = await openForm(world, 'steve@ex.co', people.mia);
    expect(form.submit).toBe('Send request');
    expect(Object.keys((await world.slack.as(people.mia).submit()).errors)).toEqual(['Reason']);
    await submit(world, people.mia, 'uploads fail');
    const card = await newCard(world);
    expect(card.text).toContain(
      'asks to fix the account of steve@ex.co: email steve@ex.co, confirmed, username the same (so far: email steve@ex.co, not confirmed, username steve)',
    );
    expect(accountOf(world, id).emailVerified).toBe(false);
    expect((await approve(world, people.ada, card)).submit).toBeUndefined();
    await saying(world, card, 'Done, approved by @Ada Admin');
    expect(accountOf(world, id)).toMatchObject({ username: 'steve@ex.co', emailVerified: true });
    await dmSaying(
      world,
      people.steve,
      'corrected your Wallaroo account: it now goes by the email address steve@ex.co.',
    );
    await dmSaying(world, people.mia, 'Done');
    const undone = await press(world, people.ben, messageNow(world, people.ada, card), 'Undo');
    expect(undone.text).toContain('has again');
    expect(accountOf(world, id)).toMatchObject({ username: 'steve', emailVerified: false });
    await expectNoLiveButtons(world);
  });

  it('is not approved by whose address it is to become, under whatever name the account went before', async () => {
    const world = await startWorld(renaming);
    await openForm(world, 'robot', people.mia);
    await world.slack.as(people.mia).fill('Email', 'ben@ex.co');
    await submit(world, people.mia, 'it is his');
    const card = await newCard(world, 'robot');
    const refused = await press(world, people.ben, card, 'Approve');
    expect(refused.text).toContain('This is your own account');
    expect(world.wallaroo.state.user('robot').email).toBeUndefined();
    await approve(world, people.ada, card);
    await saying(world, card, 'Done, approved by @Ada Admin');
    await expectNoLiveButtons(world);
  });

  it('lets Keycloak ask for the confirmation again once it is undone', async () => {
    const world = await startWorld(renaming);
    const asked = { emailVerified: false, requiredActions: ['UPDATE_PASSWORD', 'VERIFY_EMAIL'] };
    const was = world.wallaroo.state.updateUser('steve', asked);
    await openForm(world, 'steve@ex.co');
    await submit(world, people.ada);
    expect(world.wallaroo.state.user(was.id)).toMatchObject({
      emailVerified: true,
      requiredActions: ['UPDATE_PASSWORD'],
    });
    await press(world, people.ada, 'modal', 'Undo');
    expect(world.wallaroo.state.user(was.id)).toEqual(was);
  });

  it.each([
    ['an address that another account has', 'MIA@ex.co', /mia@ex\.co goes by mia@ex\.co already/i],
    ['an address that is a username elsewhere', 'asteve@ex.co', /goes by asteve@ex\.co already/],
  ])('refuses %s, and keeps the form', async (_, typed, words) => {
    const world = await startWorld(renaming);
    await openForm(world, 'robot');
    await world.slack.as(people.ada).fill('Email', typed);
    const refused = await submit(world, people.ada);
    expect(refused.text).toMatch(words);
    await world.slack.as(people.ada).fill('Email', 'robot@ex.co');
    expect((await submit(world, people.ada)).text).toContain('now has');
  });

  it('refuses an address that becomes somebody else’s before it is written', async () => {
    const world = await startWorld(renaming);
    const was = world.wallaroo.state.user('robot');
    await openForm(world, 'robot');
    await world.slack.as(people.ada).fill('Email', 'robot@ex.co');
    const stop = world.wallaroo.on('request', ({ endpoint, method }) => {
      if (endpoint !== 'keycloak.users.list' || method !== 'GET') return;
      stop();
      world.wallaroo.state.addUser({ username: 'robot@ex.co', email: 'robot@ex.co' });
    });
    const failed = await submit(world, people.ada);
    expect(failed.text).toContain('Wallaroo already has a user with this email or username.');
    expect(world.wallaroo.state.user(was.id)).toEqual(was);
  });

  describe('overwrites nothing that somebody changed in Keycloak meanwhile:', () => {
    const CHANGED = 'Somebody changed this account in the meantime: it has email new@ex.co';
    const change = ({ wallaroo }: World, id: string) => wallaroo.state.updateUser(id, { email: 'new@ex.co' });

    it('the form shows it first', async () => {
      const world = await startWorld(renaming);
      const { id } = world.wallaroo.state.user('steve');
      await openForm(world, 'steve');
      change(world, id);
      await world.slack.as(people.ada).fill('Email', 'steve@ex.co');
      const again = await submit(world, people.ada);
      expect(again.text).toContain(CHANGED);
      expect(again.text).toContain('It has email new@ex.co');
      expect(accountOf(world, id)).toMatchObject({ email: 'new@ex.co', username: 'steve' });
      expect((await submit(world, people.ada)).text).toContain('now has: email steve@ex.co');
    });

    it('a request that was approved fails', async () => {
      const world = await startWorld(renaming);
      const { id } = world.wallaroo.state.user('steve');
      await openForm(world, 'steve', people.mia);
      await world.slack.as(people.mia).fill('Email', 'steve@ex.co');
      await submit(world, people.mia, 'uploads fail');
      const card = await newCard(world);
      change(world, id);
      await press(world, people.ben, card, 'Approve');
      // Another try would find the same.
      expect((await saying(world, card, CHANGED)).buttons).toEqual([]);
      expect((await dmSaying(world, people.mia, CHANGED)).buttons).toEqual(['Request again']);
      expect(accountOf(world, id)).toMatchObject({ email: 'new@ex.co', username: 'steve' });
    });

    it('who asked sees it in the form of `Request again`, and their new request succeeds', async () => {
      const world = await startWorld(renaming);
      const { id } = world.wallaroo.state.user('steve');
      await openForm(world, 'steve', people.mia);
      await world.slack.as(people.mia).fill('Email', 'steve@ex.co');
      await submit(world, people.mia, 'uploads fail');
      change(world, id);
      await press(world, people.ben, await newCard(world), 'Approve');
      await world.slack.as(people.mia).close('all');
      const failed = await dmSaying(world, people.mia, CHANGED);
      const form = await press(world, people.mia, failed, 'Request again');
      expect(form.text).toContain('It has email new@ex.co');
      expect(form.submit).toBe('Send request');
      await submit(world, people.mia);
      const card = await newCard(world);
      expect(card.text).toContain('uploads fail');
      await approve(world, people.ada, card);
      await saying(world, card, 'Done, approved by @Ada Admin');
      expect(accountOf(world, id)).toMatchObject({ email: 'steve@ex.co', username: 'steve@ex.co' });
    });

    it('an undo fails', async () => {
      const world = await startWorld(renaming);
      const { id } = world.wallaroo.state.user('steve');
      await openForm(world, 'steve');
      await world.slack.as(people.ada).fill('Email', 'steve@ex.co');
      await submit(world, people.ada);
      change(world, id);
      expect((await press(world, people.ada, 'modal', 'Undo')).text).toContain(CHANGED);
      expect(accountOf(world, id)).toMatchObject({ email: 'new@ex.co', username: 'steve@ex.co' });
    });
  });

  it('takes nothing for an address that is none, nor two at once', async () => {
    const world = await startWorld();
    await openForm(world, 'robot');
    for (const typed of ['nobody', 'a@b', 'a@ex.co b@ex.co']) {
      await world.slack.as(people.ada).fill('Email', typed);
      expect(Object.keys((await world.slack.as(people.ada).submit()).errors), typed).toEqual(['Email']);
    }
  });

  it('is offered for no account that is as it should be, nor for the built-in admin and the bot’s own', async () => {
    const world = await startWorld({
      before: ({ wallaroo }) => void wallaroo.state.updateUser('chatops@ex.co', { emailVerified: false }),
    });
    for (const who of ['mia@ex.co', 'admin', 'chatops@ex.co'])
      expect((await ask(world, people.ada, `/wallaroo user ${who}`, GENERAL)).buttons).not.toContain(FIX);
    const card = await ask(world, people.ada, '/wallaroo user robot', GENERAL);
    world.wallaroo.state.updateUser('robot', { username: 'admin2', email: 'admin2@ex.co' });
    world.wallaroo.state.updateUser('admin2', { username: 'admin2@ex.co', emailVerified: true });
    expect((await press(world, people.ada, card, FIX)).text).toContain('There is nothing to fix');
  });

  it('leaves a user of a directory alone, and says where to mend it', async () => {
    const world = await startWorld(renaming);
    const was = world.wallaroo.state.updateUser('robot', { federationLink: 'ldap-1' });
    await openForm(world, 'robot');
    await world.slack.as(people.ada).fill('Email', 'robot@ex.co');
    expect((await submit(world, people.ada)).text).toContain('change them in the directory');
    expect(world.wallaroo.state.user(was.id)).toEqual(was);
  });

  it.each([
    ['an answer that is lost', { cutAfterApply: true, times: 1 }],
    ['an answer that breaks off', { malformed: true, times: 1 }],
  ])('is done once although %s', async (_, fault) => {
    const world = await startWorld(renaming);
    const was = world.wallaroo.state.user('robot');
    await openForm(world, 'robot');
    await world.slack.as(people.ada).fill('Email', 'robot@ex.co');
    world.wallaroo.faults.set('keycloak.users.put', fault);
    expect((await submit(world, people.ada)).text).toContain('now has');
    expect(accountOf(world, was.id)).toMatchObject({ email: 'robot@ex.co', username: 'robot@ex.co' });
  });

  it('goes on after a fault that passes, and after a crash behind the write, and can still be undone', async () => {
    let left = 1;
    const world = await startWorld({
      ...renaming,
      bot: {
        faultPoint: async (point) => {
          if (point === 'after_write' && left-- > 0) throw new Error('the process dies');
        },
      },
    });
    const was = world.wallaroo.state.user('robot');
    await openForm(world, 'robot');
    await world.slack.as(people.ada).fill('Email', 'robot@ex.co');
    world.wallaroo.faults.set('keycloak.users.put', { status: 500, times: 1 });
    expect((await submit(world, people.ada)).text).toContain('Not done yet');
    world.advance(60_000);
    await world.bot.settled();
    world.advance(60_000);
    const line = await lineSaying(world, 'The account of robot now has');
    await press(world, people.ada, line, 'Undo');
    expect(world.wallaroo.state.user(was.id)).toEqual(was);
    await expectNoLiveButtons(world);
  });
});
