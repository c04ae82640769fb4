import type { Candles } from '../domain/candles.js';
import type { BoundStrategy } from '../strategy/trading-strategy.js';
import { cutPoints } from './cut-points.js';
import { frameDifference, listColumn, type Answer, type ValueDifference } from './frame-difference.js';
import { aloneInMemory, withOtherFuture } from './other-series.js';

/** `prefix`: the future was taken away. `future`: it was replaced by another one. `warmup`: older bars were taken away. */
export type CausalityCheck = 'prefix' | 'future' | 'warmup';

/** A row that came out otherwise although nothing that it may know had changed. */
export interface Violation extends ValueDifference {
  readonly check: CausalityCheck;
  /** Rows that were known (`prefix`, `future`), or rows that were taken away at the beginning (`warmup`). */
  readonly cut: number;
  /** Open of the row's bar, UTC ms. */
  readonly at: number;
}

export interface CausalityVerdict {
  readonly bars: number;
  readonly cuts: number;
  /** How often the strategy was run. */
  readonly runs: number;
  /** The first of each check; empty when the strategy knows no future and forgets what it says it forgets. */
  readonly violations: readonly Violation[];
  /** How many cuts of each check showed one. */
  readonly counts: Readonly<Record<CausalityCheck, number>>;
}

export interface CausalityOptions {
  /** About how many places are tried; every bar where there are 500 or fewer. */
  readonly cuts?: number;
  readonly seed?: number;
}

const USUAL_CUTS = 60;
/** How the other futures begin, as a multiple of the last price. */
const OTHER_STARTS = [1.07, 0.93];
/** Beginnings left out to see whether the declared warm-up is enough. */
const LATE_STARTS = [1, 7, 64, 257];

/**
 * Whether a strategy's past stays what it was, whatever comes. Three exact checks on every column: with the future cut off, with other
 * futures in its place, and with a later beginning. Pure; equal options give an equal verdict.
 */
export function causality(strategy: BoundStrategy, candles: Candles, { cuts = USUAL_CUTS, seed = 1 }: CausalityOptions = {}): CausalityVerdict {
  const whole = answer(strategy, candles);
  const points = cutPoints(candles, whole.frame.signals, strategy.warmupBars, cuts, seed);
  const found = new Violations(candles);
  let runs = 1;
  for (const cut of points) {
    runs += 1 + OTHER_STARTS.length;
    found.note('prefix', cut, frameDifference(answer(strategy, aloneInMemory(candles, 0, cut)), whole, 0, cut));
    OTHER_STARTS.forEach((start, k) => found.note('future', cut, frameDifference(answer(strategy, withOtherFuture(candles, cut, start, seed + cut * 2 + k)), whole, 0, cut)));
  }
  for (const late of LATE_STARTS) {
    const first = late + strategy.warmupBars;
    if (first >= candles.length) break;
    runs++;
    found.note('warmup', late, frameDifference(answer(strategy, aloneInMemory(candles, late, candles.length)), whole, first, candles.length, late));
  }
  return { bars: candles.length, cuts: points.length, runs, violations: [...found.first.values()], counts: found.counts };
}

export function answer(strategy: BoundStrategy, candles: Candles): Answer {
  return { frame: strategy.frame(candles), list: listColumn(strategy.signals(candles), candles.length) };
}

/** Keeps the first violation of each check and counts the rest. */
class Violations {
  readonly first = new Map<CausalityCheck, Violation>();
  readonly counts: Record<CausalityCheck, number> = { prefix: 0, future: 0, warmup: 0 };

  constructor(private readonly candles: Candles) {}

  note(check: CausalityCheck, cut: number, difference: ValueDifference | null): void {
    if (difference === null) return;
    this.counts[check]++;
    if (!this.first.has(check)) this.first.set(check, { check, cut, at: this.candles.openTime[difference.row], ...difference });
  }
}
