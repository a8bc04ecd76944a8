import { it } from 'vitest';
import { describeInBrowser, message, modal, say, seeFault, useBench } from './support.ts';

const missing = 'Please complete this required field.';

describeInBrowser('a form', () => {
  const bench = useBench();

  it('says under a field what is wrong with it, and can be mended and sent', async () => {
    const page = await bench.open('as=U0MIA');
    await say(page, '/wallaroo activate mia@ex.co');
    const asking = modal(page, 'Activate user');
    const reason = asking.getByRole('textbox', { name: 'Reason' });
    const howLong = asking.getByRole('textbox', { name: /For how long/ });
    const send = asking.getByRole('button', { name: 'Send request' });
    await send.click();
    await seeFault(reason, missing);
    await reason.and(page.locator(':focus')).waitFor();
    await reason.fill('back in the fraud team');
    await howLong.fill('some time');
    await send.click();
    await seeFault(howLong, 'Please');
    await howLong.fill('7d');
    await send.click();
    await send.waitFor({ state: 'detached' });
  });

  it('asks whoever denies for a reason, which the requester reads', async () => {
    const ben = await bench.open('as=U0BEN&channel=C0APPROVALS');
    await message(ben, 'back in the fraud team').getByRole('button', { name: 'Deny' }).click();
    const denying = modal(ben, 'Deny request');
    const reason = denying.getByRole('textbox', { name: 'Reason' });
    await denying.getByRole('button', { name: 'Deny', exact: true }).click();
    await seeFault(reason, missing);
    await reason.fill('that team is full');
    await denying.getByRole('button', { name: 'Deny', exact: true }).click();
    await message(ben, 'Denied').waitFor();

    const mia = await bench.open('as=U0MIA');
    await mia.getByRole('button', { name: /Wallaroo.*unread/ }).click();
    await message(mia, 'that team is full').waitFor();
  });
});
