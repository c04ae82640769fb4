import { combinations } from './combinations.js';
import { lineThrough, type Line } from './line.js';

/** Probability of backtest overfitting, by combinatorially symmetric cross-validation. */
export interface Cscv {
  /** Rows at the start that did not fill a block. */
  readonly droppedRows: number;
  /** Share of splits in which the best of one half is in the lower half of the other. From one set of data a noisy number. */
  readonly pbo: number;
  /** Share of splits in which the best of one half loses in the other. */
  readonly probabilityOfLoss: number;
  /** Ratio out of sample on ratio in sample of the selected; null when one of them does not vary. Its slope is negative by construction. */
  readonly line: Line | null;
  readonly splits: readonly Split[];
}

export interface Split {
  /** The trial that was best in sample, the first of equals. */
  readonly selected: number;
  /** ln(w / (1 - w)) of its relative rank w out of sample: 0 in the middle, negative below. */
  readonly logit: number;
  /** Sharpe ratios per period; -Infinity where the trial did not vary: it is ranked last. */
  readonly inSample: number;
  readonly outOfSample: number;
}

/**
 * Bailey, Borwein, Lopez de Prado and Zhu (2017). Rows are cut into equal blocks; every choice of half of them is in sample once.
 *
 * @param trials returns of every trial, columns of equal length
 * @param blocks even; 16 in the paper (12 870 splits), 8 (70) or 10 (252) are enough for a look
 * @returns null for fewer than 2 trials or fewer than 2 rows per block
 */
export function cscv(trials: readonly Float64Array[], blocks: number): Cscv | null {
  const rows = Math.floor((trials[0]?.length ?? 0) / blocks);
  if (trials.length < 2 || rows < 2) return null;
  const droppedRows = trials[0].length - rows * blocks;
  const sums = trials.map((returns) => blockSums(returns, droppedRows, rows, blocks));
  const half = (rows * blocks) / 2;
  const [inside, outside] = [new Float64Array(trials.length), new Float64Array(trials.length)];
  const splits = combinations(blocks, blocks / 2).map((chosen) => {
    for (let k = 0; k < trials.length; k++) {
      const { sum, squares } = sums[k];
      let [sumIn, squaresIn, sumOut, squaresOut] = [0, 0, 0, 0];
      for (let block = 0; block < blocks; block++) {
        if (chosen[block] === 1) {
          sumIn += sum[block];
          squaresIn += squares[block];
        } else {
          sumOut += sum[block];
          squaresOut += squares[block];
        }
      }
      inside[k] = sharpeOfSums(sumIn, squaresIn, half);
      outside[k] = sharpeOfSums(sumOut, squaresOut, half);
    }
    return splitOf(inside, outside);
  });
  return {
    droppedRows,
    pbo: share(splits, ({ logit }) => logit <= 0),
    probabilityOfLoss: share(splits, ({ outOfSample }) => outOfSample < 0),
    line: lineThrough(splits.map(({ inSample, outOfSample }) => [inSample, outOfSample] as const)),
    splits,
  };
}

function blockSums(returns: Float64Array, first: number, rows: number, blocks: number): { readonly sum: Float64Array; readonly squares: Float64Array } {
  const [sum, squares] = [new Float64Array(blocks), new Float64Array(blocks)];
  for (let block = 0; block < blocks; block++) {
    const from = first + block * rows;
    for (let i = from; i < from + rows; i++) {
      sum[block] += returns[i];
      squares[block] += returns[i] * returns[i];
    }
  }
  return { sum, squares };
}

function sharpeOfSums(sum: number, squares: number, count: number): number {
  const spread = squares - (sum * sum) / count;
  // What is left of returns that do not vary is rounding.
  return spread > 1e-13 * squares ? sum / count / Math.sqrt(spread / (count - 1)) : -Infinity;
}

function splitOf(inside: Float64Array, outside: Float64Array): Split {
  let selected = 0;
  for (let k = 1; k < inside.length; k++) if (inside[k] > inside[selected]) selected = k;
  // Rank from 1 (worst), the mean rank among equals.
  let rank = 0.5;
  for (let k = 0; k < outside.length; k++) {
    if (outside[k] < outside[selected]) rank += 1;
    else if (outside[k] === outside[selected]) rank += 0.5;
  }
  const logit = Math.log(rank / (outside.length + 1 - rank));
  return { selected, logit, inSample: inside[selected], outOfSample: outside[selected] };
}

function share(splits: readonly Split[], accepts: (split: Split) => boolean): number {
  return splits.filter(accepts).length / splits.length;
}
