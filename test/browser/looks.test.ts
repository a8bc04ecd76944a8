import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { behind, describeInBrowser, message, modal, say, turn, useBench } from './support.ts';

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** What axe finds of serious or critical impact, a line each. */
async function seriousFindings(page: Page): Promise<readonly string[]> {
  if ((await page.evaluate('typeof axe')) === 'undefined') await page.addScriptTag({ path: axePath });
  const { violations } = await page.evaluate<AxeResults>('axe.run({ resultTypes: ["violations"] })');
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}

const phone = { viewport: { width: 375, height: 667 }, isMobile: true, hasTouch: true };

/** By how many pixels the page is wider than its window. */
const tooWide = (page: Page): Promise<number> =>
  page.evaluate<number>(`document.documentElement.scrollWidth - ${phone.viewport.width}`);

describeInBrowser('the page', () => {
  const bench = useBench();

  for (const colorScheme of ['light', 'dark'] as const)
    it(`has no serious fault for assistive technology, ${colorScheme}`, async () => {
      const page = await bench.open('as=U0ADA', { colorScheme });
      await say(page, '/wallaroo users');
      const list = message(page, 'Users of this Wallaroo instance');
      await list.getByRole('button', { name: 'More actions' }).first().click();
      await page.getByRole('menu').waitFor();
      expect(await seriousFindings(page)).toEqual([]);
      await page.keyboard.press('Escape');

      await say(page, '/wallaroo deactivate steve');
      const leaving = modal(page, 'Deactivate user');
      await leaving.getByRole('textbox', { name: 'Reason' }).waitFor();
      expect(await seriousFindings(page)).toEqual([]);
      await page.keyboard.press('Escape');

      await page.getByRole('button', { name: /^Wallaroo/ }).click();
      await page.getByRole('tab', { name: 'Home' }).click();
      await page.getByRole('heading', { name: 'Wallaroo users and license' }).waitFor();
      await behind(page, 'Traffic');
      expect(await seriousFindings(page)).toEqual([]);
    });

  it('has none on a phone either, where everything fits its width', async () => {
    const page = await bench.open('as=U0ADA', phone);
    await page.getByRole('button', { name: 'Channels' }).tap();
    await page.getByRole('button', { name: 'wallaroo-license' }).tap();
    await say(page, '/wallaroo users');
    const list = message(page, 'Users of this Wallaroo instance');
    await list.getByRole('button', { name: 'More actions' }).first().tap();
    await page.getByRole('menuitem', { name: 'View' }).tap();
    await message(page, 'Roles').waitFor();
    expect(await tooWide(page)).toBe(0);
    expect(await seriousFindings(page)).toEqual([]);

    await say(page, '/wallaroo deactivate steve');
    const leaving = modal(page, 'Deactivate user');
    await leaving.getByRole('textbox', { name: 'Reason' }).waitFor();
    const box = await leaving.boundingBox();
    expect(box?.width).toBeLessThanOrEqual(phone.viewport.width);
    expect(box?.x).toBeGreaterThanOrEqual(0);
    await leaving.getByRole('button', { name: 'Close' }).first().tap();

    const shade = page.getByRole('button', { name: 'Close channels' });
    await page.getByRole('button', { name: 'Channels' }).first().tap();
    await shade.waitFor();
    await page.keyboard.press('Escape');
    await shade.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Channels' }).first().tap();
    await page.getByRole('button', { name: 'Behind the scenes' }).tap();
    await shade.waitFor({ state: 'detached' });
    await behind(page, 'Faults');
    expect(await tooWide(page)).toBe(0);
  });

  it('shows in the traffic within how many milliseconds the bot acknowledged', async () => {
    const page = await bench.open('as=U0ADA');
    await say(page, '/wallaroo license');
    await message(page, 'Who holds a seat').waitFor();
    await behind(page, 'Traffic');
    for (const line of [/\/wallaroo license$/, /acknowledged.*\d+ ms/, /bot → Wallaroo/])
      await page.getByRole('button', { name: line }).first().waitFor();
  });

  it('keeps a switch where it was put, also when its tab was left', async () => {
    const page = await bench.open('as=U0ADA');
    await turn(page, /Wallaroo is slow/, true);
    await behind(page, 'Traffic');
    await behind(page, 'Faults');
    await page.getByRole('switch', { name: /Wallaroo is slow/, checked: true }).waitFor();
    await turn(page, /Wallaroo is slow/, false);
  });

  it('tells a guest in plain words what Slack does not let them do', async () => {
    const page = await bench.open('as=U0GUS&channel=C0APPROVALS');
    await say(page, '/wallaroo users');
    await page.getByRole('alert').getByText('single-channel guests cannot run commands').waitFor();
  });
});
