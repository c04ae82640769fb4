import { createHash } from 'node:crypto';

import { pageAssets } from '../../src/commands/report-page.js';
import { backtestPage } from '../../src/report/html/backtest-page.js';
import { unpacked, type PackedColumn } from '../../src/report/html/packed.js';
import { reportPage } from '../../src/report/html/page.js';
import type { PageData } from '../../src/report/html/page-data.js';
import { demoPage, type Demo } from './demo-result.js';

const assets = pageAssets();
let demo: Demo;
let text: string;

beforeAll(async () => {
  demo = await demoPage();
  text = reportPage(demo.page, assets);
});

const policyOf = (page: string): string => /Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? '';
const dataOf = (page: string): PageData => JSON.parse(/<script type="application\/json" id="data">(.*?)<\/script>/s.exec(page)?.[1] ?? '') as PageData;
const sha = (code: string): string => `'sha256-${createHash('sha256').update(code).digest('base64')}'`;

describe('the page of a year of hours', () => {
  it('is smaller than a megabyte', () => {
    expect(demo.result.manifest.bars).toBe(8784);
    expect(Buffer.byteLength(text)).toBeLessThan(1_000_000);
  });

  it('runs its own scripts and style alone, and allows nothing to be fetched', () => {
    const policy = policyOf(text);
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    const scripts = [...text.matchAll(/<script>(.*?)<\/script>/gs)].map(([, code]) => code);
    expect(scripts).toHaveLength(2);
    for (const code of scripts) expect(policy).toContain(sha(code));
    expect(policy).toContain(sha(/<style>(.*?)<\/style>/s.exec(text)?.[1] ?? ''));
    const markup = text.replace(/<(script|style)>.*?<\/\1>/gs, '');
    expect(markup.match(/<(?:img|iframe|link|object|embed|video|audio)\b|\bsrc=|\son[a-z]+="|\sstyle="/i) ?? []).toEqual([]);
  });

  it('says what must be known before any figure', () => {
    const places = [text.indexOf('This market is made up'), text.indexOf('class="warnings"'), text.indexOf('class="tiles"'), text.indexOf('id="price-chart"')];
    expect(places.every((place) => place > 0)).toBe(true);
    expect([...places].sort((a, b) => a - b)).toEqual(places);
    for (const warning of demo.result.warnings) expect(text).toContain(warning.slice(0, 40));
  });

  it('carries every bar, every trade and the curve to its last point', () => {
    const { candles, trades, curves, falls } = dataOf(text);
    expect(unpacked(candles?.close as PackedColumn)).toHaveLength(8784);
    const entries = unpacked(trades.entry);
    expect(entries.map((seconds) => (seconds as number) * 1000)).toEqual(demo.result.trades.map(({ entry_time: time }) => time));
    const [strategy, hold] = curves.map(({ values }) => unpacked(values));
    expect(strategy).toHaveLength(8785);
    expect(strategy.at(-1)).toBeCloseTo(demo.result.metrics.final_equity, 1);
    expect((hold.at(-1) as number) / (hold[0] as number) - 1).toBeCloseTo(demo.result.metrics.buy_and_hold_return as number, 4);
    expect(-Math.min(...unpacked(falls.values).map(Number))).toBeCloseTo(demo.result.metrics.max_drawdown, 4);
  });

  it('says nothing of groups where every bar is drawn, and how long they are where it is not', async () => {
    expect(text).not.toContain('are drawn in groups');
    const minutes = await demoPage({ timeframe: '15m' });
    const page = reportPage(minutes.page, assets);
    expect(page).toContain('35,136 bars from 2024-01-01 on are drawn in groups of 4 (1 h)');
    expect(unpacked(dataOf(page).trades.entry)).toHaveLength(minutes.result.trades.length);
  });
});

describe('a page', () => {
  it('shows hostile names as text, wherever they stand', () => {
    const trap = '</script><script>alert(1)</script><img src=x onerror=alert(1)>';
    const { result } = demo;
    const hostile = {
      ...result,
      manifest: { ...result.manifest, strategy: trap, symbol: `${trap}/${trap}`, candles_sha256: trap, engine_version: trap },
      params: { [trap]: trap },
      warnings: [trap],
      gaps: [],
    };
    const page = reportPage(backtestPage(hostile, { rules: null, price: trap }), assets);
    expect(page.match(/<script/g)).toHaveLength(3);
    expect(page.match(/<\/script>/g)).toHaveLength(3);
    expect(page).not.toContain('<img');
    expect(page).toContain('&#60;img');
  });

  it('leaves the candles out with a sentence where there are none, and shows everything else', () => {
    const page = reportPage(backtestPage(demo.result, { rules: null, price: 'The candles are not on the disk.' }), assets);
    expect(page).toContain('The candles are not on the disk.');
    expect(page).not.toContain('id="price-chart"');
    expect(page).toContain('id="equity-chart"');
    expect(dataOf(page).candles).toBeNull();
  });

  it('can be made of a run without a trade', () => {
    const { result } = demo;
    const metrics = { ...result.metrics, total_trades: 0, closed_trades: 0, win_rate: null };
    const page = reportPage(backtestPage({ ...result, metrics, trades: [] }, { rules: null, price: demo.page.price }), assets);
    expect(page).toContain('There were no trades.');
    expect(page).toContain('No trade was closed.');
    expect(page.slice(page.indexOf('<body>'), page.indexOf('<script>'))).not.toMatch(/NaN|undefined|Infinity/);
  });

  it('carries the stops of trades that had one, and no column where none had', () => {
    expect(dataOf(text).trades.stop).toBeNull();
    const trades = demo.page.trades.map((trade, k) => ({ ...trade, stop: k === 1 ? trade.entryPrice * 0.95 : null }));
    const { stop } = dataOf(reportPage({ ...demo.page, trades }, assets)).trades;
    expect(unpacked(stop as PackedColumn).slice(0, 3)).toEqual([null, expect.closeTo(trades[1].entryPrice * 0.95, 1), null]);
  });

  it('draws an oscillator on a scale of its own, and an average over the candles', () => {
    const { price } = demo.page;
    if (typeof price === 'string') throw new Error(price);
    const rsi = Float64Array.from(price.candles.close, (_, i) => 30 + (i % 40));
    const { indicators } = dataOf(reportPage({ ...demo.page, price: { ...price, indicators: { rsi, fast: price.indicators['fast'] } } }, assets));
    expect(indicators.map(({ name, own_scale: own }) => [name, own])).toEqual([['rsi', true], ['fast', false]]); // prettier-ignore
  });
});
