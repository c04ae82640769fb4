import { ZERO_SHARE } from './zero.js';

/**
 * Where a value lies between two bounds: 0 on the lower one, 100 on the upper one.
 *
 * @param scale size of the values themselves; a range that is not above 1e-10 of it is none
 * @returns 50 where there is no range, NaN where anything is undefined
 */
export function placeInRange(value: number, low: number, high: number, scale: number): number {
  const range = high - low;
  return range <= ZERO_SHARE * scale ? 50 : (100 * (value - low)) / range;
}
