import fc from 'fast-check';

import { rowFrom } from './candle-rows.js';

describe('rowFrom', () => {
  it('is the first row that does not open before the time asked for', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(100)), fc.integer({ min: -5, max: 110 }), (times, wanted) => {
        const sorted = Float64Array.from(times).sort();
        const first = sorted.findIndex((time) => time >= wanted);
        expect(rowFrom(sorted, wanted)).toBe(first < 0 ? sorted.length : first);
      }),
    );
  });
});
