/** Two lines around a middle one, in units of the price. */
export interface Bands {
  readonly upper: Float64Array;
  readonly middle: Float64Array;
  readonly lower: Float64Array;
}

/** @returns `middle` with `multiplier * width` above and below; NaN where either is undefined */
export function bandsAround(middle: Float64Array, width: Float64Array, multiplier: number): Bands {
  const n = middle.length;
  const [upper, centre, lower] = [new Float64Array(n), new Float64Array(n), new Float64Array(n)];
  for (let i = 0; i < n; i++) {
    const distance = multiplier * width[i];
    upper[i] = middle[i] + distance;
    lower[i] = middle[i] - distance;
    centre[i] = Number.isNaN(distance) ? NaN : middle[i];
  }
  return { upper, middle: centre, lower };
}
