import 'reflect-metadata';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

import { Test } from '@nestjs/testing';

import { BacktestModule } from '../../src/backtest/backtest.module.js';
import type { BacktestResult } from '../../src/backtest/backtest-result.js';
import { BacktesterService } from '../../src/backtest/backtester.service.js';
import { resolveConfig } from '../../src/config/resolve-config.js';
import { isPlainObject } from '../../src/schema/fields.js';

/**
 * One result, frozen: whoever changes a number anywhere between the built-in market and the metrics hears of it here.
 *
 * When a change is meant, raise ENGINE_VERSION (or the version of the strategy) if the same input gives another result now, then
 *
 *   UPDATE_GOLDEN=1 npm run test:jest -- test/golden
 *
 * and commit sma-cross.golden.json on its own, with the reason in the message. Never refresh it together with code.
 */
const FILE = new URL('./sma-cross.golden.json', import.meta.url);

const SETTINGS = {
  strategy: { name: 'sma_cross', params: { fast_window: 10, slow_window: 50 } },
  symbol: 'BTC/USDT',
  timeframe: '1h',
  backtest: { start: '2024-01-01', end: '2024-04-01', initial_capital: 10_000, fee_rate: 0.001, fee_from: 'received', slippage_bps: 2, fill: 'next_open', sizing: 'all_in' },
  data: { source: 'built-in', seed: 1 },
};

/** Those that say what happened; the hash holds all of them. */
const READABLE = [
  'final_equity', 'total_return', 'cagr', 'volatility', 'sharpe', 'sharpe_daily', 'sortino', 'calmar', 'max_drawdown', 'max_drawdown_days', 'exposure', 'total_trades', 'closed_trades', 'win_rate',
  'profit_factor', 'expectancy', 'sqn', 'best_trade', 'worst_trade', 'average_bars_held', 'fees_paid', 'slippage_paid', 'turnover', 'buy_and_hold_return',
] as const;

/** JSON with the keys of every object in alphabetical order. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (!isPlainObject(value)) return JSON.stringify(value);
  return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(',')}}`;
}

const sha256 = (value: unknown): string => createHash('sha256').update(canonical(value)).digest('hex');
const to12Digits = (value: number | null): number | null => (value === null ? null : Number(value.toPrecision(12)));

/**
 * What is frozen. The settings are left out: a new one changes no result, and what was set stands above. Candles, trades and curve are
 * frozen to the bit; metrics to 12 digits, since roots of other than second degree are not the same in every JavaScript engine.
 */
function frozenPartOf({ manifest, metrics, params, trades, equity_curve, gaps, warnings }: BacktestResult): object {
  const facts = Object.fromEntries(Object.entries(manifest).filter(([name]) => !name.startsWith('created_at')));
  const figures = Object.fromEntries(Object.entries(metrics).map(([name, value]) => [name, typeof value === 'number' ? to12Digits(value) : (value as string | null)]));
  const sections = { manifest: facts, params, metrics: figures, trades, equity_curve, gaps, warnings };
  return {
    candles_sha256: manifest.candles_sha256,
    metrics: Object.fromEntries(READABLE.map((name) => [name, figures[name]])),
    first_trades: trades.slice(0, 3).map(({ entry_time_iso, entry_price, exit_price, pnl }) => ({ entry_time_iso, entry_price: to12Digits(entry_price), exit_price: to12Digits(exit_price), pnl: to12Digits(pnl) })),
    sections_sha256: Object.fromEntries(Object.entries(sections).map(([name, section]) => [name, sha256(section)])),
    result_sha256: sha256(sections),
  };
}

async function runBacktest(nowMs: number): Promise<BacktestResult> {
  const module = await Test.createTestingModule({ imports: [BacktestModule] }).compile();
  await module.init();
  return module.get(BacktesterService).run({ config: resolveConfig({ name: 'golden', settings: SETTINGS }, {}, []).config, nowMs });
}

describe('the golden result of sma_cross on the built-in market', () => {
  it('is the same as ever', async () => {
    const frozen = frozenPartOf(await runBacktest(Date.UTC(2026, 0, 1)));
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(FILE, `${JSON.stringify(frozen, null, 2)}\n`);
    expect(frozen).toEqual(JSON.parse(readFileSync(FILE, 'utf8')));
  });

  it('does not depend on when it is run', async () => {
    const [early, late] = [await runBacktest(Date.UTC(2024, 3, 1)), await runBacktest(Date.UTC(2030, 0, 1))];
    expect(frozenPartOf(early)).toEqual(frozenPartOf(late));
  });
});
