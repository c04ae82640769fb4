import type { Random } from '../../../domain/random.js';
import { quantile } from '../distribution.js';
import { blockLength } from './block-length.js';
import { probabilisticSharpe } from './probabilistic-sharpe.js';
import { returnShape, type ReturnShape } from './return-shape.js';

/** What chance may have to do with a Sharpe ratio. */
export interface SharpeLuck {
  /** Of the returns, per period. */
  readonly shape: ReturnShape;
  /** Per year. */
  readonly sharpe: number;
  /** From the 5 % to the 95 % quantile of the resampled ratios, per year. */
  readonly interval: readonly [low: number, high: number];
  /** Probability that the true ratio is above 0 (probabilistic Sharpe ratio). */
  readonly probability: number;
  /** Expected length of the blocks that were resampled, periods. */
  readonly block: number;
  readonly resamples: number;
}

/** Draws of single rows that a report waits for: well below ten milliseconds. */
const MOST_DRAWS = 250_000;
const MOST_RESAMPLES = 1000;
/** Fewer would not tell a quantile of 5 %. */
const LEAST_RESAMPLES = 300;
/** Shorter series have no blocks to speak of. */
const LEAST_RETURNS = 10;

/**
 * A Sharpe ratio with its 90 % interval by the stationary bootstrap, and the probability that it is above 0. Of a strategy that was chosen
 * among others it says nothing: see `deflatedSharpe`.
 *
 * @param returns per period, in order
 * @returns null for fewer than 10 returns, and where they do not vary
 */
export function sharpeLuck(returns: Float64Array, periodsPerYear: number, random: Random): SharpeLuck | null {
  const shape = returns.length < LEAST_RETURNS ? null : returnShape(returns);
  if (shape === null) return null;
  const { stationary: block } = blockLength(returns);
  const resamples = Math.max(LEAST_RESAMPLES, Math.min(MOST_RESAMPLES, Math.floor(MOST_DRAWS / returns.length)));
  const ratios = new Float64Array(resamples);
  for (let k = 0; k < resamples; k++) ratios[k] = resampledRatio(returns, block, random);
  const perYear = Math.sqrt(periodsPerYear);
  return {
    shape,
    sharpe: shape.sharpe * perYear,
    interval: [quantile(ratios, 0.05) * perYear, quantile(ratios, 0.95) * perYear],
    probability: probabilisticSharpe(shape),
    block,
    resamples,
  };
}

const WORDS = 2 ** 32;

/**
 * Mean / sample deviation of one resample, drawn and summed in one go with one random word a row; 0 where nothing varies. Plain sums: the
 * fourth digit is noise anyway.
 */
function resampledRatio(returns: Float64Array, expectedBlock: number, random: Random): number {
  const n = returns.length;
  const jumpsBelow = WORDS / expectedBlock;
  const perWord = n / WORDS;
  let row = Math.floor(random.uint32() * perWord);
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < n; i++) {
    const r = returns[row];
    sum += r;
    squares += r * r;
    row = random.uint32() < jumpsBelow ? Math.floor(random.uint32() * perWord) : row + 1;
    if (row === n) row = 0;
  }
  const mean = sum / n;
  const variance = (squares - mean * sum) / (n - 1);
  return variance > 1e-12 * (squares / n) ? mean / Math.sqrt(variance) : 0;
}
