import { expect, it } from 'vitest';
import { describeInBrowser, message, modal, say, seeUser, useBench } from './support.ts';

describeInBrowser('the first minute', () => {
  const bench = useBench();

  it('lists the users, looks one up, deactivates and reactivates them, and shows it in the panel', async () => {
    const page = await bench.open('as=U0ADA');
    await say(page, '/wallaroo users');
    const list = message(page, 'Users of this Wallaroo instance');
    await list.getByText('Only visible to you').waitFor();
    const row = list.locator('.section').filter({ hasText: 'tom@ex.co' });
    await row.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'View' }).click();

    await message(page, 'Workspaces').getByRole('button', { name: 'Deactivate…' }).click();
    const leaving = modal(page, 'Deactivate user');
    await leaving.getByText('Seats: 4 → 3 of 5').waitFor();
    await leaving.getByRole('textbox', { name: 'Reason' }).fill('has left the team');
    await leaving.getByRole('button', { name: 'Deactivate', exact: true }).click();
    await leaving.getByText('is now inactive').waitFor();
    await seeUser(page, 'tom@ex.co', 'inactive');
    await leaving.getByRole('button', { name: 'Close' }).last().click();

    await say(page, '/wallaroo activate tom@ex.co is back');
    const coming = modal(page, 'Activate user');
    await coming.getByRole('button', { name: 'Activate', exact: true }).click();
    await coming.getByText('is now active').waitFor();
    await seeUser(page, 'tom@ex.co', 'active');
  });

  it('completes a command and its subcommands, and carries a change through, with the keyboard alone', async () => {
    const page = await bench.open('as=U0ADA');
    await page.getByRole('textbox', { name: 'Message #wallaroo-license' }).focus();
    await page.keyboard.type('/wal');
    await page.keyboard.press('Tab');
    await page.keyboard.type('dea');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.keyboard.type('steve');
    await page.keyboard.press('Enter');
    const leaving = modal(page, 'Deactivate user');
    const submit = leaving.getByRole('button', { name: 'Deactivate', exact: true });
    await submit.waitFor();
    const focused = submit.and(page.locator(':focus'));
    while ((await focused.count()) === 0) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await leaving.getByText('is now inactive').waitFor();
    await page.keyboard.press('Escape');
    await leaving.waitFor({ state: 'detached' });
    await seeUser(page, 'steve@ex.co', 'inactive');
  });

  it('opens the Home of everybody who comes to it: a guest who is in no channel of the demo, and who one becomes there', async () => {
    const page = await bench.open('as=U0GUS');
    await page.getByText('Guests may not use this bot').waitFor();
    const become = async (name: string) => {
      await page.getByRole('button', { name: /You are/ }).click();
      await page.getByRole('option', { name }).click();
    };
    await become('Ada Quist');
    await page.getByRole('button', { name: /^Wallaroo/ }).click();
    await page.getByRole('tab', { name: 'Home' }).click();
    await page.getByRole('heading', { name: 'Wallaroo users and license' }).waitFor();
    await page.getByRole('button', { name: 'Swap' }).waitFor();
    await become('Steve Novak');
    await page.getByRole('heading', { name: 'Wallaroo users and license' }).waitFor();
    await page.getByRole('heading', { name: 'Your requests' }).waitFor();
  });

  it('shows somebody of another company only what is shared with them, and lets one be another person again', async () => {
    const page = await bench.open('as=U0XENO');
    await page.getByRole('heading', { name: '# shared-with-other' }).waitFor();
    await page.getByRole('button', { name: /You are/ }).click();
    await page.getByRole('option', { name: 'Ada Quist' }).click();
    await page.getByRole('heading', { name: '# wallaroo-license' }).waitFor();
  });

  it('finds the way back from a person whom nobody knows', async () => {
    const page = await bench.open('as=U0XENO');
    await page.route('**/control/state?as=U0NOBODY', (route) =>
      route.fulfill({ json: { refused: 'user_not_found' } }),
    );
    await page.goto(`${bench.stage().url}/?as=U0NOBODY`);
    await page.getByRole('button', { name: 'Start again' }).click();
    await page.getByRole('heading', { name: '# wallaroo-license' }).waitFor();
  });

  it('completes people after an @, by handle or name', async () => {
    const page = await bench.open('as=U0ADA');
    const composer = page.getByRole('textbox', { name: 'Message #wallaroo-license' });
    await composer.fill('/wallaroo user @nov');
    await page.getByRole('option', { name: /Steve Novak/ }).waitFor();
    await composer.press('Tab');
    expect(await composer.inputValue()).toBe('/wallaroo user @steve ');
    await composer.press('Enter');
    await message(page, 'steve@ex.co').getByText('fraud-models').waitFor();
  });

  it('shows text that somebody escaped as text, never as a mention or a link', async () => {
    const page = await bench.open('as=U0ADA');
    await say(page, '/wallaroo user "x <!channel> & <https://evil.example|here>"');
    const answer = message(page, 'No user of this Wallaroo instance matches');
    await answer.getByText('<!channel>').first().waitFor();
    expect(await answer.getByRole('link', { name: 'here' }).count()).toBe(0);
  });
});
