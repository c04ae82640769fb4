import { sar } from './sar.js';

describe('sar', () => {
  it('approaches the extreme and turns when it is touched', () => {
    // Up from 9 with extreme 11: 9 + 0.02 * 2 = 9.04; extreme 12: 9.04 + 0.04 * 2.96 = 9.1584; the low of 8 touches it: back to 12.
    const found = sar(Float64Array.of(10, 11, 12, 9), Float64Array.of(9, 10, 11, 8), 0.02, 0.2, 0);
    expect([found[0], found[1], found[3]]).toEqual([NaN, 9, 12]);
    expect(found[2]).toBeCloseTo(9.04, 12);
  });

  it('starts downwards after a lower low that outweighs the higher high', () => {
    expect(sar(Float64Array.of(10, 9.5), Float64Array.of(9, 8), 0.02, 0.2, 0)[1]).toBe(10);
  });

  it('never enters the range of the last two bars', () => {
    const [high, low] = [Float64Array.of(10, 20, 21, 22), Float64Array.of(9.5, 9.6, 9.7, 21)];
    // 9.5 + 0.02 * 10.5 = 9.71 would be above the low of the second bar.
    expect(sar(high, low, 0.02, 0.2, 0)[2]).toBe(9.6);
  });
});
