import fc from 'fast-check';

import type { BacktestResult } from './backtest-result.js';
import { resultJson } from './result-json.js';

const textOf = (result: BacktestResult): string => [...resultJson(result)].join('');

/** A result as far as its form goes: its lists as long as asked. */
function resultOf(points: number, trades = 0, texts: Partial<BacktestResult> = {}): BacktestResult {
  return {
    manifest: { format: 1, strategy: 'sma_cross', overridden_params: [] },
    config: { backtest: { fee_rate: 0.001 }, data: {} },
    params: { fast_window: 10 },
    metrics: { total_return: 0.1 + 0.2, cagr: null, sharpe: 5e-324 },
    trades: Array.from({ length: trades }, (_, i) => ({ entry_time: i, exit_time: null, pnl: i / 3 })),
    equity_curve: Array.from({ length: points }, (_, i) => ({ time: i * 3_600_000, equity: 10_000 + i / 7 })),
    gaps: [],
    warnings: [],
    ...texts,
  } as unknown as BacktestResult;
}

describe('resultJson', () => {
  it.each([0, 1, 2, 4095, 4096, 4097, 8192, 20_000])('reads back as the same object with a curve of %i points', (points) => {
    const result = resultOf(points, points % 5000);
    expect(JSON.parse(textOf(result))).toEqual(result);
  });

  it('keeps the order of the fields', () => {
    expect(Object.keys(JSON.parse(textOf(resultOf(1))) as object)).toEqual(['manifest', 'config', 'params', 'metrics', 'trades', 'equity_curve', 'gaps', 'warnings']);
  });

  it('has one line for every point and every trade, and ends with a newline', () => {
    const lines = textOf(resultOf(5000, 3)).split('\n');
    expect(lines.filter((line) => /^ {4}\{"time":/.test(line))).toHaveLength(5000);
    expect(lines.filter((line) => /^ {4}\{"entry_time":/.test(line))).toHaveLength(3);
    expect(lines.at(-1)).toBe('');
    expect(lines.length).toBeLessThan(5000 + 3 + 50);
  });

  it('comes in parts, so that no long curve is one string', () => {
    const longest = Math.max(...[...resultJson(resultOf(50_000))].map((part) => part.length));
    expect(longest).toBeLessThan(textOf(resultOf(50_000)).length / 5);
  });

  it('reads back whatever names and texts are in it', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.array(fc.string({ unit: 'binary' })), (params, warnings) => {
        const result = resultOf(3, 2, { params, warnings });
        expect(JSON.parse(textOf(result))).toEqual(JSON.parse(JSON.stringify(result)));
      }),
    );
  });
});
