import { loFactor } from './lo-factor.js';

describe('loFactor', () => {
  it('is the root of the periods where returns do not repeat', () => {
    expect(loFactor(12, [])).toBeCloseTo(Math.sqrt(12), 14);
  });

  it('is smaller where they do', () => {
    // 2 periods, correlation 1/2: 2 / sqrt(2 + 2 * 1/2)
    expect(loFactor(2, [0.5, 0.9])).toBeCloseTo(2 / Math.sqrt(3), 14);
  });

  it('does not exist where they cancel', () => {
    expect(loFactor(2, [-1])).toBeNull();
  });
});
