import { expect, it } from 'vitest';
import { describeInBrowser, message, modal, readDm, say, seeUser, useBench } from './support.ts';

const HOUR_MS = 3_600_000;

describeInBrowser('a day with the bot', () => {
  const bench = useBench();

  it('somebody without an account asks for an invitation with one press, and is invited with one', async () => {
    const [priya, ada] = await Promise.all([
      bench.open('as=U0PRIYA&channel=C0LICENSE'),
      bench.open('as=U0ADA&channel=C0APPROVALS'),
    ]);
    await say(priya, '/wallaroo me');
    await message(priya, 'You have no Wallaroo account yet')
      .getByRole('button', { name: 'Ask for an invitation' })
      .click();
    const asking = modal(priya, 'Invite user');
    await asking.getByText('priya@ex.co').first().waitFor();
    await asking.getByRole('button', { name: 'Send request' }).click();
    await asking.getByText('Request sent').waitFor();
    await message(ada, 'invite priya@ex.co').getByRole('button', { name: 'Approve' }).click();
    await modal(ada, 'Approve request').getByText('is invited').waitFor();
    await seeUser(ada, 'priya@ex.co', 'active');
  });

  it('two administrators see what the other has changed, with `Undo`', async () => {
    const [ada, ben] = await Promise.all([
      bench.open('as=U0ADA&channel=C0LICENSE'),
      bench.open('as=U0BEN&channel=C0APPROVALS'),
    ]);
    for (const who of ['tom@ex.co', 'steve@ex.co']) {
      await say(ada, `/wallaroo deactivate ${who}`);
      const leaving = modal(ada, 'Deactivate user');
      await leaving.getByRole('button', { name: 'Deactivate', exact: true }).click();
      await leaving.getByText('is now inactive').waitFor();
      await leaving.getByRole('button', { name: 'Close' }).last().click();
      const line = message(ben, `${who} is now inactive`);
      await line.getByText('Ada Quist').first().waitFor();
      await line.getByRole('button', { name: 'Undo' }).waitFor();
    }
  });

  it('a member asks with one press, an administrator approves with one, and the member reads it', async () => {
    const [mia, ben] = await Promise.all([
      bench.open('as=U0MIA&channel=C0LICENSE'),
      bench.open('as=U0BEN&channel=C0APPROVALS'),
    ]);
    await say(mia, '/wallaroo me');
    await message(mia, 'Request access to work with Wallaroo')
      .getByRole('button', { name: 'Request access' })
      .click();
    await message(ben, 'activate mia@ex.co').getByRole('button', { name: 'Approve' }).click();
    await modal(ben, 'Approve request').getByText('is now active').waitFor();
    await readDm(mia);
    await message(mia, 'Your request to activate mia@ex.co').getByText('is now active').waitFor();
  });

  it('access for a time says until when it lasts, and is asked for again once it has ended', async () => {
    // Also where this was begun before and cut off.
    const { state } = bench.stage().wallaroo;
    state.setEnabled(state.user('nora@ex.co').id, false);
    const [mia, ben] = await Promise.all([
      bench.open('as=U0MIA&channel=C0LICENSE'),
      bench.open('as=U0BEN&channel=C0APPROVALS'),
    ]);
    await say(mia, '/wallaroo activate nora@ex.co for 1 day');
    const asking = modal(mia, 'Activate user');
    await asking.getByRole('textbox', { name: 'Reason' }).fill('the audit');
    await asking.getByRole('button', { name: 'Send request' }).click();
    await asking.getByText('Request sent').waitFor();
    await asking.getByRole('button', { name: 'Close' }).last().click();
    await message(ben, 'activate nora@ex.co').getByRole('button', { name: 'Approve' }).click();
    await modal(ben, 'Approve request')
      .getByText(/Active until/)
      .waitFor();
    await say(mia, '/wallaroo user nora');
    await message(mia, 'Workspaces')
      .getByText(/active until/)
      .waitFor();
    await readDm(mia);
    await message(mia, 'Your request to activate nora@ex.co')
      .getByText(/Active until/)
      .waitFor();

    const ended = mia.getByRole('article').filter({ hasText: 'The access of nora@ex.co has ended' });
    const earlier = await ended.count();
    const { clock } = bench.stage();
    clock.moveTo(new Date(clock.now().getTime() + 25 * HOUR_MS));
    await ended.nth(earlier).getByRole('button', { name: 'Request again' }).click();
    const again = modal(mia, 'Activate user');
    await again.getByRole('textbox', { name: 'Reason' }).fill('the audit goes on');
    await again.getByRole('button', { name: 'Send request' }).click();
    await message(ben, 'the audit goes on').getByRole('button', { name: 'Approve' }).waitFor();
  });

  it('an administrator adds two people to a workspace at once', async () => {
    const ada = await bench.open('as=U0ADA&channel=C0LICENSE');
    await say(ada, '/wallaroo workspace fraud-models');
    await message(ada, 'fraud-models').getByRole('button', { name: 'Add people…' }).click();
    const adding = modal(ada, 'Add people');
    const people = adding.getByRole('group', { name: 'People' });
    await adding.getByRole('button', { name: 'Add', exact: true }).click();
    await adding.getByText('Please complete this required field.').waitFor();
    for (const who of ['dana@ex.co', 'hana@ex.co'])
      await people.getByRole('checkbox', { name: who }).press('Space');
    await adding.getByRole('button', { name: 'Add', exact: true }).click();
    await modal(ada, 'Add to workspace').getByText('hana@ex.co is now a collaborator').waitFor();
    const { state } = bench.stage().wallaroo;
    const found = [...state.workspaces.values()].find(({ name }) => name === 'fraud-models');
    expect(found?.members).toHaveLength(4);
  });

  it('nobody who was let in lately is called idle', async () => {
    const ada = await bench.open('as=U0ADA&channel=C0LICENSE');
    await say(ada, '/wallaroo digest');
    const digest = message(ada, 'Wallaroo license digest');
    await digest.getByText('What changed').waitFor();
    const text = (await digest.textContent()) ?? '';
    const [, suggested = ''] =
      /((?:Idle users|No sign-in seen|Never signed in).*?)(?:Pending requests|What changed)/s.exec(text) ??
      [];
    expect(suggested).not.toBe('');
    await say(ada, '/wallaroo idle');
    const idle = (await message(ada, 'Idle users of this Wallaroo instance').textContent()) ?? '';
    for (const who of ['mia@ex.co', 'nora@ex.co', 'priya@ex.co'])
      expect([suggested.includes(who), idle.includes(who)], who).toEqual([false, false]);
  });
});
