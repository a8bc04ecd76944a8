import { describe, expect, it } from 'vitest';
import { readRecords } from '../support/change-records.ts';
import {
  again,
  approve,
  cardsIn,
  deny,
  dmSaying,
  expectNoLiveButtons,
  openModal,
  press,
  request,
  saying,
  submit,
  threadOf,
  told,
} from './requests.ts';
import { people, startWorld } from './world.ts';

describe('deciding a request', () => {
  it('approves after showing the present facts, and follows it to its end everywhere', async () => {
    const world = await startWorld();
    const card = await request(world, people.mia, '/wallaroo deactivate testuser@wallaroo.ai', 'left us');
    await dmSaying(world, people.mia, 'Pending');
    const modal = await press(world, people.ada, card, 'Approve');
    for (const words of ['@Mia Member', 'left us', 'testuser@wallaroo.ai', 'Seats: 4 → 3 of 5'])
      expect(modal.text).toContain(words);
    const result = await submit(world, people.ada);
    expect(result.text).toContain('testuser@wallaroo.ai is now inactive');
    expect(world.isActive('testuser@wallaroo.ai')).toBe(false);
    const done = await saying(world, card, /Done, approved by @Ada Admin/);
    expect(done.buttons).toEqual(['Undo']);
    const dm = await dmSaying(world, people.mia, /Done, approved by @Ada Admin/);
    expect(dm.buttons).toEqual([]);
    await expectNoLiveButtons(world);
    const [rewritten, news] = cardsIn(world, 'dm', people.mia);
    expect(rewritten?.text).toContain('Done, approved by @Ada Admin');
    expect(news?.text).toMatch(
      /Your request to deactivate testuser@wallaroo\.ai[\s\S]*Done, approved by @Ada Admin[\s\S]*is now inactive/,
    );
    expect(threadOf(world, card).join('\n')).toMatch(/Ada Admin\n+Approved\.[\s\S]*Done\. Deactivated\./);
    const { audit } = await readRecords(world.databaseUrl);
    expect(audit.map(({ event, actor }) => [event, actor])).toEqual([
      ['requested', people.mia],
      ['approved', people.ada],
      ['applied', people.ada],
    ]);
    expect(audit.at(-1)).toMatchObject({ before: 'active', after: 'inactive', reason: 'left us' });
  });

  it('acts on the user who was shown, by id, whatever became of their name', async () => {
    const world = await startWorld();
    const { state } = world.wallaroo;
    const { id } = state.user('steve@ex.co');
    const card = await request(world, people.mia, '/wallaroo deactivate steve@ex.co');
    await press(world, people.ada, card, 'Approve');
    state.updateUser(id, { username: 'stephan', email: 'stephan@ex.co' });
    state.addUser({ username: 'steve@ex.co', email: 'steve@ex.co', enabled: false });
    await submit(world, people.ada);
    expect(state.user(id).enabled).toBe(false);
    await expectNoLiveButtons(world);
  });

  it('denies with a reason, which the requester reads', async () => {
    const world = await startWorld();
    const card = await request(world, people.mia, '/wallaroo activate ada@ex.co');
    const ben = world.slack.as(people.ben);
    await press(world, people.ben, card, 'Deny');
    await ben.fill('Reason', ' ');
    expect((await ben.submit()).errors).toHaveProperty('Reason');
    const result = await submit(world, people.ben, 'not this quarter');
    expect(result.text).toContain('Denied by @Ben Boss');
    for (const [shown, buttons] of [
      [await saying(world, card, 'Denied by @Ben Boss'), []],
      [await dmSaying(world, people.mia, 'Denied by @Ben Boss'), ['Request again']],
    ] as const) {
      expect(shown.text).toContain('not this quarter');
      expect(shown.buttons).toEqual(buttons);
    }
    await expectNoLiveButtons(world);
    expect(world.isActive('ada@ex.co')).toBe(false);
  });

  it('lets the requester cancel, and nobody else', async () => {
    const world = await startWorld();
    const card = await request(world, people.mia, '/wallaroo activate ada@ex.co');
    const dm = await dmSaying(world, people.mia, 'Pending');
    await world.slack.as(people.mia).press(dm, 'Withdraw');
    await told(world, people.mia, 'dm', 'Your request is withdrawn');
    await saying(world, card, 'Withdrawn by @Mia Member');
    await expectNoLiveButtons(world);
    expect(cardsIn(world, 'dm', people.mia)).toHaveLength(1);
  });

  it('tells the second of two deciders who won, and changes nothing', async () => {
    const world = await startWorld();
    const card = await request(world, people.mia, '/wallaroo deactivate testuser@wallaroo.ai');
    await press(world, people.ben, card, 'Deny');
    await approve(world, people.ada, card);
    const late = await submit(world, people.ben, 'no');
    expect(late.text).toContain('@Ada Admin was faster');
    await saying(world, card, 'Done, approved by @Ada Admin');
    await expectNoLiveButtons(world);
  });

  it('lets one of two win who submit at the same moment', async () => {
    const world = await startWorld();
    const card = await request(world, people.mia, '/wallaroo deactivate testuser@wallaroo.ai');
    for (const who of [people.ada, people.ben]) {
      await press(world, who, card, 'Approve');
    }
    const results = await Promise.all([submit(world, people.ada), submit(world, people.ben)]);
    expect(results.filter(({ text }) => text.includes('is now inactive'))).toHaveLength(1);
    expect(results.filter(({ text }) => text.includes('was faster'))).toHaveLength(1);
    const writes = world.wallaroo.requests.filter(({ endpoint }) => endpoint === 'keycloak.users.put');
    expect(writes).toHaveLength(1);
    await expectNoLiveButtons(world);
  });

  it('explains a press on a face that is out of date, which is drawn again', async () => {
    const world = await startWorld();
    const card = await request(world, people.mia, '/wallaroo activate ada@ex.co');
    const before = again(world, card);
    await deny(world, people.ben, card, 'no');
    await saying(world, card, 'Denied');
    const modal = await press(world, people.ada, before, 'Approve', { asSeen: true });
    expect(modal.text).toContain('@Ben Boss was faster');
    expect(modal.submit).toBeUndefined();
    await expectNoLiveButtons(world);
  });

  it('tells who decided or withdrew it themself so, instead of that they were faster', async () => {
    const world = await startWorld();
    const denied = await request(world, people.mia, '/wallaroo activate ada@ex.co');
    await deny(world, people.ben, denied, 'no');
    const twice = await press(world, people.ben, denied, 'Approve', { asSeen: true });
    expect(twice.text).toContain('You have decided this request already.');
    expect(twice.text).not.toContain('faster');
    const card = await request(world, people.mia, '/wallaroo activate nora@ex.co');
    const mias = await dmSaying(world, people.mia, /nora@ex\.co[\s\S]*Pending/);
    const mia = world.slack.as(people.mia);
    await mia.press(mias, 'Withdraw');
    await saying(world, mias, 'Withdrawn', people.mia);
    await mia.press(mias, 'Withdraw', { asSeen: true });
    const answer = await world.slack.until(() => mia.dm().find(({ text }) => text.includes('already')));
    expect(answer.text).toContain('You have withdrawn it already.');
    const late = await press(world, people.ben, card, 'Deny', { asSeen: true });
    expect(late.text).toContain('@Mia Member has withdrawn this request.');
    await expectNoLiveButtons(world);
  });

  it('refuses one who decides for themself, with and without FOUR_EYES', async () => {
    const world = await startWorld({ settings: { FOUR_EYES: 'true' } });
    const card = await request(world, people.ada, '/wallaroo deactivate testuser@wallaroo.ai');
    for (const button of ['Approve', 'Deny']) {
      expect((await press(world, people.ada, card, button)).text).toContain(
        'Nobody decides their own request',
      );
      await world.slack.as(people.ada).close('all');
    }
    expect(world.isActive('testuser@wallaroo.ai')).toBe(true);
    const result = await approve(world, people.ben, card);
    expect(result.text).toContain('is now inactive');
    await expectNoLiveButtons(world);
  });

  it('checks who decides at the press: a member who sees the card, and a guest, may not', async () => {
    const world = await startWorld();
    const card = await request(world, people.mia, '/wallaroo activate ada@ex.co');
    expect((await press(world, people.steve, card, 'Approve')).text).toContain('Only administrators');
    expect((await press(world, people.gus, card, 'Deny')).text).not.toContain('Reason');
    await expectNoLiveButtons(world);
    expect(again(world, card).buttons).toEqual(['Approve', 'Deny']);
  });

  it('checks it again at the submission: rights may have gone meanwhile', async () => {
    const world = await startWorld();
    const card = await request(world, people.mia, '/wallaroo deactivate testuser@wallaroo.ai');
    await press(world, people.ben, card, 'Approve');
    const group = world.slack.workspace.state.userGroups.get('S0ADMINS');
    if (group !== undefined)
      world.slack.workspace.state.userGroups.set('S0ADMINS', { ...group, members: ['U0ADA'] });
    world.advance(61_000);
    expect((await submit(world, people.ben)).text).toContain('Only administrators');
    await expectNoLiveButtons(world);
    expect(world.isActive('testuser@wallaroo.ai')).toBe(true);
  });

  it('says what is so already instead of asking to confirm it', async () => {
    const world = await startWorld();
    const card = await request(world, people.mia, '/wallaroo activate nora@ex.co');
    world.wallaroo.state.setEnabled('nora@ex.co', true);
    const modal = await approve(world, people.ada, card);
    expect(modal.text).toContain('is already active.');
    expect(modal.submit).toBeUndefined();
    await expectNoLiveButtons(world);
  });

  it('refuses at the confirmation what has become impossible', async () => {
    const world = await startWorld();
    const card = await request(world, people.mia, '/wallaroo activate nora@ex.co');
    world.wallaroo.state.removeUser('nora@ex.co');
    const modal = await approve(world, people.ada, card);
    expect(modal.text).toContain('no longer exists');
    await expectNoLiveButtons(world);
  });

  it('fails in words that help, with `Try again`, which then does it', async () => {
    const world = await startWorld();
    const card = await request(world, people.mia, '/wallaroo deactivate testuser@wallaroo.ai');
    world.wallaroo.faults.set('keycloak.users.put', { status: 403, times: 1 });
    const result = await approve(world, people.ada, card);
    expect(result.text).toContain('lacks the permission');
    expect(result.buttons).toEqual(['Try again']);
    const failed = await saying(world, card, 'Failed after approval by @Ada Admin');
    expect(failed.buttons).toEqual(['Try again']);
    await expect(world.slack.as(people.ben).press(failed, 'Try again')).rejects.toThrow(
      /Try this change again\?.*This will/,
    );
    const dm = await dmSaying(world, people.mia, 'Failed after approval');
    expect(dm.buttons).toEqual(['Request again']);
    await expectNoLiveButtons(world);
    expect((await press(world, people.ben, failed, 'Try again')).text).toContain('is now inactive');
    await saying(world, card, 'Done, approved by @Ada Admin');
    await saying(world, dm, 'Done, approved by @Ada Admin', people.mia);
    await expectNoLiveButtons(world);
    const { audit } = await readRecords(world.databaseUrl);
    expect(audit.map(({ event }) => event)).toEqual([
      'requested',
      'approved',
      'failed',
      'retried',
      'applied',
    ]);
    const thread = await world.slack.until(() => {
      const lines = threadOf(world, card).join('\n');
      return lines.includes('Done.') ? lines : undefined;
    });
    expect(thread).toMatch(
      /Approved\.[\s\S]*Failed: The bot's[\s\S]*Tried again\.[\s\S]*Done\. Deactivated\./,
    );
  });

  it('asks somebody else first for an administrator with FOUR_EYES', async () => {
    const world = await startWorld({ settings: { FOUR_EYES: 'true' } });
    const modal = await openModal(world, people.ada, '/wallaroo activate ada@ex.co');
    expect(modal.submit).toBe('Send request');
  });
});
