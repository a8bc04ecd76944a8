import { it } from 'vitest';
import { describeInBrowser, message, modal, say, seeUser, useBench } from './support.ts';

describeInBrowser('an approval between two persons', () => {
  const bench = useBench();

  it('travels from the member to the administrator and back, each in their own tab', async () => {
    const [mia, ada] = await Promise.all([
      bench.open('as=U0MIA&channel=C0LICENSE'),
      bench.open('as=U0ADA&channel=C0APPROVALS'),
    ]);
    await say(mia, '/wallaroo activate mia@ex.co');
    const asking = modal(mia, 'Activate user');
    const reason = asking.getByRole('textbox', { name: 'Reason' });
    await reason.fill('back in the fraud team');
    await asking.getByRole('button', { name: 'Send request' }).click();

    const card = message(ada, 'back in the fraud team');
    await card.getByRole('button', { name: 'Approve' }).click();
    const approving = modal(ada, 'Approve request');
    await approving.getByRole('button', { name: 'Activate', exact: true }).click();
    await approving.getByText('is now active').waitFor();
    await approving.getByRole('button', { name: 'Close' }).last().click();
    await seeUser(ada, 'mia@ex.co', 'active');
    await card.getByText('Done', { exact: true }).first().waitFor();
    await card.getByRole('button', { name: 'Approve' }).waitFor({ state: 'detached' });

    await asking.getByRole('button', { name: 'Close' }).last().click();
    await mia.getByRole('button', { name: /Wallaroo.*unread/ }).click();
    await message(mia, 'is now active').waitFor();
  });

  it('shows the trail of a request in the pane at the side', async () => {
    const page = await bench.open('as=U0BEN&channel=C0APPROVALS');
    await message(page, 'back in the fraud team')
      .getByRole('button', { name: /repl(y|ies)$/ })
      .click();
    await page.getByRole('complementary', { name: 'Thread' }).getByText('approved').first().waitFor();
  });
});
