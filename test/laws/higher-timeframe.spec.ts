import fc from 'fast-check';

import { Candles } from '../../src/domain/candles.js';
import { higherMemory } from '../../src/domain/higher-candles.js';
import type { SignalFrame } from '../../src/domain/signal.js';
import { SyntheticMarket } from '../../src/exchange/synthetic-market.js';
import { IndicatorSet } from '../../src/strategy/indicator-set.js';
import { causality } from '../../src/verify/causality.js';
import { warmup } from '../../src/verify/warmup.js';
import { firstDifference } from '../support/bits.js';
import { candles as story, fetchedAlone } from '../support/candle-builder.js';
import { draws } from '../support/draws.js';
import { HigherTrendParams, HigherTrendStrategy } from '../support/higher-trend.strategy.js';
import { strategyRegistry } from '../support/strategies.js';
import { candlesOf, tapes } from '../support/tapes.js';

const NAME = 'higher_trend';
const registry = await strategyRegistry();
registry.register({ name: NAME, summary: '', version: '1', params: HigherTrendParams, strategy: new HigherTrendStrategy() });

const columnsOf = ({ signals, indicators }: SignalFrame): [string, ArrayLike<number>][] => [['signals', signals], ...Object.entries(indicators)];
const rowOf = (frame: SignalFrame, row: number): Record<string, number> => Object.fromEntries(columnsOf(frame).map(([name, column]) => [name, column[row]]));

describe('a strategy that looks at a longer timeframe', () => {
  it('knows no future: every beginning of a series has the beginning of its frame', () => {
    fc.assert(
      fc.property(tapes(), fc.integer({ min: 2, max: 8 }), (tape, window) => {
        const candles = candlesOf(tape, 90);
        const strategy = registry.bind(NAME, { window }, candles.timeframe);
        const whole = columnsOf(strategy.frame(candles));
        for (let n = 0; n <= candles.length; n++) {
          columnsOf(strategy.frame(candles.slice(0, n))).forEach(([name, column], k) => expect([name, n, firstDifference(column, Array.from(whole[k][1]).slice(0, n))]).toEqual([name, n, null]));
        }
      }),
      draws(20),
    );
  });

  it('knows the last of warmupBars + 1 rows, fetched alone, as it knows that row in the whole history', () => {
    fc.assert(
      fc.property(tapes(), fc.integer({ min: 2, max: 8 }), (tape, window) => {
        const { timeframe } = candlesOf(tape, 1);
        const strategy = registry.bind(NAME, { window }, timeframe);
        const rows = strategy.warmupBars + 1;
        const candles = candlesOf(tape, rows + 120);
        const whole = strategy.frame(candles);
        for (let end = rows; end <= candles.length; end += 5) {
          expect(rowOf(strategy.frame(fetchedAlone(candles.slice(end - rows, end))), rows - 1)).toStrictEqual(rowOf(whole, end - 1));
        }
      }),
      draws(15),
    );
  });

  it('passes the proofs of causality and of the warm-up, which is not longer than it has to be for the candle itself', () => {
    const from = Date.UTC(2024, 0, 3, 5);
    const hours = Candles.of('BTC/USDT', '1h', new SyntheticMarket(1).candles('BTC/USDT', '1h', from, from + 3000 * 3_600_000));
    const strategy = registry.bind(NAME, {}, '1h');
    expect(causality(strategy, hours, { cuts: 40 }).violations).toEqual([]);
    expect(warmup(strategy, hours).smallest).not.toBeNull();

    const memory = higherMemory(0, '1d', '1h');
    const last = (bars: number, row: number): number => fetchedAlone(hours.slice(row - bars, row + 1)).at('1d').close[bars];
    const rows = Array.from({ length: 48 }, (_, k) => 200 + k);
    expect(rows.every((row) => last(memory, row) === hours.at('1d').close[row])).toBe(true);
    expect(rows.some((row) => last(memory - 1, row) !== hours.at('1d').close[row])).toBe(true);
  });

  it('cannot be bound without the timeframe of the bars, since its warm-up follows from it', () => {
    expect(() => registry.bind(NAME, {})).toThrow('higher_trend: its warm-up depends on the timeframe of the bars, and it was bound without one');
  });
});

describe('indicators of a longer timeframe', () => {
  const market = story({ startMs: Date.UTC(2024, 0, 1) }).closes(...Array.from({ length: 40 }, (_, i) => 10 + ((i * 7) % 11))).build();
  const set = new IndicatorSet(market);

  it('are those of its candles, each from the bar on at which its candle closes', () => {
    const alone = new IndicatorSet(market.at('4h').candles);
    const found = set.at('4h').bollinger('close', 3, 2);
    for (const band of ['lower', 'middle', 'upper'] as const) {
      for (let row = 0; row < market.length; row++) {
        const candle = Math.floor((row + 1) / 4) - 1;
        expect([band, row, found[band][row]]).toEqual([band, row, candle < 0 ? NaN : alone.bollinger('close', 3, 2)[band][candle]]);
      }
    }
  });

  it('may be made of each other, and are worked out once', () => {
    const first = set.at('4h').keltner(3, 3, 2);
    expect(set.at('4h').keltner(3, 3, 2)).toBe(first);
    // The channel has asked for this average in its own timeframe; asked from here it is seen from the bars.
    const alone = new IndicatorSet(market.at('4h').candles).ema('close', 3);
    expect([...set.at('4h').ema('close', 3).slice(-5)]).toEqual([alone[8], alone[8], alone[8], alone[8], alone[9]]);
  });

  it('keep their marks for a whole candle, and have none before the first', () => {
    const { turns } = set.at('4h').supertrend(2, 1);
    const alone = new IndicatorSet(market.at('4h').candles).supertrend(2, 1).turns;
    expect(turns).toBeInstanceOf(Int8Array);
    expect([...turns]).toEqual(Array.from({ length: 40 }, (_, row) => alone[Math.floor((row + 1) / 4) - 1] ?? 0));
  });
});
