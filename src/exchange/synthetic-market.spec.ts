import fc from 'fast-check';

import { firstDifference } from '../../test/support/bits.js';
import { Candles, type CandleColumns } from '../domain/candles.js';
import { barOpenFrom, DAY_MS, periodsPerYear, timeframeMs, TIMEFRAMES, type Timeframe } from '../domain/timeframe.js';
import { SyntheticMarket } from './synthetic-market.js';

const MONDAY = Date.UTC(2024, 0, 1);
const WEEK = 7 * DAY_MS;

const columnsOf = ({ openTime, open, high, low, close, volume }: CandleColumns): Float64Array[] => [openTime, open, high, low, close, volume];

/** null when all columns are the same to the bit. */
function difference(actual: CandleColumns, expected: CandleColumns): unknown {
  const found = columnsOf(actual).map((column, c) => firstDifference(column, columnsOf(expected)[c]));
  return found.find((at) => at !== null) ?? null;
}

/** Candles of `factor` rows each: the first open, the highest high, the lowest low, the last close, all the volume. */
function coarser(fine: CandleColumns, factor: number): CandleColumns {
  const length = fine.openTime.length / factor;
  const each = (pick: (from: number, to: number) => number): Float64Array => Float64Array.from({ length }, (_, i) => pick(i * factor, (i + 1) * factor));
  return {
    openTime: each((from) => fine.openTime[from]),
    open: each((from) => fine.open[from]),
    high: each((from, to) => fine.high.subarray(from, to).reduce((a, b) => Math.max(a, b))),
    low: each((from, to) => fine.low.subarray(from, to).reduce((a, b) => Math.min(a, b))),
    close: each((_, to) => fine.close[to - 1]),
    // Whole units of 0.00001, which add up exactly.
    volume: each((from, to) => fine.volume.subarray(from, to).reduce((sum, volume) => sum + Math.round(volume * 1e5), 0) / 1e5),
  };
}

describe('the built-in market', () => {
  const market = new SyntheticMarket(1);

  it('is the same every time, whatever was asked before', () => {
    const expected = new SyntheticMarket(1).candles('BTC/USDT', '1h', MONDAY, MONDAY + WEEK);
    const other = new SyntheticMarket(1);
    other.candles('BTC/USDT', '1d', MONDAY - 9 * WEEK, MONDAY + 90 * WEEK);
    other.candles('ETH/USDT', '1h', MONDAY, MONDAY + DAY_MS);
    expect(difference(other.candles('BTC/USDT', '1h', MONDAY, MONDAY + WEEK), expected)).toBeNull();
    expect(difference(other.candles('BTC/USDT', '1h', MONDAY, MONDAY + WEEK), expected)).toBeNull();
  });

  it('tells of a time the same whatever range it is asked for, the future included', () => {
    const timeframes: readonly Timeframe[] = ['5m', '1h', '4h', '1d', '3d', '1w'];
    const whole = new Map(timeframes.map((timeframe) => [timeframe, Candles.of('BTC/USDT', timeframe, market.candles('BTC/USDT', timeframe, barOpenFrom(MONDAY, timeframe), barOpenFrom(MONDAY + 6 * WEEK, timeframe)))]));
    fc.assert(
      fc.property(fc.constantFrom(...timeframes), fc.nat(1000), fc.nat(1000), (timeframe, skipped, dropped) => {
        const all = whole.get(timeframe) as Candles;
        const from = skipped % all.length;
        const to = Math.max(from, all.length - (dropped % all.length));
        const fresh = new SyntheticMarket(1).candles('BTC/USDT', timeframe, all.openTime[from], all.openTime[0] + to * timeframeMs(timeframe));
        expect(difference(fresh, all.slice(from, to))).toBeNull();
      }),
      { numRuns: 40 },
    );
  });

  it('begins with the epoch', () => {
    const days = Candles.of('BTC/USDT', '1h', market.candles('BTC/USDT', '1h', 0, 3 * DAY_MS));
    expect(difference(market.candles('BTC/USDT', '1h', 0, DAY_MS), days.slice(0, 24))).toBeNull();
  });

  it.each(TIMEFRAMES)('makes valid candles of %s, in cents, exactly out of its minutes', (timeframe) => {
    const from = barOpenFrom(MONDAY, timeframe);
    const to = from + 21 * DAY_MS;
    const made = market.candles('SOL/USDT', timeframe, from, to);
    expect(Candles.of('SOL/USDT', timeframe, made).ticksOf('close')?.scale).toBeLessThanOrEqual(100);
    const minutes = market.candles('SOL/USDT', '1m', from, to);
    expect(difference(made, coarser(minutes, timeframeMs(timeframe) / 60_000))).toBeNull();
  });

  it('makes coarser candles out of any finer ones', () => {
    const hours = market.candles('BTC/USDT', '1h', MONDAY, MONDAY + 4 * WEEK);
    for (const [timeframe, factor] of [['4h', 4], ['1d', 24], ['1w', 168]] as const) {
      expect(difference(market.candles('BTC/USDT', timeframe, MONDAY, MONDAY + 4 * WEEK), coarser(hours, factor))).toBeNull();
    }
  });

  it('opens where it closed, to a cent, and trades something every minute', () => {
    const { open, close, volume } = market.candles('BTC/USDT', '1m', MONDAY, MONDAY + WEEK);
    let widest = 0;
    for (let i = 1; i < open.length; i++) widest = Math.max(widest, Math.abs(Math.round((open[i] - close[i - 1]) * 100)));
    expect(widest).toBeLessThanOrEqual(1);
    expect(volume.reduce((a, b) => Math.min(a, b))).toBeGreaterThan(0);
  });

  it('is another one for every seed and every symbol', () => {
    const closes = [
      ...[1, 2, 3, 4294967295].map((seed) => new SyntheticMarket(seed).candles('BTC/USDT', '1d', MONDAY, MONDAY + WEEK).close),
      ...['ETH/USDT', 'BTC/EUR', 'DOGE/USDT', 'X/Y'].map((symbol) => market.candles(symbol, '1d', MONDAY, MONDAY + WEEK).close),
    ];
    expect(new Set(closes.map(String)).size).toBe(closes.length);
  });

  it('has no candles of an empty range', () => {
    expect(market.candles('BTC/USDT', '1h', MONDAY, MONDAY).openTime).toHaveLength(0);
  });
});

