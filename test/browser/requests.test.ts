import { expect, it } from 'vitest';
import { describeInBrowser, message, modal, readDm, say, seeFault, seeUser, useBench } from './support.ts';

const missing = 'Please complete this required field.';

describeInBrowser('a request between two persons', () => {
  const bench = useBench();

  it('says under a field what is wrong with it, and can be mended and sent', async () => {
    const page = await bench.open('as=U0MIA');
    await say(page, '/wallaroo activate mia@ex.co');
    const asking = modal(page, 'Activate user');
    const reason = asking.getByRole('textbox', { name: 'Reason' });
    const send = asking.getByRole('button', { name: 'Send request' });
    await send.click();
    await seeFault(reason, missing);
    await asking.getByText('When it is over, the user is deactivated again.').waitFor();
    await reason.and(page.locator(':focus')).waitFor();
    await reason.fill('back in the fraud team');
    const howLong = asking.getByRole('combobox', { name: /For how long/ });
    await howLong.fill('Until');
    await page.getByRole('option', { name: 'Until a date' }).click();
    await send.click();
    await seeFault(asking.getByLabel(/^Until/), 'Please choose the date');
    await howLong.fill('1 week');
    await page.getByRole('option', { name: '1 week' }).click();
    await send.click();
    await send.waitFor({ state: 'detached' });
  });

  it('shows what is wrong with a menu above what it offers', async () => {
    const page = await bench.open('as=U0MIA');
    await say(page, '/wallaroo swap');
    const asking = modal(page, 'Swap users');
    await asking.getByRole('button', { name: 'Continue' }).click();
    await seeFault(asking.getByRole('combobox', { name: 'Who leaves?' }), missing);
    await page.getByRole('option', { name: 'tom@ex.co' }).waitFor();
    const fault = await page.getByText(missing).first().boundingBox();
    const menu = await page.locator('.popover').boundingBox();
    expect((fault?.y ?? 0) + (fault?.height ?? 0)).toBeLessThanOrEqual(menu?.y ?? 0);
  });

  it('asks the person who denies for a reason, which the requester reads', async () => {
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
    await readDm(mia);
    await message(mia, 'that team is full').waitFor();
  });

  it('travels from the member to the administrator and back, each in their own tab', async () => {
    const [mia, ada] = await Promise.all([
      bench.open('as=U0MIA&channel=C0LICENSE'),
      bench.open('as=U0ADA&channel=C0APPROVALS'),
    ]);
    await say(mia, '/wallaroo activate mia@ex.co');
    const asking = modal(mia, 'Activate user');
    const reason = asking.getByRole('textbox', { name: 'Reason' });
    await reason.fill('needed by the fraud team');
    await asking.getByRole('button', { name: 'Send request' }).click();

    const card = message(ada, 'needed by the fraud team');
    await card.getByRole('button', { name: 'Approve' }).press('Enter');
    const approving = modal(ada, 'Approve request');
    await approving.getByText('is now active').waitFor();
    // The button that was pressed is gone; the keyboard stays in its card.
    const undo = card.getByRole('button', { name: 'Undo', includeHidden: true });
    await undo.waitFor();
    await ada.keyboard.press('Escape');
    await card.and(ada.locator(':focus')).waitFor();
    await ada.keyboard.press('Tab');
    await undo.and(ada.locator(':focus')).waitFor();
    await seeUser(ada, 'mia@ex.co', 'active');
    await card.getByText('Done', { exact: true }).first().waitFor();
    await card.getByRole('button', { name: 'Approve' }).waitFor({ state: 'detached' });

    await asking.getByRole('button', { name: 'Close' }).last().click();
    await readDm(mia);
    await message(mia, 'is now active').waitFor();
  });

  it('shows the trail of a request in the pane at the side', async () => {
    const page = await bench.open('as=U0BEN&channel=C0APPROVALS');
    await message(page, 'needed by the fraud team')
      .getByRole('button', { name: /repl(y|ies)$/ })
      .click();
    await page.getByRole('complementary', { name: 'Thread' }).getByText('approved').first().waitFor();
  });
});
