import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

import fc from 'fast-check';

import { candleSeries, markets, rules } from '../../test/support/arbitraries.js';
import { simulate } from '../backtest/engine/simulate.js';
import type { Kernel } from '../domain/kernel.js';
import { listSignals } from '../domain/signal.js';
import { crossingIsExact, smaCrossings, TIE_MEMORY } from '../strategy/indicators/crossings.js';
import { kernelFrom } from './load-kernel.js';

const BUILT = resolve('dist/kernels/kernel.wasm');
const whereBuilt = existsSync(BUILT) ? describe : describe.skip;

describe('kernelFrom', () => {
  it('gives none where nothing was built: the loops in TypeScript do the work', () => {
    expect(kernelFrom(resolve('dist/kernels/no-such-file.wasm'))).toBeNull();
  });
});

whereBuilt('the compiled kernel (built by npm run build)', () => {
  const kernel = kernelFrom(BUILT) as Kernel;

  it('simulates to the very bits of the plain path, whatever the market, the signals and the rules', () => {
    fc.assert(
      fc.property(markets({ maxBars: 80 }), rules(), ({ candles, signals }, trading) => {
        const list = listSignals(signals);
        const plain = simulate(candles, list, trading, null);
        const compiled = simulate(candles, list, trading, kernel);
        expect([...compiled.equity]).toEqual([...plain.equity]);
        expect(compiled.trades.toArray()).toEqual(plain.trades.toArray());
        expect([...compiled.totals]).toEqual([...plain.totals]);
        expect({ ...compiled, equity: 0, trades: 0, totals: 0 }).toEqual({ ...plain, equity: 0, trades: 0, totals: 0 });
      }),
      { numRuns: 1500 },
    );
  });

  it('finds the crossings that the plain path finds, on ties and on slices too', () => {
    fc.assert(
      fc.property(candleSeries({ maxBars: 120, gaps: false }), fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 12 }), fc.nat(20), (whole, fast, more, skip) => {
        const candles = whole.slice(skip);
        const ticks = candles.ticksOf('close');
        if (ticks === null || !crossingIsExact(ticks, fast, fast + more)) return;
        const compiled = kernel.smaCrossings(candles, fast, fast + more, TIE_MEMORY);
        if (compiled === null) return;
        const plain = smaCrossings(ticks.values, fast, fast + more);
        expect([...compiled.rows]).toEqual([...plain.rows]);
        expect([...compiled.values]).toEqual([...plain.values]);
      }),
      { numRuns: 1500 },
    );
  });

  it('hands out curves that the next run leaves alone', () => {
    fc.assert(
      fc.property(markets({ minBars: 5, gaps: false }), rules(), ({ candles, signals }, trading) => {
        const list = listSignals(signals);
        const first = simulate(candles, list, trading, kernel);
        const kept = [...first.equity];
        simulate(candles, list, { ...trading, initialCapital: trading.initialCapital * 2 }, kernel);
        expect([...first.equity]).toEqual(kept);
      }),
      { numRuns: 100 },
    );
  });
});
