import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Browser, Locator, Page } from 'playwright-core';
import { launchChromium } from '../sandbox/demo/chromium.ts';
import { type Demo, startDemo } from '../sandbox/demo/start-demo.ts';
import { animatedPng, type Frame } from './animated-png.ts';

// `npm run pictures`: draws the README's pictures and its animation from the demo's page. Time, zone, people, window and
// fonts are fixed, so that a changed picture is a changed view.

const folder = fileURLToPath(new URL('../docs/pictures/', import.meta.url));
const startsAt = new Date('2026-03-04T10:00:01Z');
const widthPx = 960;
/** Room below what a picture shows. */
const marginPx = 16;

/** Nothing blinks, and the demo's own tools and hints stay out of the picture. */
const stillness = `
  * { caret-color: transparent !important; transition: none !important; animation: none !important; }
  .first-steps, .main-tools, .message-tool { display: none !important; }
  .composer-place { padding-bottom: 20px !important; }
  .caption { position: fixed; z-index: 999999; inset: 6px 18px auto auto; width: max-content; padding: 8px 18px;
    border-radius: 20px; background: #1d1c1dee; color: #fff; font-size: 17px; font-weight: 700; }`;

/** Ids of changes are drawn by lot; in pictures each is the same. */
const evenIds = `document.querySelectorAll('.slack_inline_code').forEach((code) => {
  if (/^[0-9A-Z]{12}$/.test(code.textContent)) code.textContent = '7K2M9QX4T8WB';
})`;

async function open(browser: Browser, demo: Demo, query: string, heightPx = 1600): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: widthPx, height: heightPx },
    deviceScaleFactor: 2,
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

async function settle(page: Page): Promise<void> {
  await page.mouse.move(0, 0);
  await page.evaluate(evenIds);
  await page.evaluate('document.fonts.ready.then(() => undefined)');
}

/** Takes a picture of `subject` alone, down to where `last` in it ends, and leaves the page. */
async function take(page: Page, name: string, subject: Locator, last = subject): Promise<void> {
  await subject.waitFor();
  await settle(page);
  const [box, end] = await Promise.all([subject.boundingBox(), last.boundingBox()]);
  if (box === null || end === null) throw new Error(`nothing to be seen for ${name}`);
  const bottom = Math.min(box.y + box.height, end.y + end.height + marginPx);
  const clip = { ...box, height: bottom - box.y };
  await page.screenshot({ path: `${folder}${name}.png`, clip, animations: 'disabled', caret: 'hide' });
  process.stdout.write(`docs/pictures/${name}.png\n`);
  await page.context().close();
}

const message = (page: Page, text: string): Locator =>
  page.getByRole('article').filter({ hasText: text }).last();

async function drawList(browser: Browser, demo: Demo): Promise<void> {
  const list = await open(browser, demo, 'as=U0ADA');
  await message(list, 'License nearly full').waitFor();
  await say(list, '/wallaroo users');
  await take(list, 'list', message(list, 'page 1 of 2'));
}

async function drawConfirmation(browser: Browser, demo: Demo): Promise<void> {
  const confirm = await open(browser, demo, 'as=U0ADA');
  await say(confirm, '/wallaroo activate olga for 30 days joins the fraud team');
  await confirm.getByText('the last one').waitFor();
  await take(confirm, 'confirm-last-seat', confirm.getByRole('dialog'));
  await demo.slack.as('U0ADA').close();
}

/** Steve asks for somebody, so that a request waits. */
async function askForNora({ slack }: Demo): Promise<void> {
  const steve = slack.as('U0STEVE');
  await steve.type('C0LICENSE', '/wallaroo activate nora covers for Tom in March');
  await slack.until(() => steve.modal()?.submit);
  await steve.submit();
  await slack.until(() => steve.modal()?.text.includes('Request sent'));
  await steve.close('all');
}

