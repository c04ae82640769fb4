import { firstDefined, undefinedColumn } from './defined.js';

/** Unbounded memory: the level depends on where the series begins; only differences mean something. */
export const OBV_MEMORY = Infinity;

/**
 * On-balance volume (Granville 1963): volume added where the close rose and taken off where it fell, from the first volume on. The
 * sum carries its own correction (Neumaier), so it does not drift over millions of bars.
 *
 * @returns same length, base currency
 */
export function obv(close: Float64Array, volume: Float64Array): Float64Array {
  const n = close.length;
  const balances = undefinedColumn(n);
  const first = firstDefined(close, volume);
  let sum = 0;
  let correction = 0;
  for (let i = first; i < n; i++) {
    const flow = i === first ? volume[i] : Math.sign(close[i] - close[i - 1]) * volume[i];
    const total = sum + flow;
    correction += Math.abs(sum) >= Math.abs(flow) ? sum - total + flow : flow - total + sum;
    sum = total;
    balances[i] = sum + correction;
  }
  return balances;
}
