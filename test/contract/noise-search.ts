import { cscv } from '../../src/backtest/engine/luck/cscv.js';
import { deflatedSharpe } from '../../src/backtest/engine/luck/deflated-sharpe.js';
import { holm } from '../../src/backtest/engine/luck/multiple-testing.js';
import { probabilisticSharpe } from '../../src/backtest/engine/luck/probabilistic-sharpe.js';
import { returnShape, type ReturnShape } from '../../src/backtest/engine/luck/return-shape.js';
import { studentTwoSided } from '../../src/backtest/engine/luck/student.js';
import type { Random } from '../../src/domain/random.js';

/** Strategies without any edge: independent normal returns of 2 % a day. */
export function noiseColumns(count: number, rows: number, random: Random): Float64Array[] {
  return Array.from({ length: count }, () => Float64Array.from({ length: rows }, () => 0.02 * random.normal()));
}

/** Shares of searches through noise in which the best trial looks like skill, by three measures. */
export interface FalseAlarms {
  readonly probabilistic: number;
  readonly deflated: number;
  readonly holm: number;
}

/** Best of `trials` worthless strategies over `days`, again and again. */
export function searchNoise(searches: number, trials: number, days: number, random: Random): FalseAlarms {
  let [probabilistic, deflated, adjusted] = [0, 0, 0];
  for (let search = 0; search < searches; search++) {
    const shapes = noiseColumns(trials, days, random).map((returns) => returnShape(returns) as ReturnShape);
    const best = shapes.reduce((most, shape) => (shape.sharpe > most.sharpe ? shape : most));
    const mean = shapes.reduce((sum, { sharpe }) => sum + sharpe / trials, 0);
    const variance = shapes.reduce((sum, { sharpe }) => sum + (sharpe - mean) ** 2, 0) / (trials - 1);
    const pValues = shapes.map(({ sharpe }) => {
      const tail = studentTwoSided(sharpe * Math.sqrt(days), days - 1) / 2;
      return sharpe > 0 ? tail : 1 - tail;
    });
    probabilistic += Number(probabilisticSharpe(best) > 0.95) / searches;
    deflated += Number(deflatedSharpe(best, trials, variance).probability > 0.95) / searches;
    adjusted += Number(Math.min(...holm(pValues)) < 0.05) / searches;
  }
  return { probabilistic, deflated, holm: adjusted };
}

/** Mean probability of overfitting that is found in pure noise: half of it, since nothing is there to be found. */
export function meanNoisePbo(repetitions: number, random: Random): number {
  let sum = 0;
  for (let i = 0; i < repetitions; i++) sum += cscv(noiseColumns(20, 480, random), 8)?.pbo ?? NaN;
  return sum / repetitions;
}
