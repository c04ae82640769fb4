const ROOT_OF_TWO_PI = Math.sqrt(2 * Math.PI);
/** Up to here the series converges quickly, from here on the continued fraction does. */
const SERIES_LIMIT = 3;

/** Density of the standard normal distribution. */
export function normalDensity(x: number): number {
  return Math.exp(-0.5 * x * x) / ROOT_OF_TWO_PI;
}

/**
 * Distribution function of the standard normal distribution, good to 1e-13 relative in the lower tail: small probabilities keep their
 * digits. For the upper tail ask for `normalCdf(-x)`.
 */
export function normalCdf(x: number): number {
  if (x < -SERIES_LIMIT) return lowerTail(-x);
  if (x > SERIES_LIMIT) return 1 - lowerTail(x);
  let term = x;
  let sum = x;
  for (let k = 3; Math.abs(term) > 1e-18 * Math.abs(sum); k += 2) {
    term *= (x * x) / k;
    sum += term;
  }
  return 0.5 + normalDensity(x) * sum;
}

/** P(X < -x) for large x: Laplace's continued fraction, from its end. */
function lowerTail(x: number): number {
  if (x > 39) return 0;
  let fraction = x;
  for (let k = 200; k >= 1; k--) fraction = x + k / fraction;
  return normalDensity(x) / fraction;
}

/**
 * The value below which a standard normal variable lies with this probability.
 *
 * @returns -Infinity for 0, Infinity for 1, NaN outside
 */
export function normalQuantile(probability: number): number {
  if (!(probability >= 0 && probability <= 1)) return NaN;
  if (probability === 0 || probability === 1) return probability === 0 ? -Infinity : Infinity;
  if (probability > 0.5) return -normalQuantile(1 - probability);
  // Hastings (1955) to three digits, then Halley's steps, each of which triples them.
  const t = Math.sqrt(-2 * Math.log(probability));
  let x = -(t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))));
  for (let step = 0; step < 3; step++) {
    const error = (normalCdf(x) - probability) / normalDensity(x);
    x -= error / (1 + (x * error) / 2);
  }
  return x;
}
