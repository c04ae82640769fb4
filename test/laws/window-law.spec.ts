import fc from 'fast-check';

import type { Candles } from '../../src/domain/candles.js';
import type { SignalFrame } from '../../src/domain/signal.js';
import { fetchedAlone } from '../support/candle-builder.js';
import { draws } from '../support/draws.js';
import { boundStrategies, strategyRegistry } from '../support/strategies.js';
import { candlesOf, tapes, withoutDecimals } from '../support/tapes.js';

const registry = await strategyRegistry();

/** One row of a frame; NaN and -0 keep their identity in `toStrictEqual`. */
function rowOf({ signals, indicators }: SignalFrame, row: number): Record<string, number> {
  return { signal: signals[row], ...Object.fromEntries(Object.entries(indicators).map(([name, column]) => [name, column[row]])) };
}

const MARKETS = [
  { prices: 'decimal prices', of: (candles: Candles) => candles },
  { prices: 'prices that are no decimals', of: withoutDecimals },
];

describe.each(registry.names())('window law: %s', (name) => {
  it.each(MARKETS)('knows the last of warmupBars + 1 rows as it knows that row in the whole history, on $prices', ({ of }) => {
    fc.assert(
      fc.property(boundStrategies(registry, name), tapes(), (strategy, tape) => {
        const rows = strategy.warmupBars + 1;
        const candles = of(candlesOf(tape, rows + 250));
        const whole = strategy.frame(candles);
        for (let end = rows; end <= candles.length; end += 11) {
          const window = fetchedAlone(candles.slice(end - rows, end));
          expect(rowOf(strategy.frame(window), rows - 1)).toStrictEqual(rowOf(whole, end - 1));
        }
      }),
      draws(25),
    );
  });

  it.each(MARKETS)('hears every signal of the history in its window, and no other, on $prices', ({ of }) => {
    fc.assert(
      fc.property(boundStrategies(registry, name), tapes(), (strategy, tape) => {
        const rows = strategy.warmupBars + 1;
        const candles = of(candlesOf(tape, rows + 900));
        const list = strategy.signals(candles);
        const said = new Map(Array.from(list.rows, (row, k) => [row, list.values[k]]));
        // Every bar with a signal, and the bar before it, where a window too short would speak too early.
        const rowsToTry = [...said.keys()].flatMap((row) => [row - 1, row]).filter((row) => row >= rows - 1);
        for (const row of rowsToTry.slice(0, 24)) {
          const { signals } = strategy.frame(fetchedAlone(candles.slice(row + 1 - rows, row + 1)));
          expect({ row, signal: signals[rows - 1] }).toEqual({ row, signal: said.get(row) ?? 0 });
        }
      }),
      draws(20),
    );
  });
});
