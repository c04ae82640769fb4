/** A difference counts as zero when it is not above this share of its own scale: what is left then is rounding, at any price level. */
export const ZERO_SHARE = 1e-10;

/**
 * Whether `a` is above `b` by more than rounding can explain. What is equal by the rules of arithmetic is never above, however the
 * doubles fell, so the answer is the same when all prices are multiplied by 1e-8.
 *
 * @param scale size of what was added and subtracted to get `a` and `b`; `b` itself by default
 * @returns false when anything is undefined
 */
export function clearlyAbove(a: number, b: number, scale: number = b): boolean {
  return a - b > ZERO_SHARE * Math.abs(scale);
}
