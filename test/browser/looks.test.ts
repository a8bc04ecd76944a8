import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { describeInBrowser, message, modal, say, useBench } from './support.ts';

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** What axe finds of serious or critical impact, a line each. */
async function seriousFindings(page: Page): Promise<readonly string[]> {
  await page.addScriptTag({ path: axePath });
  const { violations } = await page.evaluate<AxeResults>(
    "axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })",
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}

describeInBrowser('the page', () => {
  const bench = useBench();

  it('has no serious fault for assistive technology', async () => {
    const page = await bench.open('as=U0ADA');
    await say(page, '/wallaroo users');
    await message(page, 'Users of this Wallaroo instance').waitFor();
    expect(await seriousFindings(page)).toEqual([]);

    await say(page, '/wallaroo deactivate steve');
    await modal(page, 'Deactivate user').getByRole('textbox', { name: 'Reason' }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
  });

  it('has none in the dark either, nor in Home, nor behind the scenes', async () => {
    const page = await bench.open('as=U0ADA', { colorScheme: 'dark' });
    await say(page, '/wallaroo license');
    await message(page, 'Who holds a seat').waitFor();
    expect(await seriousFindings(page)).toEqual([]);

    await page.getByRole('tab', { name: 'Faults' }).click();
    await page.getByRole('button', { name: /^Wallaroo/ }).click();
    await page.getByRole('tab', { name: 'Home' }).click();
    await page.getByRole('heading', { name: 'Wallaroo users and license' }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
  });

  it('works at the width of a phone', async () => {
    const page = await bench.open('as=U0ADA', { viewport: { width: 390, height: 844 }, hasTouch: true });
    await page.getByRole('button', { name: 'Channels' }).tap();
    await page.getByRole('button', { name: 'wallaroo-license' }).tap();
    await say(page, '/wallaroo users');
    const list = message(page, 'Users of this Wallaroo instance');
    await list.getByRole('button', { name: 'More actions' }).first().tap();
    await page.getByRole('menuitem', { name: 'View' }).tap();
    await message(page, 'Roles').waitFor();
    const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
    expect(overflow).toBeLessThanOrEqual(0);
    await say(page, '/wallaroo deactivate steve');
    const box = await modal(page, 'Deactivate user').boundingBox();
    expect(box?.width).toBeLessThanOrEqual(390);
    expect(box?.x).toBeGreaterThanOrEqual(0);
  });

  it('shows in the traffic within how many milliseconds the bot acknowledged', async () => {
    const page = await bench.open('as=U0ADA');
    await say(page, '/wallaroo license');
    await message(page, 'Who holds a seat').waitFor();
    await page.getByRole('tab', { name: 'Traffic' }).click();
    await page
      .getByRole('button', { name: /\/wallaroo license$/ })
      .first()
      .waitFor();
    await page
      .getByRole('button', { name: /acknowledged.*\d+ ms/ })
      .first()
      .waitFor();
    await page
      .getByRole('button', { name: /bot → Wallaroo/ })
      .first()
      .waitFor();
  });

  it('keeps a switch where it was put, also when its tab was left', async () => {
    const page = await bench.open('as=U0ADA');
    const slow = page.getByRole('switch', { name: /Wallaroo is slow/ });
    await page.getByRole('tab', { name: 'Faults' }).click();
    await slow.press('Space');
    await page.getByRole('tab', { name: 'Traffic' }).click();
    await page.getByRole('tab', { name: 'Faults' }).click();
    expect(await slow.isChecked()).toBe(true);
    await slow.press('Space');
    await page.getByRole('switch', { name: /Wallaroo is slow/, checked: false }).waitFor();
  });
});
