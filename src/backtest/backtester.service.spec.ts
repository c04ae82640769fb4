import 'reflect-metadata';
import { Test } from '@nestjs/testing';

import { candles } from '../../test/support/candle-builder.js';
import { ServedCandles } from '../../test/support/served-candles.js';
import { resolveConfig } from '../config/resolve-config.js';
import { DataHandler } from '../data/data-handler.js';
import type { Candles } from '../domain/candles.js';
import { ConfigError, StrategyError } from '../domain/errors.js';
import { BacktestModule } from './backtest.module.js';
import type { BacktestResult } from './backtest-result.js';
import { BacktesterService } from './backtester.service.js';
import { resultJson } from './result-json.js';

const HOUR = 3_600_000;
const T0 = Date.UTC(2024, 0, 1);
const NOW = Date.UTC(2025, 0, 1);
const iso = (hours: number): string => new Date(T0 + hours * HOUR).toISOString();

/** 700 quiet bars, up over 40 and down over 40, three times; sma_cross(2, 4) buys and sells on every leg. */
const waves = (): Candles => candles().flat(100, 700).ramp(100, 130, 40).ramp(130, 90, 40).ramp(90, 120, 40).ramp(120, 80, 40).ramp(80, 110, 40).ramp(110, 100, 40).build();
const STRATEGY = { name: 'sma_cross', params: { fast_window: 2, slow_window: 4 } };

interface Asked {
  readonly settings?: Record<string, unknown>;
  readonly nowMs?: number;
  readonly overriddenParams?: readonly string[];
}

async function backtester(served: Candles): Promise<{ data: ServedCandles; run: (asked?: Asked) => Promise<BacktestResult> }> {
  const data = new ServedCandles(served);
  const module = await Test.createTestingModule({ imports: [BacktestModule] }).overrideProvider(DataHandler).useValue(data).compile();
  await module.init();
  const run = ({ settings = {}, nowMs = NOW, overriddenParams }: Asked = {}): Promise<BacktestResult> => {
    const { config } = resolveConfig({ name: 'test', settings: { strategy: STRATEGY, ...settings } }, {}, []);
    return module.get(BacktesterService).run({ config, nowMs, ...(overriddenParams === undefined ? {} : { overriddenParams }) });
  };
  return { data, run };
}

const runOn = async (served: Candles, settings: Record<string, unknown> = {}): Promise<BacktestResult> => (await backtester(served)).run({ settings });

