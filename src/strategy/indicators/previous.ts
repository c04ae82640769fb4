import { undefinedColumn } from './defined.js';

/**
 * The column as it stood a bar before: what a bar can be compared with without having helped to make it.
 *
 * @returns same length; the first row is NaN
 */
export function previous(values: Float64Array): Float64Array {
  const before = undefinedColumn(values.length);
  before.set(values.subarray(0, -1), Math.min(1, values.length));
  return before;
}
