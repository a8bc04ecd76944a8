import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, vi } from 'vitest';
import { chromiumPath, hasChromium, launchChromium } from '../../sandbox/demo/chromium.ts';
import { type Demo, startDemo } from '../../sandbox/demo/start-demo.ts';

if (!hasChromium)
  console.warn(`\n!!! No Chromium at ${chromiumPath} (CHROMIUM_PATH): THE BROWSER TESTS ARE SKIPPED !!!\n`);

// A browser and a whole demo share two cores with the other tests.
vi.setConfig({ testTimeout: 60_000 });

/** How long the page may take for anything, on a busy machine. */
const patienceMs = 15_000;

/** Puts `tests` against a demo of their own in a real browser; skips them loudly where there is none. */
export const describeInBrowser = (name: string, tests: () => void): void => {
  describe.skipIf(!hasChromium)(name, tests);
};

/** The demo and the browser of a file of tests. */
export interface Bench {
  demo(): Demo;
  /** A tab in a fresh profile; whatever it says on its console as an error fails the test. */
  open(query: string, options?: BrowserContextOptions): Promise<Page>;
}

/** To be called inside `describeInBrowser`. */
export function useBench(): Bench {
  let demo: Demo;
  let browser: Browser;
  const errors: string[] = [];
  beforeAll(async () => {
    [demo, browser] = await Promise.all([startDemo({ port: 0 }), launchChromium()]);
  });
  afterAll(async () => {
    await Promise.all([browser?.close(), demo?.stop()]);
  });
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
    // Slack keeps a person's modals open until they are closed.
    for (const id of demo.slack.workspace.state.people.keys())
      while (demo.slack.as(id).modal() !== undefined) await demo.slack.as(id).close();
    expect(errors.splice(0)).toEqual([]);
  });
  return {
    demo: () => demo,
    async open(query, options = {}) {
      const context = await browser.newContext({
        viewport: { width: 1440, height: 900 },
        reducedMotion: 'reduce',
        ...options,
      });
      context.setDefaultTimeout(patienceMs);
      const page = await context.newPage();
      page.on('console', (message) => {
        if (message.type() === 'error') errors.push(message.text());
      });
      page.on('pageerror', (error) => void errors.push(error.message));
      await page.goto(`${demo.url}/?${query}`);
      return page;
    },
  };
}

/** Types a command where one writes, and sends it. */
export async function say(page: Page, text: string): Promise<void> {
  const composer = page.getByRole('textbox', { name: /^Message/ });
  await composer.fill(text);
  await composer.press('Enter');
}

/** The newest message that holds `text`. */
export const message = (page: Page, text: string | RegExp): Locator =>
  page.getByRole('log').getByRole('article').filter({ hasText: text }).last();

/** The row of a user in the panel behind the scenes. */
export const userRow = (page: Page, name: string): Locator =>
  page
    .getByRole('table', { name: 'Users of the Wallaroo instance' })
    .getByRole('row')
    .filter({ has: page.getByText(name, { exact: true }) });

/** Waits until the panel shows the user in this state. */
export const seeUser = (page: Page, name: string, state: 'active' | 'inactive'): Promise<void> =>
  userRow(page, name).getByText(state, { exact: true }).waitFor({ state: 'attached' });

/** The modal, once it has been filled. */
export function modal(page: Page, title: string): Locator {
  return page.getByRole('dialog', { name: title });
}
