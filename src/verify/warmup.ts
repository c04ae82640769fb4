import type { Candles } from '../domain/candles.js';
import type { BoundStrategy } from '../strategy/trading-strategy.js';
import { answer } from './causality.js';
import { frameDifference, type Answer } from './frame-difference.js';
import { aloneInMemory } from './other-series.js';

/** What a shorter warm-up than the declared one would do. */
export interface CappedWarmup {
  readonly warmupBars: number;
  /** Share of the rows tried whose signal comes out otherwise. */
  readonly otherSignals: number;
  /** Largest deviation of an indicator, relative to its own value; null where the strategy shows none. */
  readonly worstDeviation: number | null;
  readonly worstIndicator: string | null;
}

export interface WarmupVerdict {
  readonly declared: number;
  /** Smallest warm-up from which on every row tried is the same to the bit; null when the declared one is not enough. */
  readonly smallest: number | null;
  readonly rowsTried: number;
  readonly capped: readonly CappedWarmup[];
}

const ROWS = 48;
/** Shares of the declared warm-up, and the candles that one request usually brings. */
const CAPS = [0.5, 0.25, 0.1];
const ONE_REQUEST = 1000;

/** How many bars before a row a strategy really needs for it, on these candles, against what it declares. Pure. */
export function warmup(strategy: BoundStrategy, candles: Candles): WarmupVerdict {
  const declared = strategy.warmupBars;
  const rows = rowsToTry(candles.length, declared);
  const whole = answer(strategy, candles);
  const enough = (bars: number): boolean => rows.every((row) => frameDifference(windowed(strategy, candles, row, bars), whole, row, row + 1, row - bars) === null);
  const caps = [...new Set([...CAPS.map((share) => Math.floor(share * declared)), ...(declared >= ONE_REQUEST ? [ONE_REQUEST - 1] : [])])].filter((bars) => bars > 0 && bars < declared).sort((a, b) => b - a);
  return {
    declared,
    smallest: rows.length > 0 && enough(declared) ? smallestOf(declared, enough) : null,
    rowsTried: rows.length,
    capped: rows.length === 0 ? [] : caps.map((bars) => cappedAt(strategy, candles, whole, rows, bars)),
  };
}

/** The smallest number from which on it is enough, supposing that more never hurts. */
function smallestOf(declared: number, enough: (bars: number) => boolean): number {
  let [tooFew, good] = [-1, declared];
  while (good - tooFew > 1) {
    const middle = Math.floor((tooFew + good) / 2);
    if (enough(middle)) good = middle;
    else tooFew = middle;
  }
  return good;
}

function cappedAt(strategy: BoundStrategy, candles: Candles, whole: Answer, rows: readonly number[], bars: number): CappedWarmup {
  let others = 0;
  let worst = { deviation: -1, indicator: null as string | null };
  for (const row of rows) {
    const { frame } = windowed(strategy, candles, row, bars);
    if (frame.signals[bars] !== whole.frame.signals[row]) others++;
    for (const [indicator, column] of Object.entries(whole.frame.indicators)) {
      const [known, exact] = [frame.indicators[indicator]?.[bars] ?? NaN, column[row]];
      const deviation = Object.is(known, exact) ? 0 : Number.isNaN(known) || Number.isNaN(exact) ? Infinity : Math.abs(known - exact) / (Math.abs(exact) || 1);
      if (deviation > worst.deviation) worst = { deviation, indicator };
    }
  }
  return { warmupBars: bars, otherSignals: others / rows.length, worstDeviation: worst.deviation < 0 ? null : worst.deviation, worstIndicator: worst.indicator };
}

function windowed(strategy: BoundStrategy, candles: Candles, row: number, bars: number): Answer {
  return answer(strategy, aloneInMemory(candles, row - bars, row + 1));
}

/** Rows with the whole warm-up before them, spread over the series. */
function rowsToTry(length: number, warmupBars: number): number[] {
  const count = Math.min(ROWS, length - warmupBars);
  if (count <= 0) return [];
  return Array.from({ length: count }, (_, k) => warmupBars + Math.floor(((k + 1) * (length - warmupBars)) / count) - 1);
}
