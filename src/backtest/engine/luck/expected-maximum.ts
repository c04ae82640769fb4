import { normalCdf, normalDensity, normalQuantile } from './normal.js';

const EULER_MASCHERONI = 0.5772156649015329;

/**
 * Expected largest of `count` independent standard normal variables, by extreme value theory (Bailey and Lopez de Prado 2014).
 *
 * @param count at least 1, not necessarily whole: an effective number of trials
 * @returns 0 for 1, where the formula would give minus infinity
 */
export function expectedMaximum(count: number): number {
  if (count <= 1) return 0;
  return (1 - EULER_MASCHERONI) * -normalQuantile(1 / count) + EULER_MASCHERONI * -normalQuantile(1 / (count * Math.E));
}

/** The same by integration of x times its density. The integrand is smooth and dies away, so even steps converge at once. */
export function exactExpectedMaximum(count: number): number {
  const step = 1 / 64;
  let sum = 0;
  for (let k = -640; k <= 640; k++) {
    const x = k * step;
    sum += x * normalDensity(x) * Math.exp((count - 1) * logNormalCdf(x));
  }
  return count * step * sum;
}

function logNormalCdf(x: number): number {
  return x < 0 ? Math.log(normalCdf(x)) : Math.log1p(-normalCdf(-x));
}

/** Years without which the best of `trials` worthless strategies is expected to show this annual Sharpe ratio. */
export function minimumBacktestYears(trials: number, targetSharpe: number): number {
  return (expectedMaximum(trials) / targetSharpe) ** 2;
}
