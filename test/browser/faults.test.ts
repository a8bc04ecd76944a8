import { it } from 'vitest';
import { startDemo } from '../../sandbox/demo/start-demo.ts';
import type { WallarooSandbox } from '../../sandbox/wallaroo/start-wallaroo.ts';
import { behind, describeInBrowser, message, modal, say, seeUser, turn, useStage } from './support.ts';

/** Resolves when the platform has answered the bot well, which asks every few seconds. */
const answeredWell = (wallaroo: WallarooSandbox): Promise<void> =>
  new Promise((resolve) => {
    const stop = wallaroo.on('response', ({ path, status }) => {
      if (status !== 200 || !path.includes('users')) return;
      stop();
      resolve();
    });
  });

describeInBrowser('what goes wrong', () => {
  // The bot logs what it is made to suffer here.
  const bench = useStage(() => startDemo({ port: 0, settings: { LOG_LEVEL: 'fatal' } }));

  it('tells late, but loses nothing, of what happened while Slack was down', async () => {
    const page = await bench.open('as=U0ADA');
    await message(page, 'License nearly full').waitFor();
    await turn(page, /Slack is down/, true);
    await say(page, '/wallaroo users');
    await message(page, 'dispatch_failed').waitFor();
    await page.getByRole('button', { name: 'Dismiss' }).click();

    await page.getByRole('button', { name: 'Fill every seat outside Slack' }).click();
    await behind(page, 'Wallaroo');
    await page.getByText('5 of 5 seats', { exact: true }).waitFor();
    await answeredWell(bench.stage().wallaroo);
    await turn(page, /Slack is down/, false);
    await message(page, 'License full').waitFor();
    await say(page, '/wallaroo license');
    await message(page, 'Who holds a seat').waitFor();
  });

  it('says in plain words that Wallaroo is down, and works when it is back', async () => {
    const page = await bench.open('as=U0ADA');
    await turn(page, /Wallaroo is down/, true);
    await say(page, '/wallaroo deactivate tom');
    const leaving = modal(page, 'Deactivate user');
    await leaving.getByText('Wallaroo itself failed while it worked on this').waitFor();
    await leaving.getByRole('button', { name: 'Close' }).last().click();
    await turn(page, /Wallaroo is down/, false);
    await behind(page, 'Wallaroo');
    await say(page, '/wallaroo deactivate tom');
    await leaving.getByRole('button', { name: 'Deactivate', exact: true }).click();
    await leaving.getByText('is now inactive').waitFor();
    await seeUser(page, 'tom@ex.co', 'inactive');
  });

  it('says so within seconds when Wallaroo does not answer at all', async () => {
    const page = await bench.open('as=U0ADA');
    await turn(page, /Wallaroo hangs/, true);
    await say(page, '/wallaroo user steve');
    await message(page, 'Wallaroo did not answer in time').waitFor();
    await turn(page, /Wallaroo hangs/, false);
    await answeredWell(bench.stage().wallaroo);
    await say(page, '/wallaroo user steve');
    await message(page, 'Roles').waitFor();
  });
});
