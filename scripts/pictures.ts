import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Browser, Locator, Page } from 'playwright-core';
import { launchChromium } from '../sandbox/demo/chromium.ts';
import { type Demo, startDemo } from '../sandbox/demo/start-demo.ts';

// `npm run pictures`: draws the README's pictures from the demo's page. Time, zone, people, window and fonts are
// fixed, so that a changed picture is a changed view.

const folder = fileURLToPath(new URL('../docs/pictures/', import.meta.url));
const startsAt = new Date('2026-03-04T10:00:01Z');
const widthPx = 920;

/** Nothing blinks, and the demo's hints for newcomers stay out of the picture. */
const stillness = `
  * { caret-color: transparent !important; transition: none !important; animation: none !important; }
  .first-steps, .main-tools, .message-tool { display: none !important; }
  .composer-place { padding-bottom: 20px !important; }`;

/** Ids of changes are drawn by lot; in pictures they are all the same. */
const evenIds = `document.querySelectorAll('.slack_inline_code').forEach((code) => {
  if (/^[0-9A-Z]{12}$/.test(code.textContent)) code.textContent = '7K2M9QX4T8WB';
})`;

async function open(browser: Browser, demo: Demo, query: string, heightPx = 680): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: widthPx, height: heightPx },
    deviceScaleFactor: 1,
    timezoneId: 'UTC',
    locale: 'en-US',
    colorScheme: 'light',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await page.goto(`${demo.url}/?${query}`);
  await page.addStyleTag({ content: stillness });
  await page.getByRole('navigation').waitFor();
  return page;
}

async function say(page: Page, text: string): Promise<void> {
  const composer = page.getByRole('textbox', { name: /^Message/ });
  await composer.fill(text);
  await composer.press('Enter');
}

/** Takes the picture once `shown` is there, and leaves the page. */
async function take(page: Page, name: string, shown: Locator): Promise<void> {
  await shown.first().waitFor();
  await page.mouse.move(0, 0);
  await page.evaluate(evenIds);
  await page.evaluate('document.fonts.ready.then(() => undefined)');
  await page.screenshot({ path: `${folder}${name}.png`, animations: 'disabled', caret: 'hide' });
  process.stdout.write(`docs/pictures/${name}.png\n`);
  await page.context().close();
}

const message = (page: Page, text: string): Locator => page.getByRole('article').filter({ hasText: text });

async function drawAll(browser: Browser, demo: Demo): Promise<void> {
  const list = await open(browser, demo, 'as=U0ADA', 800);
  await message(list, 'License nearly full').waitFor();
  await say(list, '/wallaroo users');
  await take(list, 'list', message(list, 'page 1 of 2'));

  const confirm = await open(browser, demo, 'as=U0ADA');
  await say(confirm, '/wallaroo activate olga@ex.co joins the fraud team');
  await take(confirm, 'confirm-last-seat', confirm.getByText('4 of 5 seats → 5 of 5'));
  await demo.slack.as('U0ADA').close();

  const asking = await open(browser, demo, 'as=U0MIA');
  await say(asking, '/wallaroo activate mia@ex.co back in the fraud team');
  await asking.getByRole('button', { name: 'Send request' }).click();
  const card = await open(browser, demo, 'as=U0ADA&channel=C0APPROVALS', 420);
  const approve = message(card, 'back in the fraud team').getByRole('button', { name: 'Approve' });
  await asking.getByRole('dialog').getByText('Send request').waitFor({ state: 'detached' });
  await asking.context().close();
  await take(card, 'approval-card', approve);

  const digest = await open(browser, demo, 'as=U0ADA', 860);
  demo.clock.moveTo(new Date('2026-03-05T09:00:00Z'));
  await take(digest, 'digest', message(digest, 'Wallaroo license digest'));

  const home = await open(browser, demo, 'as=U0ADA');
  await home.getByRole('button', { name: /^Wallaroo/ }).click();
  await home.getByRole('tab', { name: 'Home' }).click();
  await take(home, 'home', home.getByRole('heading', { name: 'Pending requests' }));
}

await mkdir(folder, { recursive: true });
const demo = await startDemo({ port: 0, startsAt });
try {
  const browser = await launchChromium();
  try {
    await drawAll(browser, demo);
  } finally {
    await browser.close();
  }
} finally {
  await demo.stop();
}
