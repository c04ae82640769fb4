import { Buffer } from 'node:buffer';
import { resolve } from 'node:path';

import { runBacktest } from '../backtest/engine/run-backtest.js';
import type { TradingRules } from '../backtest/engine/simulate.js';
import { Candles } from '../domain/candles.js';
import type { Kernel } from '../domain/kernel.js';
import { Random } from '../domain/random.js';
import { SmaCrossStrategy } from '../strategy/strategies/sma-cross.strategy.js';
import { kernelFrom } from './load-kernel.js';

const YEAR = 525_600;

/** Minutes in cents, a random walk with calm and wild days; closes lie on multiples of `step` cents, which makes ties. */
function minutesOf(seed: number, step: number, bars = YEAR): Candles {
  const random = new Random(seed);
  const column = (): Float64Array => new Float64Array(bars);
  const [openTime, open, high, low, close, volume] = [column(), column(), column(), column(), column(), column()];
  let exact = 3_000_000;
  let last = exact;
  let wildness = 1;
  for (let i = 0; i < bars; i++) {
    if (i % 1440 === 0) wildness = 0.4 + 1.6 * random.float();
    exact = Math.max(100_000, exact * (1 + 0.0006 * wildness * random.normal()));
    const now = Math.round(exact / step) * step;
    openTime[i] = Date.UTC(2023, 0, 1) + i * 60_000;
    open[i] = last / 100;
    close[i] = now / 100;
    high[i] = (Math.max(last, now) + random.integer(300)) / 100;
    low[i] = (Math.min(last, now) - random.integer(300)) / 100;
    volume[i] = random.integer(100_000) / 1000;
    last = now;
  }
  return Candles.of('BTC/USDT', '1m', { openTime, open, high, low, close, volume });
}

const bytesOf = (column: Float64Array): Uint8Array => new Uint8Array(column.buffer, column.byteOffset, column.byteLength);

describe('the compiled kernel on years of minutes', () => {
  const kernel = kernelFrom(resolve('dist/kernels/kernel.wasm')) as Kernel;
  const strategy = new SmaCrossStrategy();
  const rules: TradingRules = {
    initialCapital: 1000,
    fill: 'next_open',
    costs: { feeRate: 0.001, feeFrom: 'received', slippage: 0 },
    sizing: { rule: 'all_in', quoteAmount: 0, fraction: 1 },
    lot: { quantityStep: 0, minNotional: 0 },
  };
  const pairs = [[10, 50], [1, 2], [5, 70], [62, 315], [500, 5000]]; // prettier-ignore

  it.each([
    { seed: 1, step: 1 },
    { seed: 2, step: 1 },
    { seed: 3, step: 1 },
    { seed: 4, step: 1 },
    { seed: 5, step: 1 },
    { seed: 6, step: 2000 },
    { seed: 7, step: 2000 },
    { seed: 8, step: 5000 },
    { seed: 9, step: 5000 },
    { seed: 10, step: 50_000 },
  ])('gives the bits of the plain path: seed $seed, closes in steps of $step cents', ({ seed, step }) => {
    const candles = minutesOf(seed, step);
    for (const [fastWindow, slowWindow] of pairs) {
      for (const [from, feeRate] of [[0, 0.001], [777, 0]]) { // prettier-ignore
        const costs = { ...rules.costs, feeRate };
        const run = (compiled: Kernel | null) =>
          runBacktest({ signals: (history, given) => strategy.signalList(history, { fastWindow, slowWindow }, given) }, candles, { from, to: YEAR }, { ...rules, costs }, compiled);
        const { simulation, signals, profits, candles: tested, ...figures } = run(kernel);
        const expected = run(null);
        const { simulation: _simulation, signals: _signals, profits: _profits, candles: _candles, ...expectedFigures } = expected;
        expect(figures).toStrictEqual(expectedFigures);
        expect(tested.length).toBe(YEAR - from);
        expect(Buffer.compare(Uint8Array.from(signals.values), Uint8Array.from(expected.signals.values))).toBe(0);
        expect(signals.rows.every((row, k) => row === expected.signals.rows[k])).toBe(true);
        expect(Buffer.compare(bytesOf(simulation.equity), bytesOf(expected.simulation.equity))).toBe(0);
        expect(Buffer.compare(bytesOf(profits), bytesOf(expected.profits))).toBe(0);
        expect(simulation.totals).toStrictEqual(expected.simulation.totals);
        expect([simulation.trades.count, simulation.turnover, simulation.barsLong]).toEqual([expected.simulation.trades.count, expected.simulation.turnover, expected.simulation.barsLong]);
      }
    }
  });

  it('keeps no candles alive, not even in a loop that never lets go of the thread', () => {
    const bars = 20_000; // 1 MB a market
    for (let seed = 0; seed < 1000; seed++) {
      const candles = minutesOf(seed, 1, bars);
      runBacktest({ signals: (history, given) => strategy.signalList(history, { fastWindow: 10, slowWindow: 50 }, given) }, candles, { from: 0, to: bars }, rules, kernel);
    }
    expect(process.memoryUsage().arrayBuffers).toBeLessThan(500e6);
  });
});
