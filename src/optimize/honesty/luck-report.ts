import { shapeOf } from '../../backtest/engine/distribution.js';
import { blockLength } from '../../backtest/engine/luck/block-length.js';
import { bootstrapInterval, resample, totalReturnOf } from '../../backtest/engine/luck/bootstrap-interval.js';
import { cscv } from '../../backtest/engine/luck/cscv.js';
import { deflatedSharpe } from '../../backtest/engine/luck/deflated-sharpe.js';
import { effectiveTrials } from '../../backtest/engine/luck/effective-trials.js';
import { holm, sidakOf } from '../../backtest/engine/luck/multiple-testing.js';
import { probabilisticSharpe } from '../../backtest/engine/luck/probabilistic-sharpe.js';
import { realityCheck } from '../../backtest/engine/luck/reality-check.js';
import { returnShape, sharpeOf } from '../../backtest/engine/luck/return-shape.js';
import { drawStationary } from '../../backtest/engine/luck/stationary-bootstrap.js';
import { studentTwoSided } from '../../backtest/engine/luck/student.js';
import { Random } from '../../domain/random.js';

const DAYS_A_YEAR = 365;
const RESAMPLES = 2000;
/** For the chance of luck, where every trial of the sample is drawn again each time. */
const CHECK_RESAMPLES = 1000;
const BLOCKS = 8;
/** Fewer daily returns than these are too few for any of it. */
const LEAST_DAYS = 30;

/** How much of a winner may be the luck of having tried so often. Everything on the daily returns in sample. */
export interface LuckReport {
  /** Trials of this search, and of earlier ones on the same strategy and market. */
  readonly trials: number;
  readonly earlierTrials: number;
  /** Independent trials that all of them stand for. */
  readonly effectiveTrials: number;
  /** Days that the statistics are made of. */
  readonly days: number;
  /** Probability that the true ratio is above 0, for one trial that nobody chose. */
  readonly probabilistic: number;
  /** Probability that the winner is more than the luckiest of all trials, and of the effective ones. */
  readonly deflated: number;
  readonly deflatedEffective: number;
  /** Yearly ratio that the luckiest of the effective trials is expected to show. */
  readonly luckySharpe: number;
  /** p-value of the winner among all trials (Holm, one-sided): strict, since it takes no notice of how alike they are. */
  readonly holmP: number;
  /** Chance that a search like this one, of strategies as alike as these but without any edge, finds something as good. */
  readonly chanceOfLuck: number;
  /** Probability of backtest overfitting; null with too few trials or days. */
  readonly pbo: number | null;
  /** Trials whose returns it and the effective number are made of. */
  readonly sampled: number;
  /** 90 % intervals by stationary bootstrap. */
  readonly sharpeInterval: readonly [low: number, high: number];
  readonly returnInterval: readonly [low: number, high: number];
}

export interface LuckFacts {
  /** Daily ratio of every trial, per year; null where it is undefined. */
  readonly sharpes: readonly (number | null)[];
  readonly winner: number;
  /** Daily returns of the winner and of a sample of the trials, the winner among them. */
  readonly winnerReturns: Float64Array;
  readonly sampleReturns: readonly Float64Array[];
  readonly earlierTrials: number;
  readonly seed: number;
}

