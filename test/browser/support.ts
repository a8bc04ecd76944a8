import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, vi } from 'vitest';
import { chromiumPath, hasChromium, launchChromium } from '../../sandbox/demo/chromium.ts';
import { type Demo, startDemo } from '../../sandbox/demo/start-demo.ts';
import type { SlackSandbox } from '../../sandbox/slack/start-slack.ts';

if (!hasChromium)
  console.warn(`\n!!! No Chromium at ${chromiumPath} (CHROMIUM_PATH): THE BROWSER TESTS ARE SKIPPED !!!\n`);

// A browser and a whole demo share two cores with the other tests.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

/** How long the page may take for anything, on a busy machine. */
const patienceMs = 25_000;

/** Puts `tests` against a demo of their own in a real browser; skips them loudly where there is none. */
export const describeInBrowser = (name: string, tests: () => void): void => {
  describe.skipIf(!hasChromium)(name, tests);
};

/** A served page and the Slack behind it. */
export interface Stage {
  readonly url: string;
  readonly slack: SlackSandbox;
  stop(): Promise<void>;
}

/** The stage and the browser of a file of tests. */
export interface Bench<Set extends Stage> {
  stage(): Set;
  /** A tab in a fresh profile; whatever it says on its console as an error fails the test. */
  open(query: string, options?: BrowserContextOptions): Promise<Page>;
}

/** The whole demo; to be called inside `describeInBrowser`. */
export const useBench = (): Bench<Demo> => useStage(() => startDemo({ port: 0 }));

/** As `useBench`, on a stage of one's own. */
export function useStage<Set extends Stage>(start: () => Promise<Set>): Bench<Set> {
  let stage: Set;
  let browser: Browser;
  const errors: string[] = [];
  beforeAll(async () => {
    [stage, browser] = await Promise.all([start(), launchChromium()]);
  });
  afterAll(async () => {
    await Promise.all([browser?.close(), stage?.stop()]);
  });
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
    // Slack keeps a person's modals open until they are closed.
    for (const id of stage.slack.workspace.state.people.keys())
      while (stage.slack.as(id).modal() !== undefined) await stage.slack.as(id).close();
    expect(errors.splice(0)).toEqual([]);
  });
  return {
    stage: () => stage,
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
      await page.goto(`${stage.url}/?${query}`);
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

/** Shows what the bot has written to the person. */
export async function readDm(page: Page): Promise<void> {
  await page.getByRole('button', { name: /Wallaroo.*unread/ }).click();
  await page.locator('[aria-current="page"]').filter({ hasText: 'Wallaroo' }).waitFor();
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

/** Opens a tab of the panel behind the scenes. */
export const behind = (page: Page, tab: 'Wallaroo' | 'Traffic' | 'Faults'): Promise<void> =>
  page.getByRole('tab', { name: tab, exact: true }).click();

/** Turns a fault on or off in the panel behind the scenes, and waits until it is so. */
export async function turn(page: Page, fault: RegExp, on: boolean): Promise<void> {
  await behind(page, 'Faults');
  await page.getByRole('switch', { name: fault }).press('Space');
  await page.getByRole('switch', { name: fault, checked: on }).waitFor();
}

/** The modal of this title. */
export const modal = (page: Page, title: string): Locator => page.getByRole('dialog', { name: title });

/** Waits until the field is said to be wrong in these words, to eyes and to screen readers. */
export async function seeFault(field: Locator, words: string): Promise<void> {
  const page = field.page();
  await field.and(page.locator('[aria-invalid="true"]')).waitFor();
  const ids = (await field.getAttribute('aria-describedby'))?.split(' ') ?? [];
  const descriptions = page.locator(ids.map((id) => `[id="${id}"]`).join(','));
  await descriptions.filter({ hasText: words }).waitFor();
}
