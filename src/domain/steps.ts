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

/**
 * The most steps of a quantity that a budget pays for: steps * step * price * (1 + onTop) <= budget. Where doubles cannot tell, within the
 * tolerance of `floorSteps`, the numbers are taken as the decimals that they are written as, and the answer is exact: a budget is never
 * overdrawn, and an order of exactly the budget is not one step short.
 *
 * @param onTop share of the value that is paid besides it
 */
export function affordableSteps(budget: number, price: number, onTop: number, step: number): number {
  const quantity = budget / (price * (1 + onTop));
  const ratio = quantity / step;
  const nearest = Math.round(ratio);
  if (Math.abs(ratio - nearest) > tolerance(ratio) || !Number.isSafeInteger(nearest)) return floorSteps(quantity, step);
  return nearest > 0 && costsMoreThan(budget, nearest, step, price, onTop) ? nearest - 1 : nearest;
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

function costsMoreThan(budget: number, steps: number, step: number, price: number, onTop: number): boolean {
  const rate = decimalOf(onTop);
  const factor = { digits: 10n ** BigInt(rate.places) + rate.digits, places: rate.places };
  const parts = [decimalOf(step), decimalOf(price), factor];
  const cost = parts.reduce((product, { digits, places }) => ({ digits: product.digits * digits, places: product.places + places }), { digits: BigInt(steps), places: 0 });
  const limit = decimalOf(budget);
  const places = Math.max(cost.places, limit.places);
  return cost.digits * 10n ** BigInt(places - cost.places) > limit.digits * 10n ** BigInt(places - limit.places);
}

/** The decimal that a double's shortest text is: digits / 10^places. */
function decimalOf(value: number): { readonly digits: bigint; readonly places: number } {
  const [mantissa, exponent = '0'] = String(value).split('e');
  const [whole, fraction = ''] = mantissa.split('.');
  const places = fraction.length - Number(exponent);
  const digits = BigInt(whole + fraction);
  return places < 0 ? { digits: digits * 10n ** BigInt(-places), places: 0 } : { digits, places };
}

function tolerance(ratio: number): number {
  return Math.max(1e-9, 8 * Number.EPSILON * Math.abs(ratio));
}

/** Decimals of a number; null when it has more than 12. */
export function decimalsOf(step: number): number | null {
  for (let decimals = 0; decimals <= 12; decimals++) {
    const scale = 10 ** decimals;
    if (Math.round(step * scale) / scale === step) return decimals;
  }
  return null;
}