/** @returns null when there are too few days, or nothing varies */
export function luckReport({ sharpes, winner, winnerReturns, sampleReturns, earlierTrials, seed }: LuckFacts): LuckReport | null {
  const shape = returnShape(winnerReturns);
  const days = winnerReturns.length;
  if (shape === null || days < LEAST_DAYS) return null;
  const trials = sharpes.length + earlierTrials;
  const perDay = sharpes.flatMap((sharpe) => (sharpe === null ? [] : [sharpe / Math.sqrt(DAYS_A_YEAR)]));
  const variance = varianceOf(perDay);
  const effective = effectiveOf(sampleReturns, trials);
  const pValues = [...sharpes.map((sharpe) => pValueOf(sharpe, days)), ...Array<number>(earlierTrials).fill(1)];
  const indices = resamplesOf(winnerReturns, seed);
  const lucky = deflatedSharpe(shape, effective, variance);
  const chance = chanceAmong(sampleReturns, shape.sharpe, indices.slice(0, CHECK_RESAMPLES));
  return {
    trials: sharpes.length,
    earlierTrials,
    effectiveTrials: effective,
    days,
    probabilistic: probabilisticSharpe(shape),
    deflated: deflatedSharpe(shape, trials, variance).probability,
    deflatedEffective: lucky.probability,
    luckySharpe: lucky.threshold * Math.sqrt(DAYS_A_YEAR),
    holmP: holm(pValues)[winner],
    // The sample stands for itself; all trials together are a little more than it.
    chanceOfLuck: sidakOf(chance, Math.max(1, effective / effectiveOf(sampleReturns, sampleReturns.length))),
    pbo: cscv(sampleReturns, BLOCKS)?.pbo ?? null,
    sampled: sampleReturns.length,
    ...intervalsOf(winnerReturns, indices),
  };
}

/**
 * Independent trials that all of them stand for: the smaller of two estimates (by the mean correlation, and by the participation of
 * eigenvalues), carried over from a sample to all.
 */
function effectiveOf(sample: readonly Float64Array[], trials: number): number {
  const found = effectiveTrials(sample);
  if (found === null) return trials;
  const count = sample.length;
  const byCorrelation = found.averageCorrelation + (1 - found.averageCorrelation) * trials;
  const meanSquare = (count * count) / found.byParticipation / (count * (count - 1)) - 1 / (count - 1);
  const byParticipation = (trials * trials) / (trials + trials * (trials - 1) * meanSquare);
  return Math.max(1, Math.min(byCorrelation, byParticipation, trials));
}

function varianceOf(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}

/** Of a ratio above 0, for one trial that nobody chose. */
function pValueOf(sharpe: number | null, days: number): number {
  if (sharpe === null) return 1;
  const tail = studentTwoSided((sharpe / Math.sqrt(DAYS_A_YEAR)) * Math.sqrt(days), days - 1) / 2;
  return sharpe > 0 ? tail : 1 - tail;
}

/**
 * Chance that the best of these trials would show such a ratio if none had an edge: their returns without their means, drawn again and
 * again, the same days for all, so that what is alike stays alike (White's reality check on ratios).
 */
function chanceAmong(sample: readonly Float64Array[], sharpe: number, indices: readonly Int32Array[]): number {
  const scaled = sample.flatMap((returns) => {
    const shape = shapeOf(returns);
    return shape === null ? [] : [returns.map((r) => r / shape.deviation)];
  });
  if (scaled.length === 0) return 1;
  const { resampled } = realityCheck(scaled, indices);
  const bar = sharpe * Math.sqrt(sample[0].length);
  return (resampled.filter((value) => value >= bar).length + 1) / (resampled.length + 1);
}

function resamplesOf(returns: Float64Array, seed: number): Int32Array[] {
  const random = new Random(seed);
  const { stationary } = blockLength(returns);
  return Array.from({ length: RESAMPLES }, () => {
    const rows = new Int32Array(returns.length);
    drawStationary(rows, stationary, random);
    return rows;
  });
}

function intervalsOf(returns: Float64Array, indices: readonly Int32Array[]): Pick<LuckReport, 'sharpeInterval' | 'returnInterval'> {
  const interval = (statistic: (values: Float64Array) => number): readonly [number, number] => bootstrapInterval(statistic(returns), resample(returns, indices, statistic)).percentile;
  return { sharpeInterval: interval((values) => (sharpeOf(values) ?? 0) * Math.sqrt(DAYS_A_YEAR)), returnInterval: interval(totalReturnOf) };
}