async function drawDigestAndHome(browser: Browser, demo: Demo): Promise<void> {
  await askForNora(demo);
  const digest = await open(browser, demo, 'as=U0ADA');
  demo.clock.moveTo(new Date('2026-03-05T09:00:00Z'));
  await take(digest, 'digest', message(digest, 'Wallaroo license digest'));

  const home = await open(browser, demo, 'as=U0ADA');
  await home.getByRole('button', { name: /^Wallaroo/ }).click();
  await home.getByRole('tab', { name: 'Home' }).click();
  await home.getByRole('heading', { name: 'Pending requests' }).waitFor();
  await take(home, 'home', home.locator('.home'), home.locator('.home > *').last());
}

/** Shows a caption, and keeps what is to be seen for so long. */
async function shoot(frames: Frame[], page: Page, caption: string, shownMs: number): Promise<void> {
  await settle(page);
  await page.evaluate(
    `document.querySelector('.caption')?.remove();
     document.body.insertAdjacentHTML('beforeend', '<div class="caption">${caption}</div>')`,
  );
  frames.push({ png: await page.screenshot({ animations: 'disabled', caret: 'hide' }), shownMs });
}

const storyHeightPx = 740;

/** Mia asks for access, Ada approves with one press, Mia is told; the card that is pressed becomes a picture too. */
async function drawStory(browser: Browser, demo: Demo): Promise<void> {
  const frames: Frame[] = [];
  const mia = await open(browser, demo, 'as=U0MIA', storyHeightPx);
  await message(mia, 'License nearly full').waitFor();
  const composer = mia.getByRole('textbox', { name: /^Message/ });
  for (const typed of [
    '/wallaroo',
    '/wallaroo activate me',
    '/wallaroo activate me for 7 days back in the fraud team',
  ]) {
    await composer.fill(typed);
    await composer.press('Escape');
    await shoot(frames, mia, 'Mia asks for access', 700);
  }
  await composer.press('Enter');
  const asking = mia.getByRole('dialog');
  const send = asking.getByRole('button', { name: 'Send request' });
  await send.waitFor();
  await shoot(frames, mia, 'Mia asks for access', 2200);
  await send.click();
  await asking.getByText('Request sent').waitFor();
  await shoot(frames, mia, 'Mia asks for access', 1500);
  await asking.getByRole('button', { name: 'Close' }).last().click();

  const card = await open(browser, demo, 'as=U0ADA&channel=C0APPROVALS');
  await message(card, 'back in the fraud team').getByRole('button', { name: 'Approve' }).waitFor();
  await take(card, 'approval-card', message(card, 'back in the fraud team'));
  const ada = await open(browser, demo, 'as=U0ADA&channel=C0APPROVALS', storyHeightPx);
  const approve = message(ada, 'back in the fraud team').getByRole('button', { name: 'Approve' });
  await approve.waitFor();
  await shoot(frames, ada, 'Ada approves with one press', 2400);
  await approve.click();
  const approved = ada.getByRole('dialog');
  await approved.getByText('is now active').waitFor();
  await message(ada, 'Done').waitFor();
  await shoot(frames, ada, 'Ada approves with one press', 1700);
  await approved.getByRole('button', { name: 'Close' }).last().click();
  await approved.waitFor({ state: 'detached' });
  await shoot(frames, ada, 'Ada approves with one press', 1600);

  await mia.getByRole('button', { name: /^Wallaroo/ }).click();
  await mia.getByRole('tab', { name: 'Messages' }).click();
  await message(mia, 'Done').waitFor();
  await shoot(frames, mia, 'Mia is told', 3500);
  await writeFile(`${folder}request.png`, animatedPng(frames));
  process.stdout.write('docs/pictures/request.png\n');
  await Promise.all([mia.context().close(), ada.context().close()]);
}

async function drawAll(browser: Browser, demo: Demo): Promise<void> {
  await drawList(browser, demo);
  await drawConfirmation(browser, demo);
  await drawStory(browser, demo);
  await drawDigestAndHome(browser, demo);
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
