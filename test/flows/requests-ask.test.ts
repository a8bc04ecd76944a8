import { describe, expect, it } from 'vitest';
import { readRecords } from '../support/change-records.ts';
import { cardsIn, dmSaying, expectNoLiveButtons, newCard, openModal, request, submit } from './requests.ts';
import { APPROVALS, LICENSE, people, startWorld } from './world.ts';

describe('asking for a change', () => {
  it("makes a card that tells who asks, about whom, why, what it does to the license, and since when; and the requester's direct message", async () => {
    const world = await startWorld();
    const modal = await openModal(world, people.mia, '/wallaroo activate ada@ex.co');
    expect(modal.submit).toBe('Send request');
    expect(modal.text).toContain('Seats: 4 → 5 of 5');
    const sent = await submit(world, people.mia, 'joins the fraud team');
    expect(sent.text).toContain('Request sent');
    const card = await newCard(world);
    for (const words of [
      '@Mia Member',
      'activate ada@ex.co',
      'joins the fraud team',
      'Pending',
      'Seats: 4 → 5 of 5',
      'asked ',
      '@wallaroo-admins',
    ])
      expect(card.text).toContain(words);
    expect(card.buttons).toEqual(['Approve', 'Deny']);
    const dm = await dmSaying(world, people.mia, 'Pending');
    expect(dm.text).toContain('joins the fraud team');
    expect(dm.buttons).toEqual(['Withdraw']);
    await expectNoLiveButtons(world);
    expect(world.isActive('ada@ex.co')).toBe(false);
  });

  it('calls the administrators in what is posted, as Slack calls nobody for what is rewritten', async () => {
    const world = await startWorld();
    await request(world, people.mia, '/wallaroo activate ada@ex.co');
    const posts = world.slack.traffic
      .calls('chat.postMessage')
      .filter(({ args }) => args.channel === APPROVALS);
    expect(JSON.stringify(posts[0]?.args)).toContain('<!subteam^S0ADMINS>');
  });

  it('needs a reason', async () => {
    const world = await startWorld();
    await openModal(world, people.mia, '/wallaroo deactivate testuser@wallaroo.ai');
    const mia = world.slack.as(people.mia);
    expect((await mia.submit()).errors).toHaveProperty('Reason');
    await mia.fill('Reason', '   ');
    const { errors } = await mia.submit();
    expect(errors).toHaveProperty('Reason');
    await world.bot.settled();
    expect((await readRecords(world.databaseUrl)).changes).toEqual([]);
  });

  it('takes a reason that was typed with the command', async () => {
    const world = await startWorld();
    await openModal(world, people.mia, '/wallaroo deactivate testuser@wallaroo.ai left & <us>');
    expect((await submit(world, people.mia)).text).toContain('Request sent');
    await expectNoLiveButtons(world);
    const [change] = (await readRecords(world.databaseUrl)).changes;
    expect(change?.reason).toBe('left & <us>');
  });

  it('is not made twice while the same is pending: the second asker is shown the first', async () => {
    const world = await startWorld();
    await request(world, people.mia, '/wallaroo activate ada@ex.co');
    await openModal(world, people.steve, '/wallaroo activate ada@ex.co');
    const shown = await submit(world, people.steve, 'me too');
    expect(shown.text).toContain('This request already exists');
    expect(shown.text).toContain('@Mia Member');
    await expectNoLiveButtons(world);
    expect(cardsIn(world, APPROVALS)).toHaveLength(1);
  });

  it('is made once when the form is sent twice', async () => {
    const world = await startWorld();
    await openModal(world, people.mia, '/wallaroo activate ada@ex.co');
    await submit(world, people.mia, 'once');
    const sent = world.slack.traffic.of('envelope').find(({ payload }) => payload.type === 'view_submission');
    await world.slack.deliver(sent?.payload ?? {});
    await expectNoLiveButtons(world);
    expect((await readRecords(world.databaseUrl)).changes).toHaveLength(1);
    expect(cardsIn(world, APPROVALS)).toHaveLength(1);
  });

  it('is told at once when nobody could decide', async () => {
    const world = await startWorld({ settings: { ADMINS: people.ada, FOUR_EYES: 'true' } });
    const modal = await openModal(world, people.ada, '/wallaroo activate ada@ex.co');
    expect(modal.text).toContain('Nobody could decide this request');
    expect(modal.submit).toBeUndefined();
  });

  it('is not sent when the only other administrator is the one it lets in', async () => {
    const world = await startWorld({ settings: { FOUR_EYES: 'true' } });
    world.wallaroo.state.addUser({ username: 'ben@ex.co', email: 'ben@ex.co', enabled: false });
    const modal = await openModal(world, people.ada, '/wallaroo activate ben@ex.co');
    expect(modal.text).toContain('Nobody could decide this request');
    expect(modal.submit).toBeUndefined();
    expect((await openModal(world, people.ada, '/wallaroo activate nora@ex.co')).submit).toBe('Send request');
  });

  it('finds an approver among those who are still there', async () => {
    const world = await startWorld({ settings: { ADMINS: 'U0GONE,U0GUS,U0STEVE' } });
    const steves = await openModal(world, people.steve, '/wallaroo activate ada@ex.co');
    expect(steves.submit).toBe('Activate');
    const mias = await openModal(world, people.mia, '/wallaroo activate ada@ex.co');
    expect(mias.submit).toBe('Send request');
    const alone = await startWorld({ settings: { ADMINS: 'U0GONE,U0GUS' } });
    const modal = await openModal(alone, people.mia, '/wallaroo activate ada@ex.co');
    expect(modal.text).toContain('Nobody could decide this request');
  });

  it('asks for the reason that an administrator need not give, once they are none any more', async () => {
    const world = await startWorld();
    await openModal(world, people.ben, '/wallaroo activate nora@ex.co');
    const { userGroups } = world.slack.workspace.state;
    const group = userGroups.get('S0ADMINS');
    if (group === undefined) throw new Error('no such group');
    userGroups.set('S0ADMINS', { ...group, members: ['U0ADA'] });
    world.advance(61_000);
    const again = await submit(world, people.ben);
    expect(again.text).toContain('This now needs somebody else');
    expect((await submit(world, people.ben, 'joins us')).text).toContain('Request sent');
    await expectNoLiveButtons(world);
    expect(world.isActive('nora@ex.co')).toBe(false);
  });

  it('is refused for oneself and for those who are never deactivated', async () => {
    const world = await startWorld({
      settings: { PROTECTED_USERS: 'testuser@wallaroo.ai' },
    });
    const refusals = {
      'steve@ex.co': 'own account',
      'testuser@wallaroo.ai': 'PROTECTED_USERS',
      admin: 'built-in administrator',
      'chatops@ex.co': 'account that this bot works with',
    };
    for (const [who, words] of Object.entries(refusals)) {
      const modal = await openModal(world, people.steve, `/wallaroo deactivate ${who}`);
      expect(modal.text).toContain(words);
      expect(modal.submit).toBeUndefined();
      await world.slack.as(people.steve).close('all');
    }
    expect(cardsIn(world, LICENSE)).toEqual([]);
  });
});
