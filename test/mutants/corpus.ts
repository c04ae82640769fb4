import type { Candles } from '../../src/domain/candles.js';
import { listSignals, type SignalFrame } from '../../src/domain/signal.js';
import { IndicatorSet } from '../../src/strategy/indicator-set.js';
import { rollingMemory } from '../../src/strategy/indicators/rolling.js';
import type { BoundStrategy } from '../../src/strategy/trading-strategy.js';

/** A strategy that looks ahead, or one that only looks as if it did. */
export interface Specimen {
  readonly name: string;
  /** How it cheats; null when it is honest. */
  readonly cheat: string | null;
  readonly strategy: BoundStrategy;
}

type Frame = (candles: Candles) => { readonly indicator: Float64Array; readonly buy: (i: number) => boolean; readonly sell: (i: number) => boolean };

function specimen(name: string, cheat: string | null, warmupBars: number, frame: Frame): Specimen {
  const frameOf = (candles: Candles): SignalFrame => {
    const { indicator, buy, sell } = frame(candles);
    const signals = Int8Array.from({ length: candles.length }, (_, i) => (buy(i) ? 1 : sell(i) ? -1 : 0));
    return { signals, indicators: { value: indicator } };
  };
  return { name, cheat, strategy: { name, version: '1', params: {}, warmupBars, frame: frameOf, signals: (candles) => listSignals(frameOf(candles).signals) } };
}

const column = (length: number, value: (i: number) => number): Float64Array => Float64Array.from({ length }, (_, i) => value(i));
const above = (values: Float64Array, level: (i: number) => number) => ({ buy: (i: number) => values[i] > level(i), sell: (i: number) => values[i] < level(i) });
const byLevel = (indicator: Float64Array, level: (i: number) => number): ReturnType<Frame> => ({ indicator, ...above(indicator, level) });
const meanOf = (values: ArrayLike<number>, from: number, to: number): number => {
  let sum = 0;
  for (let i = from; i < to; i++) sum += values[i];
  return sum / (to - from);
};
const spread = (values: ArrayLike<number>, mean: number): number => Math.sqrt(Array.from(values, (v) => (v - mean) ** 2).reduce((a, b) => a + b, 0) / values.length);
const sma = (values: Float64Array, n: number): Float64Array => column(values.length, (i) => (i + 1 < n ? NaN : meanOf(values, i + 1 - n, i + 1)));

/** Exponential average of closes from a given first value. */
function ema(values: Float64Array, n: number, seed: number): Float64Array {
  let last = seed;
  return column(values.length, (i) => (last += (2 / (n + 1)) * (values[i] - last)));
}

/** The last closed candle of `k` bars on the grid of absolute bar numbers: its close, known from its end on. */
const higherClose = (candles: Candles, k: number, closedOnly: boolean): Float64Array => {
  const number = (i: number): number => Math.floor(candles.openTime[i] / candles.timeframeMs / k);
  return column(candles.length, (i) => {
    let end = i;
    if (closedOnly) {
      // Bar i is the last of its candle when the next bar belongs to another one.
      const next = Math.floor((candles.openTime[i] / candles.timeframeMs + 1) / k);
      if (next === number(i)) while (end >= 0 && number(end) === number(i)) end--;
    } else {
      while (end + 1 < candles.length && number(end + 1) === number(i)) end++;
    }
    return end < 0 ? NaN : candles.close[end];
  });
};

/** Four hours by `candles.at`, moved by so many bars: honest at 0. */
const fourHours = (candles: Candles, moved: number): Float64Array => {
  const { close } = candles.at('4h');
  return column(close.length, (i) => close[Math.min(Math.max(i + moved, 0), close.length - 1)]);
};

/** Candles of `k` bars counted from the first row, whatever its time: another beginning makes other candles. */
const closeByRow = (candles: Candles, k: number): Float64Array => column(candles.length, (i) => candles.close[i - ((i + 1) % k)] ?? NaN);

const K = 24;

