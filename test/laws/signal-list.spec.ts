import fc from 'fast-check';

import { Candles } from '../../src/domain/candles.js';
import { listSignals } from '../../src/domain/signal.js';
import { boundStrategies, strategyRegistry } from '../support/strategies.js';
import { candlesOf, tapes } from '../support/tapes.js';

const registry = await strategyRegistry();

/** The same market with every price moved by a share that no decimal can write. */
function withoutDecimals(candles: Candles): Candles {
  const moved = (column: Float64Array): Float64Array => column.map((price) => price * (1 + Math.SQRT2 / 8));
  const { symbol, timeframe, openTime, open, high, low, close, volume, missing } = candles;
  return Candles.of(symbol, timeframe, { openTime, open: moved(open), high: moved(high), low: moved(low), close: moved(close), volume }, missing);
}

describe.each(registry.names())('signal list: %s', (name) => {
  it.each([
    { prices: 'decimal prices', of: (candles: Candles) => candles },
    { prices: 'prices that are no decimals', of: withoutDecimals },
  ])('names the rows of the frame that say something, on $prices', ({ of }) => {
    fc.assert(
      fc.property(boundStrategies(registry, name), tapes(), fc.nat(1500), (strategy, tape, bars) => {
        const candles = of(candlesOf(tape, bars));
        const { signals } = strategy.frame(candles);
        expect(strategy.signals(candles)).toEqual(listSignals(signals));
        expect([...new Set(signals)].filter((value) => ![-1, 0, 1].includes(value))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});
