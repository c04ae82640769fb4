import { writeFileSync } from 'node:fs';

import type { Browser } from 'playwright-core';

import { pageAssets } from '../../src/commands/report-page.js';
import { reportPage } from '../../src/report/html/page.js';
import { useTemporaryFolder } from '../support/temporary-folder.js';
import { accessibilityFaults, describeInChromium, startChromium, visit } from './chromium.js';
import { demoPage, type Demo } from './demo-result.js';

describeInChromium('a page in a browser', () => {
  const inFolder = useTemporaryFolder();
  let browser: Browser;
  let demo: Demo;
  let text: string;

  beforeAll(async () => {
    browser = await startChromium();
    demo = await demoPage();
    text = reportPage(demo.page, pageAssets());
  });

  afterAll(() => browser.close());

  const written = (): string => {
    writeFileSync(inFolder('page.html'), text);
    return inFolder('page.html');
  };

  it.each([
    { width: 1400, dark: false },
    { width: 1400, dark: true },
    { width: 390, dark: false },
    { width: 390, dark: true },
  ])('is drawn without a complaint or a request, fits $width px and is accessible (dark: $dark)', async ({ width, dark }) => {
    const file = written();
    const { page, complaints } = await visit(browser, file, { width, dark });
    expect(await page.locator('.chart canvas').count()).toBeGreaterThan(8);
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    expect(complaints).toEqual([]);
    await page.context().close();
    // The checker itself is a script that the page's own policy forbids.
    const checked = await visit(browser, file, { width, dark, bypassPolicy: true });
    expect(await accessibilityFaults(checked.page)).toEqual([]);
    await checked.page.context().close();
  });

  it('sorts trades by any column, and shows the one that was asked for on the chart', async () => {
    const { page, complaints } = await visit(browser, written(), { width: 1400 });
    const first = async (): Promise<string | null> => page.locator('#trade-table tbody tr').first().locator('.pnl').textContent();
    const money = (value: number): string => `${value > 0 ? '+' : ''}${value.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
    const results = demo.result.trades.flatMap(({ pnl }) => (pnl === null ? [] : [pnl]));
    const head = page.locator('th[data-key="pnl"]');
    await head.locator('button').click();
    expect([await head.getAttribute('aria-sort'), await first()]).toEqual(['ascending', money(Math.min(...results))]);
    await head.locator('button').click();
    expect([await head.getAttribute('aria-sort'), await first()]).toEqual(['descending', money(Math.max(...results))]);
    const before = await page.locator('#price-chart').screenshot();
    await page.locator('.jump').first().press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('price-chart');
    expect((await page.locator('#price-chart').screenshot()).equals(before)).toBe(false);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('draws stops, an oscillator, and trades that ended without a price', async () => {
    const { price, trades } = demo.page;
    if (typeof price === 'string') throw new Error(price);
    const rsi = Float64Array.from(price.candles.close, (_, i) => 30 + (i % 40));
    const odd = trades.map((trade, k) => ({ ...trade, stop: trade.entryPrice * 0.97, exitPrice: k === 2 ? null : trade.exitPrice, reason: 'by_hand' }));
    writeFileSync(inFolder('odd.html'), reportPage({ ...demo.page, trades: odd, price: { ...price, indicators: { rsi } } }, pageAssets()));
    const { page, complaints } = await visit(browser, inFolder('odd.html'), { width: 1400 });
    await page.locator('.jump').nth(2).press('Enter');
    expect(await page.locator('#price-chart-legend').textContent()).toMatch(/rsi \d\d\.\d\d.*stop/);
    expect(await page.locator('#trade-table td.reason').first().textContent()).toBe('by_hand');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('is used with the keyboard alone: meanings, ranges, colours', async () => {
    const { page } = await visit(browser, written(), { width: 1400 });
    const term = page.locator('.figure .term').first();
    await term.focus();
    expect(await page.locator(`#${await term.getAttribute('aria-describedby')}`).isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    expect(await page.locator(`#${await term.getAttribute('aria-describedby')}`).isVisible()).toBe(false);
    await page.locator('[data-days="30"]').press('Enter');
    expect(await page.locator('[data-days="30"]').getAttribute('aria-pressed')).toBe('true');
    await page.locator('#price-chart').press('0');
    expect(await page.locator('[data-days="0"]').getAttribute('aria-pressed')).toBe('true');
    const ground = 'getComputedStyle(document.body).backgroundColor';
    const light = await page.evaluate(ground);
    await page.locator('#theme').press('Enter');
    await page.locator('#theme').press('Enter');
    expect(await page.locator('#theme').textContent()).toBe('Dark');
    expect(await page.evaluate(ground)).not.toBe(light);
    await page.context().close();
  });
});