describe('the habits of the built-in market', () => {
  const mean = (values: Float64Array): number => values.reduce((a, b) => a + b, 0) / values.length;
  const moment = (values: Float64Array, power: number): number => {
    const centre = mean(values);
    return mean(values.map((value) => (value - centre) ** power));
  };
  const correlation = (values: Float64Array, lag: number): number => {
    const centre = mean(values);
    let sum = 0;
    for (let i = lag; i < values.length; i++) sum += (values[i] - centre) * (values[i - lag] - centre);
    return sum / values.length / moment(values, 2);
  };

  describe.each([1, 2, 3])('with seed %i, over two years of hours', (seed) => {
    const { close } = new SyntheticMarket(seed).candles('BTC/USDT', '1h', MONDAY, MONDAY + 104 * WEEK);
    const returns = close.slice(1).map((price, i) => Math.log(price / close[i]));
    const sizes = returns.map(Math.abs);

    it('swings as much as real coins do', () => {
      const volatility = Math.sqrt(moment(returns, 2) * periodsPerYear('1h'));
      expect(volatility).toBeGreaterThan(0.3);
      expect(volatility).toBeLessThan(1.5);
    });

    it('has fat tails', () => {
      expect(moment(returns, 4) / moment(returns, 2) ** 2 - 3).toBeGreaterThan(3);
    });

    it('moves much after it moved much', () => {
      expect(correlation(sizes, 1)).toBeGreaterThan(0.1);
      expect(correlation(sizes, 24)).toBeGreaterThan(0.05);
    });

    it('gives its next move away as little as a real one', () => {
      expect(Math.abs(correlation(returns, 1))).toBeLessThan(0.05);
    });

    it('neither dies nor runs away', () => {
      expect(close.reduce((a, b) => Math.min(a, b))).toBeGreaterThan(1000);
      expect(close.reduce((a, b) => Math.max(a, b))).toBeLessThan(1e6);
    });
  });
});
