/** How many independent trials a set of similar ones stands for. */
export interface EffectiveTrials {
  /** Mean of the correlations off the diagonal. */
  readonly averageCorrelation: number;
  /** r + (1 - r) * N (Bailey and Lopez de Prado 2014). */
  readonly byCorrelation: number;
  /** N^2 / sum of squared correlations: participation ratio of the eigenvalues. */
  readonly byParticipation: number;
}

/**
 * @param trials returns of every trial, columns of equal length; one that does not vary correlates with itself only
 * @returns null for fewer than 2 trials
 */
export function effectiveTrials(trials: readonly Float64Array[]): EffectiveTrials | null {
  const count = trials.length;
  if (count < 2) return null;
  const standard = trials.map(standardised);
  let sum = 0;
  let squares = count; // the diagonal
  for (let i = 1; i < count; i++) {
    for (let j = 0; j < i; j++) {
      const correlation = dot(standard[i], standard[j]);
      sum += 2 * correlation;
      squares += 2 * correlation * correlation;
    }
  }
  const averageCorrelation = sum / (count * (count - 1));
  return { averageCorrelation, byCorrelation: averageCorrelation + (1 - averageCorrelation) * count, byParticipation: (count * count) / squares };
}

/** Centred and of length 1, so that products of two are correlations; all 0 where nothing varies. */
function standardised(returns: Float64Array): Float64Array {
  let mean = 0;
  for (let i = 0; i < returns.length; i++) mean += returns[i] / returns.length;
  const centred = new Float64Array(returns.length);
  let largest = 0;
  for (let i = 0; i < returns.length; i++) {
    centred[i] = returns[i] - mean;
    largest = Math.max(largest, Math.abs(returns[i]));
  }
  const length = Math.sqrt(dot(centred, centred));
  const varies = length > 1e-10 * largest * Math.sqrt(returns.length);
  for (let i = 0; i < centred.length; i++) centred[i] = varies ? centred[i] / length : 0;
  return centred;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
