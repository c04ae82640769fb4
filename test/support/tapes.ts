import fc from 'fast-check';

import { Candles } from '../../src/domain/candles.js';
import { Random } from '../../src/domain/random.js';
import { places } from './arbitraries.js';
import { fromBars, type Bar, type Place } from './candle-builder.js';

/** A stretch of one behaviour: no move at all, one tick around a level, a random walk, leaps, a drift, or no candles. */
export const BEHAVIOURS = ['flat', 'ties', 'walk', 'leaps', 'drift', 'gap'] as const;

export interface Stretch {
  readonly behaviour: (typeof BEHAVIOURS)[number];
  readonly bars: number;
}

/** A recipe for a series of any length: its stretches are played in turn, over and over. */
export interface Tape {
  readonly stretches: readonly Stretch[];
  readonly decimals: number;
  readonly seed: number;
  readonly place: Place;
}

/** Rich in ties: flat stretches last from a bar to longer than any window and than the memory of a crossing. */
export function tapes(mostDecimals = 8): fc.Arbitrary<Tape> {
  const lengths = fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 13, max: 140 }), fc.integer({ min: 590, max: 720 }));
  return fc.record({
    stretches: fc.array(fc.record({ behaviour: fc.constantFrom(...BEHAVIOURS), bars: lengths }), { minLength: 1, maxLength: 8 }),
    decimals: fc.integer({ min: 0, max: mostDecimals }),
    seed: fc.nat(),
    place: places(),
  });
}

/** @param factor what every price is multiplied with; the price is still the double nearest to the decimal */
export function candlesOf({ stretches, decimals, seed, place }: Tape, bars: number, factor: '1e-8' | '1' | '1e6' = '1'): Candles {
  const random = new Random(seed);
  const multiplier = factor === '1e6' ? 1e6 : 1;
  const scale = 10 ** (factor === '1e-8' ? decimals + 8 : decimals);
  const price = (tick: number): number => (tick * multiplier) / scale;
  const made: Bar[] = [];
  const marks: number[] = [];
  let last = 5000;
  for (let turn = 0; made.length < bars; turn++) {
    const { behaviour, bars: length } = stretches[turn % stretches.length];
    const drift = random.integer(7) - 3;
    for (let i = 0; i < length && made.length < bars; i++) {
      const open = last;
      if (behaviour === 'ties') last = 5000 + random.integer(3);
      if (behaviour === 'walk') last += random.integer(21) - 10;
      if (behaviour === 'leaps') last = Math.round(last * (0.7 + 0.6 * random.float()));
      if (behaviour === 'drift') last += drift;
      last = Math.min(Math.max(last, 20), 1e6);
      const missing = behaviour === 'gap' && made.length > 0;
      const wick = missing || behaviour === 'flat' ? 0 : random.integer(5);
      const high = Math.max(open, last) + wick;
      const low = Math.min(open, last) - wick;
      made.push({ open: price(open), high: price(high), low: price(low), close: price(last), volume: missing ? 0 : random.float() * 100 });
      marks.push(Number(missing));
    }
  }
  return fromBars(made, marks, place);
}

/**
 * The same market in prices that no decimal can write, far below one: a double above a thousand may well be a decimal of twelve
 * digits by chance.
 */
export function withoutDecimals({ symbol, timeframe, openTime, open, high, low, close, volume, missing }: Candles): Candles {
  const moved = (column: Float64Array): Float64Array => column.map((price) => price * 1e-8 * Math.SQRT2);
  return Candles.of(symbol, timeframe, { openTime, open: moved(open), high: moved(high), low: moved(low), close: moved(close), volume }, missing);
}
