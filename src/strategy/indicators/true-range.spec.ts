import { trueRange } from './true-range.js';

describe('trueRange', () => {
  it('reaches back to the close before', () => {
    // 12 - 9 = 3 against 12 - 11 = 1; 11 - 7 = 4 against 9 - 7 = 2
    const [high, low, close] = [Float64Array.of(10, 12, 9), Float64Array.of(8, 11, 7), Float64Array.of(9, 11, 8)];
    expect([...trueRange(high, low, close)]).toEqual([NaN, 3, 4]);
  });
});