describe('a backtest', () => {
  it('is the same to the byte when it is run again, but for the time of the run', async () => {
    const { run } = await backtester(waves());
    const [first, second] = [await run({ nowMs: NOW }), await run({ nowMs: NOW + 12_345 })].map((result) => [...resultJson(result)].join(''));
    const timeless = (text: string): string => text.replaceAll(/ *"created_at(_iso)?": .*\n/g, '');
    expect(first).not.toBe(second);
    expect(timeless(first)).toBe(timeless(second));
    expect(first.length - timeless(first).length).toBeLessThan(120);
  });

  it('asks once for candles, with the warm-up of the strategy', async () => {
    const { data, run } = await backtester(waves());
    const { manifest } = await run({ settings: { backtest: { start: iso(800), end: iso(900) }, data: { source: 'built-in', seed: 9 } } });
    expect(data.asked).toEqual([{ symbol: 'BTC/USDT', timeframe: '1h', source: { kind: 'built-in', seed: 9 }, fromMs: T0 + 800 * HOUR, toMs: T0 + 900 * HOUR, warmupBars: manifest.warmup_bars_needed, nowMs: NOW }]);
  });

  it('says in its manifest what was run, on what, and when', async () => {
    const { run } = await backtester(waves());
    const { manifest } = await run({ settings: { backtest: { start: iso(800), end: iso(900), fill: 'close' }, data: { seed: 7 } }, overriddenParams: ['fast_window'] });
    expect(manifest).toMatchObject({
      format: 1,
      created_at: NOW,
      created_at_iso: '2025-01-01T00:00:00.000Z',
      strategy: 'sma_cross',
      symbol: 'BTC/USDT',
      timeframe: '1h',
      start_iso: iso(800),
      end_iso: iso(900),
      bars: 100,
      source: 'exchange',
      real_data: true,
      seed: 7,
      fill: 'close',
      candles_sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      overridden_params: ['fast_window'],
    });
    expect([manifest.start, manifest.end]).toEqual([T0 + 800 * HOUR, T0 + 900 * HOUR]);
  });

  it('keeps the whole configuration and every parameter, defaults included', async () => {
    const { config, params } = await runOn(waves(), { strategy: { name: 'sma_cross', params: { slow_window: 12 } } });
    expect(params).toEqual({ fast_window: 10, slow_window: 12 });
    expect(config).toMatchObject({ symbol: 'BTC/USDT', strategy: { name: 'sma_cross', params: { slow_window: 12 } }, backtest: { fee_rate: 0.001 }, storage: { results_dir: 'results' } });
  });

  it('starts its curve with the capital at the first open and has a point for every close', async () => {
    const { equity_curve: curve, metrics } = await runOn(waves(), { backtest: { start: iso(800), end: iso(900), initial_capital: 5000 } });
    expect([curve.length, curve[0], curve[1].time]).toEqual([101, { time: T0 + 800 * HOUR, equity: 5000 }, T0 + 801 * HOUR]);
    expect(metrics.final_equity).toBe(curve[100].equity);
  });

  it('takes costs, sizing and fills from the settings', async () => {
    const free = await runOn(waves(), { backtest: { fee_rate: 0, slippage_bps: 0 } });
    const dear = await runOn(waves(), { backtest: { fee_rate: 0.01, slippage_bps: 50, sizing: 'fixed_quote' }, risk: { max_position_size_usd: 200 } });
    expect([free.metrics.fees_paid, free.metrics.slippage_paid]).toEqual([0, 0]);
    expect(dear.metrics.fees_paid).toBeGreaterThan(0);
    expect(dear.trades[0].quantity * dear.trades[0].entry_price).toBeCloseTo(200, 9);
    expect(dear.trades[0].entry_price).toBeCloseTo(free.trades[0].entry_price * 1.005, 9);
  });

  it('trades in whole steps and from the least value on, where the settings say so, and shows them', async () => {
    const { trades, config } = await runOn(waves(), { backtest: { quantity_step: 0.25, min_notional: 5, fee_rate: 0.001 } });
    expect(trades.length).toBeGreaterThan(1);
    expect(trades.every(({ quantity }) => quantity % 0.25 === 0)).toBe(true);
    expect(config['backtest']).toMatchObject({ quantity_step: 0.25, min_notional: 5 });
    const refused = await runOn(waves(), { backtest: { min_notional: 5000, sizing: 'fixed_quote' }, risk: { max_position_size_usd: 200 } });
    expect(refused.trades).toEqual([]);
  });
});

