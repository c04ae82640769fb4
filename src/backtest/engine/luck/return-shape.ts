import { shapeOf } from '../distribution.js';

/** What statistics of a Sharpe ratio need to know of the returns behind it. Everything per period, nothing annualised. */
export interface ReturnShape {
  /** mean / sample deviation (n - 1) */
  readonly sharpe: number;
  readonly count: number;
  /** Population moment. */
  readonly skew: number;
  /** Population moment: 3 for a normal distribution, NOT the excess. */
  readonly kurtosis: number;
}

/** @returns null when the returns do not vary: there is no Sharpe ratio then */
export function returnShape(returns: Float64Array): ReturnShape | null {
  const count = returns.length;
  const shape = shapeOf(returns);
  if (shape === null) return null;
  const sharpe = (shape.mean / shape.deviation) * Math.sqrt((count - 1) / count);
  return { sharpe, count, skew: shape.skew, kurtosis: shape.kurtosis };
}

/** Sharpe ratio per period alone; null when the returns do not vary. */
export function sharpeOf(returns: Float64Array): number | null {
  return returnShape(returns)?.sharpe ?? null;
}
