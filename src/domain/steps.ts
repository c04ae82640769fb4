/**
 * A value rounded to a whole number of steps, with the tolerance that decimal fractions need: 0.3 is three steps of 0.1,
 * although 0.3 / 0.1 is 2.9999999999999996 in doubles. A value within max(1e-9, 8 ulp) of a whole number is that number.
 *
 * @param step above 0
 * @returns the number of steps, an integer; multiply with `fromSteps`
 */
export function floorSteps(value: number, step: number): number {
  const ratio = value / step;
  const whole = Math.floor(ratio);
  return ratio - whole > 1 - tolerance(ratio) ? whole + 1 : whole;
}

/** Like `floorSteps`, upwards. */
export function ceilSteps(value: number, step: number): number {
  const ratio = value / step;
  const whole = Math.ceil(ratio);
  return whole - ratio > 1 - tolerance(ratio) ? whole - 1 : whole;
}

/** Like `floorSteps`, to the nearest; halves go up. */
export function nearestSteps(value: number, step: number): number {
  const ratio = value / step;
  const whole = Math.floor(ratio);
  return ratio - whole >= 0.5 - tolerance(ratio) ? whole + 1 : whole;
}

/** `steps * step` as the double that is nearest to the decimal result. */
export function fromSteps(steps: number, step: number): number {
  const decimals = decimalsOf(step);
  if (decimals === null) return steps * step;
  const scale = 10 ** decimals;
  return (steps * Math.round(step * scale)) / scale;
}

function tolerance(ratio: number): number {
  return Math.max(1e-9, 8 * Number.EPSILON * Math.abs(ratio));
}

function decimalsOf(step: number): number | null {
  for (let decimals = 0; decimals <= 12; decimals++) {
    const scale = 10 ** decimals;
    if (Math.round(step * scale) / scale === step) return decimals;
  }
  return null;
}