describe('the warm-up of a backtest', () => {
  const legs = waves();

  it('lets a signal of the very first tested bar be heard', async () => {
    // The first trade of the whole run enters on the bar after its signal; a test that begins on the bar of the signal enters there too.
    const [first] = (await runOn(legs)).trades;
    const signalBar = (first.entry_time - T0) / HOUR - 1;
    const late = await runOn(legs, { backtest: { start: iso(signalBar) } });
    expect(late.trades[0].entry_time).toBe(first.entry_time);
    expect(late.manifest).toMatchObject({ start_iso: iso(signalBar), warmup_bars: late.manifest.warmup_bars_needed });
    expect(late.trades[0].entry_price).toBe(first.entry_price);
  });

  it('trades nothing itself', async () => {
    const { trades, equity_curve: curve } = await runOn(legs, { backtest: { start: iso(790) } });
    expect(trades.every(({ entry_time }) => entry_time >= T0 + 790 * HOUR)).toBe(true);
    expect(curve[0]).toEqual({ time: T0 + 790 * HOUR, equity: 10_000 });
  });

  it('makes the same trades of a part as of the whole, wherever the part begins flat', async () => {
    const whole = (await runOn(legs)).trades;
    for (const [i, trade] of whole.entries()) {
      const part = (await runOn(legs, { backtest: { start: new Date(trade.entry_time - HOUR).toISOString() } })).trades;
      expect(part.map(({ entry_time, exit_time, entry_price }) => [entry_time, exit_time, entry_price])).toEqual(whole.slice(i).map(({ entry_time, exit_time, entry_price }) => [entry_time, exit_time, entry_price]));
    }
  });

  it('is said to be short where the data begin too late', async () => {
    const { manifest, warnings } = await runOn(legs, { backtest: { start: iso(10) } });
    expect([manifest.warmup_bars, manifest.warmup_bars_needed > 10]).toEqual([10, true]);
    expect(warnings).toContainEqual(expect.stringMatching(new RegExp(`10 bars before.*asks for ${manifest.warmup_bars_needed} bars`)));
  });
});

describe('what a backtest refuses', () => {
  const refused = async (backtest: object): Promise<[string, string][]> => {
    const { data, run } = await backtester(waves());
    const error: unknown = await run({ settings: { backtest } }).then(() => null, (reason: unknown) => reason);
    if (!(error instanceof ConfigError)) throw error;
    expect(data.asked).toEqual([]);
    return error.problems.map(({ path, message }) => [path, message]);
  };
  const START = '--start (backtest.start)';
  const END = '--end (backtest.end)';

  it.each([
    { range: { start: '2024-02-01', end: '2024-02-01' }, problems: [[START, 'must be before --end 2024-02-01, was 2024-02-01']] },
    { range: { start: '2024-02-02', end: '2024-02-01' }, problems: [[START, 'must be before --end 2024-02-01, was 2024-02-02']] },
    { range: { start: '2024-02-01T12:00+02:00', end: '2024-02-01T10:00Z' }, problems: [[START, 'must be before --end 2024-02-01T10:00Z, was 2024-02-01T12:00+02:00']] },
    { range: { start: '2024-02-01', end: '2025-01-02' }, problems: [[END, 'lies in the future: was 2025-01-02, now is 2025-01-01T00:00:00.000Z']] },
    { range: { start: '1970-01-01', end: '2024-01-01' }, problems: [[START, 'must be after 1970, was 1970-01-01']] },
    { range: { end: '1960-01-01' }, problems: [[END, 'must be after 1970, was 1960-01-01']] },
    { range: { start: '2024-12-31T23:30' }, problems: [[START, 'leaves no closed 1h candle before now, 2025-01-01T00:00:00.000Z: was 2024-12-31T23:30']] },
    { range: { start: '2026-01-02', end: '2026-01-01' }, problems: [[START, 'lies in the future: was 2026-01-02, now is 2025-01-01T00:00:00.000Z'], [END, 'lies in the future: was 2026-01-01, now is 2025-01-01T00:00:00.000Z'], [START, 'must be before --end 2026-01-01, was 2026-01-02']] },
  ])('the range $range', async ({ range, problems }) => {
    expect(await refused(range)).toEqual(problems);
  });

  it('a strategy or parameters that it does not have, before any candle is fetched', async () => {
    for (const strategy of [{ name: 'sma_cros' }, { name: 'sma_cross', params: { fast_window: 60 } }, { name: 'sma_cross', params: { constructor: 5 } }, { name: 'sma_cross', params: { toString: 5 } }]) {
      const { data, run } = await backtester(waves());
      await expect(run({ settings: { strategy } })).rejects.toThrow(StrategyError);
      expect(data.asked).toEqual([]);
    }
  });
});
