import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import fc from 'fast-check';

import { candleSeries, markets, rules } from '../../test/support/arbitraries.js';
import { candles } from '../../test/support/candle-builder.js';
import { candlesOf, tapes } from '../../test/support/tapes.js';
import { runBacktest } from '../backtest/engine/run-backtest.js';
import { simulate, type Simulation, type TradingRules } from '../backtest/engine/simulate.js';
import type { Kernel } from '../domain/kernel.js';
import { listSignals } from '../domain/signal.js';
import { crossingIsExact, smaCrossings, TIE_MEMORY } from '../strategy/indicators/crossings.js';
import type { KernelExports } from './kernel-exports.js';
import { kernelFrom, loadKernel } from './load-kernel.js';
import { WasmKernel } from './wasm-kernel.js';

const BUILT = resolve('dist/kernels/kernel.wasm');
const whereBuilt = existsSync(BUILT) ? describe : describe.skip;

const USUAL: TradingRules = {
  initialCapital: 1000,
  fill: 'next_open',
  costs: { feeRate: 0.001, feeFrom: 'received', slippage: 0 },
  sizing: { rule: 'all_in', quoteAmount: 0, fraction: 1 },
  lot: { quantityStep: 0, minNotional: 0 },
};

/** Everything in a simulation as plain values. */
function plain({ equity, trades, totals, ...counts }: Simulation): object {
  return { equity: [...equity], trades: trades.toArray(), totals: [...totals], ...counts };
}

describe('kernelFrom', () => {
  it('gives none where nothing was built: the loops in TypeScript do the work', () => {
    expect(kernelFrom(resolve('dist/kernels/no-such-file.wasm'))).toBeNull();
  });

  it('gives none where the machine cannot run it', () => {
    expect(kernelFrom(resolve('package.json'))).toBeNull();
  });

  it('is asked for once in a thread', () => {
    expect(loadKernel()).toBe(loadKernel());
  });
});

whereBuilt('the compiled kernel (built by npm run build)', () => {
  const kernel = kernelFrom(BUILT) as Kernel;

  it('simulates to the very bits of the plain path, whatever the market, the signals and the rules', () => {
    fc.assert(
      fc.property(markets({ maxBars: 80 }), rules(), ({ candles, signals }, trading) => {
        const list = listSignals(signals);
        expect(plain(simulate(candles, list, trading, kernel))).toStrictEqual(plain(simulate(candles, list, trading)));
      }),
      { numRuns: 1500 },
    );
  });

  it('gives whole backtests that are the same in every figure, tested rows and warm-up apart', () => {
    fc.assert(
      fc.property(markets({ minBars: 2 }), rules(), fc.nat(), fc.nat(), ({ candles, signals }, trading, a, b) => {
        const [from, to] = [a % candles.length, b % (candles.length + 1)].sort((x, y) => x - y);
        const source = { signals: () => listSignals(signals) };
        const { simulation: compiled, ...figures } = runBacktest(source, candles, { from, to }, trading, kernel);
        const { simulation: expected, ...expectedFigures } = runBacktest(source, candles, { from, to }, trading);
        expect(figures).toStrictEqual(expectedFigures);
        expect(plain(compiled)).toStrictEqual(plain(expected));
      }),
      { numRuns: 400 },
    );
  });

  it('leaves markets with halts or a quantity step to the plain path, and marks their curves', () => {
    fc.assert(
      fc.property(markets({ minBars: 1 }), rules(), ({ candles, signals }, trading) => {
        const traded = kernel.simulate(candles, listSignals(signals), trading);
        expect(traded === null).toBe(candles.missingBars > 0 || trading.lot.quantityStep > 0);
      }),
      { numRuns: 200 },
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
        const expected = smaCrossings(ticks.values, fast, fast + more);
        expect([...compiled.rows]).toEqual([...expected.rows]);
        expect([...compiled.values]).toEqual([...expected.values]);
      }),
      { numRuns: 1500 },
    );
  });

  it.each([
    { ties: TIE_MEMORY, signals: 1, why: 'as long as the memory' },
    { ties: TIE_MEMORY + 1, signals: 0, why: 'a bar longer' },
  ])('skips over a run of ties $why, from either side', ({ ties, signals }) => {
    // Averages of 1 and 2 bars: above after a rise, below after a fall, equal after a bar that stands still.
    for (const [first, last] of [[90, 110], [110, 90]]) { // prettier-ignore
      const market = candles().closes(100, first).flat(first, ties).closes(last).build();
      expect([...(kernel.smaCrossings(market, 1, 2, TIE_MEMORY)?.values ?? [])]).toEqual(signals === 0 ? [] : [Math.sign(last - first)]);
    }
  });

  it('places an order of exactly the least value', () => {
    const market = candles().closes(100, 100, 100).build();
    const trading = { ...USUAL, lot: { quantityStep: 0, minNotional: 1000 } };
    expect(kernel.simulate(market, listSignals(Int8Array.of(1, 0, 0)), trading)).toMatchObject({ tradeCount: 1, refusedEntries: 0 });
  });

  it('agrees on tapes with runs of ties as long as the memory of a crossing, over several parts of a curve', () => {
    fc.assert(
      fc.property(tapes(2), fc.integer({ min: 17_000, max: 40_000 }), fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 60 }), fc.nat(3), (tape, bars, fast, more, skip) => {
        const whole = candlesOf(tape, bars);
        const candles = whole.slice(skip);
        const ticks = candles.ticksOf('close');
        if (ticks === null || !crossingIsExact(ticks, fast, fast + more)) return;
        const expected = smaCrossings(ticks.values, fast, fast + more);
        expect(kernel.smaCrossings(candles, fast, fast + more, TIE_MEMORY)).toStrictEqual(expected);
        const [compiled, loop] = [simulate(candles, expected, USUAL, kernel), simulate(candles, expected, USUAL)];
        // Buffers first: a curve of 40,000 points is no matter for a deep comparison.
        expect(Buffer.compare(new Uint8Array(compiled.equity.buffer), new Uint8Array(loop.equity.buffer))).toBe(0);
        expect({ ...plain(compiled), equity: 0 }).toStrictEqual({ ...plain(loop), equity: 0 });
      }),
      { numRuns: 25 },
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

  it('takes turns between markets without mixing them up, in the memory of the largest', () => {
    const wasm = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(BUILT))).exports as KernelExports;
    const own = new WasmKernel(wasm);
    const series = fc.sample(markets({ minBars: 2, maxBars: 60, gaps: false }), { numRuns: 40, seed: 1 });
    const sizes = new Set<number>();
    for (let turn = 0; turn < 2000; turn++) {
      const { candles, signals } = series[(turn * 7) % series.length];
      const list = listSignals(signals);
      const compiled = simulate(candles, list, USUAL, own);
      if (turn < 80) expect(plain(compiled)).toStrictEqual(plain(simulate(candles, list, USUAL)));
      if (turn > series.length) sizes.add(wasm.memory.buffer.byteLength);
    }
    expect(sizes.size).toBe(1);
  });
});
