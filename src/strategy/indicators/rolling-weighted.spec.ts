import fc from 'fast-check';

import { weightedSums } from './rolling-weighted.js';

describe('weightedSums', () => {
  it('are the sums of every window, counted from their pivot', () => {
    const columns = fc.array(fc.oneof(fc.constant(7), fc.double({ min: 1, max: 100, noNaN: true })), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(columns, fc.integer({ min: 1, max: 80 }), fc.nat(1e6), (column, window, firstBar) => {
        const values = Float64Array.from(column);
        const { pivot, sum, weighted } = weightedSums(values, window, firstBar);
        for (let i = 0; i < values.length; i++) {
          if (i < window - 1) {
            expect([pivot[i], sum[i], weighted[i]]).toEqual([NaN, NaN, NaN]);
            continue;
          }
          const differences = Array.from(values.subarray(i + 1 - window, i + 1), (value) => value - pivot[i]);
          const exact = differences.reduce((total, d) => total + d, 0);
          const exactWeighted = differences.reduce((total, d, k) => total + (k + 1) * d, 0);
          expect(Math.abs(sum[i] - exact)).toBeLessThan(1e-9);
          expect(Math.abs(weighted[i] - exactWeighted)).toBeLessThan(1e-7);
        }
      }),
      { numRuns: 60 },
    );
  });
});
