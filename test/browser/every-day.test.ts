import { expect, it } from 'vitest';
import { describeInBrowser, message, modal, say, seeUser, useBench } from './support.ts';

const hourMs = 60 * 60 * 1000;

describeInBrowser('every day', () => {
  const bench = useBench();

  it('invites a colleague who has no account and asks for one', async () => {
    const priya = await bench.open('as=U0PRIYA');
    await say(priya, '/wallaroo me');
    await message(priya, 'You have no Wallaroo account yet')
      .getByRole('button', { name: 'Ask for an invitation' })
      .click();
    const asking = modal(priya, 'Invite user');
    await asking.getByRole('button', { name: 'Send request' }).click();
    await asking.getByText('Request sent').waitFor();

    const ada = await bench.open('as=U0ADA&channel=C0APPROVALS');
    await message(ada, 'priya@ex.co').getByRole('button', { name: 'Approve' }).click();
    await modal(ada, 'Approve request').getByText('is invited').waitFor();
    await seeUser(ada, 'priya@ex.co', 'active');
    await asking.getByRole('button', { name: 'Close' }).last().click();
    await priya.getByRole('button', { name: /Wallaroo.*unread/ }).click();
    await message(priya, 'is invited').waitFor();
  });

  it('shows administrators what each other has done, with Undo', async () => {
    const [ada, ben] = await Promise.all([
      bench.open('as=U0ADA'),
      bench.open('as=U0BEN&channel=C0APPROVALS'),
    ]);
    await say(ada, '/wallaroo deactivate tom on leave');
    await modal(ada, 'Deactivate user').getByRole('button', { name: 'Deactivate', exact: true }).click();
    const line = message(ben, 'tom@ex.co');
    await line.getByText('@Ada Quist').waitFor();
    await line.getByRole('button', { name: 'Undo' }).waitFor();
  });

  it('lets a member in for a time at one press of each, tells them until when, and lets them ask again', async () => {
    const mia = await bench.open('as=U0MIA');
    await say(mia, '/wallaroo activate me for 1 day back in the fraud team');
    const asking = modal(mia, 'Activate user');
    await asking.getByRole('button', { name: 'Send request' }).click();
    await asking.getByText('Request sent').waitFor();
    await asking.getByRole('button', { name: 'Close' }).last().click();
    const ada = await bench.open('as=U0ADA&channel=C0APPROVALS');
    await message(ada, 'back in the fraud team').getByRole('button', { name: 'Approve' }).click();
    const approving = modal(ada, 'Approve request');
    await approving.getByText('is now active').waitFor();
    await approving.getByRole('button', { name: 'Close' }).last().click();

    await say(mia, '/wallaroo me');
    await message(mia, 'Your user in Wallaroo')
      .getByText(/active until/)
      .waitFor();
    await say(ada, '/wallaroo idle');
    const idle = message(ada, 'Idle users');
    await idle.waitFor();
    expect(await idle.getByText('mia@ex.co').count()).toBe(0);

    const { clock } = bench.stage();
    clock.moveTo(new Date(clock.now().getTime() + 25 * hourMs));
    await seeUser(ada, 'mia@ex.co', 'inactive');
    await mia.getByRole('button', { name: /Wallaroo.*unread/ }).click();
    await message(mia, 'has ended').getByRole('button', { name: 'Request again' }).click();
    await mia.getByRole('dialog').getByRole('button', { name: 'Send request' }).waitFor();
  });
});
