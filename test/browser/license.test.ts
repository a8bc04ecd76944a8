import { it } from 'vitest';
import { behind, describeInBrowser, message, modal, say, seeUser, useBench, userRow } from './support.ts';

describeInBrowser('the license', () => {
  const bench = useBench();

  it('posts the digest when the clock is moved to it; what is kept is suggested no longer', async () => {
    const page = await bench.open('as=U0ADA&channel=C0LICENSE');
    await behind(page, 'Faults');
    await page.getByRole('button', { name: 'Move to the next digest' }).click();
    const digest = message(page, 'Wallaroo license digest');
    const idle = digest.getByText(/days ago/).first();
    await idle.waitFor();
    await digest.getByRole('button', { name: 'Keep' }).first().click();
    await digest.getByRole('button', { name: 'Keep' }).waitFor({ state: 'detached' });
  });

  it('offers a seat in exchange when every one is taken, and swaps both users', async () => {
    const page = await bench.open('as=U0ADA&channel=C0LICENSE');
    await behind(page, 'Faults');
    await page.getByRole('button', { name: 'Fill every seat outside Slack' }).click();
    await behind(page, 'Wallaroo');
    await page.getByText('5 of 5 seats', { exact: true }).waitFor();

    await say(page, '/wallaroo activate mia@ex.co');
    const exchanging = modal(page, 'Activate user');
    await exchanging.getByRole('combobox', { name: /Deactivate in exchange/ }).fill('tom');
    await page.getByRole('option', { name: /tom/ }).click();
    await exchanging.getByRole('button', { name: 'Activate', exact: true }).click();
    await exchanging.getByText('is now active').waitFor();
    await seeUser(page, 'mia@ex.co', 'active');
    await seeUser(page, 'tom@ex.co', 'inactive');
  });

  it('tells in Slack of a change made outside it', async () => {
    const page = await bench.open('as=U0ADA&channel=C0LICENSE');
    await userRow(page, 'steve@ex.co').getByRole('button').click();
    await seeUser(page, 'steve@ex.co', 'inactive');
    await message(page, 'seats have come free since').waitFor();
    await say(page, '/wallaroo users inactive steve');
    await message(page, 'Users of this Wallaroo instance').getByText('steve@ex.co').first().waitFor();
  });
});
