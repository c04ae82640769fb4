import type { BacktestResult } from './backtest-result.js';
import { luckOf, trialOf } from './result-luck.js';
import { Random } from '../domain/random.js';

const START = Date.UTC(2024, 0, 1);
const HOUR = 3_600_000;

function resultOf(change: { manifest?: object; params?: object; config?: object; metrics?: object; bars?: number; barMs?: number; seed?: number } = {}): BacktestResult {
  const { bars = 24 * 100, barMs = HOUR } = change;
  const random = new Random(change.seed ?? 1);
  let equity = 1000;
  const curve = [{ time: START, equity }, ...Array.from({ length: bars }, (_, i) => ({ time: START + (i + 1) * barMs, equity: (equity *= 1 + 0.0002 + 0.004 * random.normal()) }))];
  return {
    manifest: { created_at: 5, strategy: 'x', strategy_version: '1', strategy_sha256: null, symbol: 'BTC/USDT', timeframe: '1h', source: 'exchange', seed: 1, start: START, ...change.manifest },
    params: { window: 3, ...change.params },
    config: { backtest: { start: '2024-01-01', fee_rate: 0.001 }, ...change.config },
    metrics: { sharpe: 1, sharpe_daily: 1.9, closed_trades: 38, ...change.metrics },
    equity_curve: curve,
  } as unknown as BacktestResult;
}

describe('luckOf', () => {
  it('judges by returns of days, and by those of bars where bars are longer', () => {
    expect(luckOf(resultOf(), null)).toMatchObject({ per: 'day', closedTrades: 38, tries: null, deflated: null, sharpe: { shape: { count: 100 } } });
    expect(luckOf(resultOf({ manifest: { timeframe: '1w' }, bars: 60, barMs: 168 * HOUR }), null)).toMatchObject({ per: 'bar', sharpe: { shape: { count: 60 } } });
  });

  it('deflates by the number of tries: the more, the less is left', () => {
    const result = resultOf();
    const chances = [2, 14, 500].map((tries) => luckOf(result, { tries, variance: 0.002 }).deflated?.probability ?? NaN);
    expect([...chances].sort((a, b) => b - a)).toEqual(chances);
    expect(chances[0]).toBeLessThan(luckOf(result, null).sharpe?.probability ?? 0);
    expect(luckOf(result, { tries: 1, variance: null }).deflated).toBeNull();
  });

  it('says the same of the same result', () => expect(luckOf(resultOf(), null)).toEqual(luckOf(resultOf(), null)));

  it('says nothing of a curve of a few points', () => expect(luckOf(resultOf({ bars: 24 }), null).sharpe).toBeNull());
});

describe('trialOf', () => {
  const key = (change: Parameters<typeof resultOf>[0]): string => trialOf(resultOf(change)).key;

  it.each([
    { what: 'parameters', change: { params: { window: 4 } } },
    { what: 'range', change: { config: { backtest: { start: '2023-01-01' } } } },
    { what: 'timeframe', change: { manifest: { timeframe: '4h' } } },
    { what: 'version', change: { manifest: { strategy_version: '2' } } },
    { what: 'file', change: { manifest: { strategy_sha256: 'ab' } } },
    { what: 'seed', change: { manifest: { seed: 2 } } },
  ])('is another one with another $what', ({ change }) => expect(key(change)).not.toBe(key({})));

  it.each([
    { what: 'other costs', change: { config: { backtest: { start: '2024-01-01', fee_rate: 0 } } } },
    { what: 'a later moment', change: { manifest: { created_at: 9 } } },
    { what: 'more candles since', change: { bars: 24 * 101 } },
  ])('is the same with $what', ({ change }) => expect(key(change)).toBe(key({})));

  it('keeps its ratio per day, and names itself', () => {
    expect(trialOf(resultOf())).toMatchObject({ at: 5, strategy: 'x', symbol: 'BTC/USDT', source: 'exchange', what: '1h 2024-01-01 → … window=3', tries: 1, spread: 0, sharpe: 1.9 / Math.sqrt(365) });
    expect(trialOf(resultOf({ metrics: { sharpe_daily: null, sharpe: null } })).sharpe).toBeNull();
  });
});