/** The mutants of published look-ahead bugs, and strategies that are honest although they resemble them. */
export const CORPUS: readonly Specimen[] = [
  specimen('next_close', 'compares with the next close', 1, ({ close }) => byLevel(column(close.length, (i) => close[i + 1] ?? close[i]), (i) => close[i])),
  specimen('next_close_after_moves', 'compares with the next close, only after big moves', 2, ({ close, length }) => {
    const big = (i: number): boolean => i > 0 && Math.abs(close[i] / close[i - 1] - 1) > 0.01;
    return byLevel(column(length, (i) => (big(i) ? (close[i + 1] ?? close[i]) : close[i])), (i) => close[i]);
  }),
  specimen('fractal_low', 'stamps a low on its own bar, known two bars later', 3, ({ low, length }) => {
    const isLow = (i: number): boolean => i >= 2 && i + 2 < length && [1, 2].every((d) => low[i] < low[i - d] && low[i] < low[i + d]);
    const marks = column(length, (i) => (isLow(i) ? low[i] : NaN));
    return { indicator: marks, buy: (i) => !Number.isNaN(marks[i]), sell: (i) => i % 17 === 0 };
  }),
  specimen('centred_average', 'averages over bars on both sides', 10, ({ close, length }) => byLevel(column(length, (i) => meanOf(close, Math.max(0, i - 5), Math.min(length, i + 6))), (i) => close[i])),
  specimen('z_score', 'normalises with mean and deviation of the whole sample', 1, ({ close }) => {
    const mean = meanOf(close, 0, close.length);
    const sd = spread(close, mean);
    return byLevel(column(close.length, (i) => (sd > 0 ? (close[i] - mean) / sd : 0)), () => 0);
  }),
  specimen('min_max', 'scales between the extremes of the whole sample', 1, ({ close }) => {
    const [low, high] = [Math.min(...close), Math.max(...close)];
    return byLevel(column(close.length, (i) => (high > low ? (close[i] - low) / (high - low) : 0.5)), () => 0.5);
  }),
  specimen('volume_quantile', 'compares volume with a quantile of the whole sample', 1, ({ close, volume }) => {
    const level = [...volume].sort((a, b) => a - b)[Math.floor(0.9 * volume.length)] ?? 0;
    return { indicator: column(close.length, (i) => (volume[i] > level ? 1 : 0)), buy: (i) => volume[i] > level, sell: (i) => i > 0 && close[i] < close[i - 1] };
  }),
  specimen('open_higher_candle', 'uses a candle of a higher timeframe before it has closed', 2 * K, (candles) => byLevel(higherClose(candles, K, false), (i) => candles.close[i])),
  specimen('seeded_by_mean', 'seeds a recursion with the mean of the whole sample', 700, ({ close }) => byLevel(ema(close, 20, meanOf(close, 0, close.length)), (i) => close[i])),
  specimen('interpolated', 'draws a line to a later point', 10, ({ close, length }) => {
    const knot = (i: number): number => close[Math.min(i, length - 1)];
    return byLevel(column(length, (i) => knot(i - (i % 10)) + ((i % 10) / 10) * (knot(i - (i % 10) + 10) - knot(i - (i % 10)))), (i) => close[i]);
  }),
  specimen('fourier', 'smooths with the lowest frequencies of the whole sample', 1, ({ close, length }) => {
    const terms = Array.from({ length: 4 }, (_, k) => {
      const angle = (i: number): number => (2 * Math.PI * k * i) / length;
      return { k, re: close.reduce((s, c, i) => s + c * Math.cos(angle(i)), 0) / length, im: close.reduce((s, c, i) => s - c * Math.sin(angle(i)), 0) / length };
    });
    const at = (i: number): number => terms.reduce((s, { k, re, im }) => s + (k === 0 ? 1 : 2) * (re * Math.cos((2 * Math.PI * k * i) / length) - im * Math.sin((2 * Math.PI * k * i) / length)), 0);
    return byLevel(column(length, at), (i) => close[i]);
  }),
  specimen('back_filled', 'fills its warm-up with the first value it knows', 49, ({ close, length }) => {
    const average = sma(close, 50);
    const first = average.find((value) => !Number.isNaN(value)) ?? NaN;
    return byLevel(column(length, (i) => (Number.isNaN(average[i]) ? first : average[i])), (i) => close[i]);
  }),
  specimen('next_higher_candle', 'uses the close of the next candle of a higher timeframe', 2 * K, (candles) => {
    const closes = higherClose(candles, K, false);
    return byLevel(column(candles.length, (i) => closes[Math.min(i + K, candles.length - 1)]), (i) => candles.close[i]);
  }),
  specimen('higher_candle_early', 'sees a candle of a higher timeframe a bar before it closes', 8, (candles) => byLevel(fourHours(candles, 1), (i) => candles.close[i])),
  specimen('higher_by_open_time', 'joins candles of a higher timeframe to the bar at which they open', 8, (candles) => byLevel(fourHours(candles, 4), (i) => candles.close[i])),
  specimen('higher_average_early', 'averages over a higher candle that is not closed', 400, (candles) => {
    const average = new IndicatorSet(candles).at('4h').sma('close', 3);
    return byLevel(column(candles.length, (i) => average[Math.min(i + 1, candles.length - 1)]), (i) => candles.close[i]);
  }),
  specimen('higher_grid_of_rows', 'counts higher candles from the first row it is given', 30, (candles) => byLevel(closeByRow(candles, 4), (i) => candles.close[i])),
  specimen('short_memory', 'declares a shorter warm-up than it needs', 20, ({ close }) => byLevel(ema(close, 20, close[0] ?? NaN), (i) => close[i])),

  specimen('honest_average', null, 19, ({ close }) => byLevel(sma(close, 20), (i) => close[i])),
  specimen('honest_higher_candle', null, 2 * K, (candles) => byLevel(higherClose(candles, K, true), (i) => candles.close[i])),
  specimen('honest_four_hours', null, 7, (candles) => byLevel(fourHours(candles, 0), (i) => candles.close[i])),
  specimen('honest_four_hours_late', null, 11, (candles) => byLevel(fourHours(candles, -4), (i) => candles.close[i])),
  specimen('honest_higher_average', null, 4 * (rollingMemory(3) + 2), (candles) => byLevel(new IndicatorSet(candles).at('4h').sma('close', 3), (i) => candles.close[i])),
  specimen('honest_breakout', null, 20, ({ high, low, close, length }) => {
    const highest = column(length, (i) => (i < 20 ? NaN : Math.max(...high.subarray(i - 20, i))));
    const lowest = column(length, (i) => (i < 20 ? NaN : Math.min(...low.subarray(i - 20, i))));
    return { indicator: highest, buy: (i) => close[i] > highest[i], sell: (i) => close[i] < lowest[i] };
  }),
  specimen('honest_calendar', null, 0, ({ openTime, close }) => ({ indicator: column(close.length, (i) => new Date(openTime[i]).getUTCDay()), buy: (i) => new Date(openTime[i]).getUTCDay() === 1, sell: (i) => new Date(openTime[i]).getUTCDay() === 5 })),
];
