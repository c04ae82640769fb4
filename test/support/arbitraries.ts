import fc from 'fast-check';

import type { Candles } from '../../src/domain/candles.js';
import { FEE_SOURCES, type Costs, type Lot } from '../../src/domain/costs.js';
import { SIZING_RULES, type Sizing } from '../../src/domain/sizing.js';
import { gridOffsetMs, timeframeMs, type Timeframe } from '../../src/domain/timeframe.js';
import { FILL_RULES, type TradingRules } from '../../src/backtest/engine/simulate.js';
import { fromBars, type Bar, type Place } from './candle-builder.js';
import { OWN_TIMEFRAME } from './own-strategies.js';

/** How prices move: few distinct ones, long stretches without a move, a walk, or leaps of up to 40 %. */
export const PRICE_STYLES = ['ties', 'stretches', 'walk', 'volatile'] as const;
/** How often something is said: rarely, on most bars, turn and turn about, in runs of the same, or only next to missing bars. */
export const SIGNAL_STYLES = ['sparse', 'dense', 'alternating', 'runs', 'around gaps'] as const;
type PriceStyle = (typeof PRICE_STYLES)[number];
type SignalStyle = (typeof SIGNAL_STYLES)[number];

export interface SeriesOptions {
  readonly minBars?: number;
  readonly maxBars?: number;
  /** Whether bars may be missing; true by default. */
  readonly gaps?: boolean;
  readonly styles?: readonly PriceStyle[];
}

export interface Market {
  readonly candles: Candles;
  readonly signals: Int8Array;
}

/** Raw draws of one bar; what they mean is up to the style, so that a whole series shrinks as one list. */
interface Draw {
  readonly move: number;
  readonly up: number;
  readonly down: number;
  readonly gap: number;
  readonly say: number;
}

const draw = fc.record<Draw>({
  move: fc.integer({ min: -1000, max: 1000 }),
  up: fc.nat(3),
  down: fc.nat(3),
  gap: fc.nat(7),
  say: fc.nat(29),
});

/** Where a series stands in time: any grid, any bar number. */
export function places(timeframes: readonly Timeframe[] = OWN_TIMEFRAME === undefined ? ['1m', '1h', '1d', '1w'] : [OWN_TIMEFRAME]): fc.Arbitrary<Place> {
  return fc
    .record({ timeframe: fc.constantFrom(...timeframes), bar: fc.integer({ min: 0, max: 2000 }) })
    .map(({ timeframe, bar }) => ({ timeframe, firstOpenMs: gridOffsetMs(timeframe) + bar * timeframeMs(timeframe) }));
}

/** Candles on decimal prices together with a signal column of the same length. */
export function markets(options: SeriesOptions = {}): fc.Arbitrary<Market> {
  const { minBars = 0, maxBars = 60, gaps = true, styles = PRICE_STYLES } = options;
  return fc
    .record({
      // Without a size the library stops at ten elements or so, whatever the longest length is.
      draws: fc.array(draw, { minLength: minBars, maxLength: maxBars, size: 'max' }),
      decimals: fc.integer({ min: 0, max: 8 }),
      prices: fc.constantFrom(...styles),
      talk: fc.constantFrom(...SIGNAL_STYLES),
      gappy: gaps ? fc.boolean() : fc.constant(false),
      place: places(),
    })
    .map(({ draws, decimals, prices, talk, gappy, place }) => {
      const missing = draws.map(({ gap }) => Number(gappy && gap === 0));
      return { candles: fromBars(barsOf(draws, missing, prices, decimals), missing, place), signals: signalsOf(draws, missing, talk) };
    });
}

export function candleSeries(options: SeriesOptions = {}): fc.Arbitrary<Candles> {
  return markets(options).map(({ candles }) => candles);
}

export function signalColumns(maxBars = 60): fc.Arbitrary<Int8Array> {
  return markets({ maxBars }).map(({ signals }) => signals);
}

function barsOf(draws: readonly Draw[], missing: readonly number[], style: PriceStyle, decimals: number): Bar[] {
  const scale = 10 ** decimals;
  let last = 10_000;
  return draws.map(({ move, up, down }, i) => {
    const open = last;
    if (missing[i] === 0) last = nextTick(last, move, style);
    const wick = missing[i] === 0 ? 1 : 0;
    const high = Math.max(open, last) + up * wick;
    const low = Math.max(1, Math.min(open, last) - down * wick);
    return { open: open / scale, high: high / scale, low: low / scale, close: last / scale, volume: wick * (up + down + 0.5) };
  });
}

function nextTick(last: number, move: number, style: PriceStyle): number {
  switch (style) {
    case 'ties':
      return 10_000 + (move % 2);
    case 'stretches':
      return move % 9 === 0 ? Math.max(1, last + (move % 4)) : last;
    case 'walk':
      return Math.max(1, last + Math.trunc(move / 10));
    case 'volatile':
      return Math.min(1e10, Math.max(1, Math.round(last * (1 + move / 2500))));
  }
}

function signalsOf(draws: readonly Draw[], missing: readonly number[], style: SignalStyle): Int8Array {
  let turn = 0;
  return Int8Array.from(draws, ({ say }, i) => {
    const either = say % 2 === 0 ? 1 : -1;
    switch (style) {
      case 'sparse':
        return say < 4 ? either : 0;
      case 'dense':
        return (say % 3) - 1;
      case 'alternating':
        return say < 25 ? (turn++ % 2 === 0 ? 1 : -1) : 0;
      case 'runs':
        if (say < 6) turn = either;
        return turn;
      case 'around gaps':
        return missing[i] === 1 || missing[i + 1] === 1 || say < 2 ? either : 0;
    }
  });
}

export function costs(): fc.Arbitrary<Costs> {
  return fc.record({
    feeRate: fc.constantFrom(0, 0.001, 0.00075, 0.01),
    feeFrom: fc.constantFrom(...FEE_SOURCES),
    slippage: fc.constantFrom(0, 0.0005, 0.02),
  });
}

export function sizings(): fc.Arbitrary<Sizing> {
  return fc.record({
    rule: fc.constantFrom(...SIZING_RULES),
    quoteAmount: fc.constantFrom(10, 100, 999.99, 5000),
    fraction: fc.constantFrom(0.01, 0.25, 0.5, 1),
  });
}

/** Steps and least values from "anything goes" to "nearly everything is refused" for an account of 1000 or so. */
export function lots(): fc.Arbitrary<Lot> {
  return fc.record({ quantityStep: fc.constantFrom(0, 0, 0.00001, 0.001, 0.1, 1, 7), minNotional: fc.constantFrom(0, 0, 5, 200, 950) });
}

export function rules(): fc.Arbitrary<TradingRules> {
  return fc.record({
    initialCapital: fc.constantFrom(1000, 1234.56, 1e6),
    fill: fc.constantFrom(...FILL_RULES),
    costs: costs(),
    sizing: sizings(),
    lot: lots(),
  });
}
