import { firstDifference } from '../../../test/support/bits.js';
import { ema, emaMemory } from './ema.js';

describe('ema', () => {
  it('starts from the mean of the first values', () => {
    // alpha 1/2: 2, then 2 + (4 - 2) / 2 = 3, then 3 + (5 - 3) / 2 = 4
    expect([...ema(Float64Array.of(1, 2, 3, 4, 5), 3, 0)]).toEqual([NaN, NaN, 2, 3, 4]);
  });

  it('or from the first value', () => {
    expect([...ema(Float64Array.of(1, 2, 3), 3, 0, 'first')]).toEqual([1, 1.5, 2.25]);
  });

  it('starts after leading undefined values and is undefined where the window is longer than the data', () => {
    expect([...ema(Float64Array.of(NaN, 1, 2, 3), 2, 0)]).toEqual([NaN, NaN, 1.5, 2.5]);
    expect([...ema(Float64Array.of(1, 2), 3, 0)]).toEqual([NaN, NaN]);
  });

  it('stands exactly where the price stands', () => {
    expect([...ema(new Float64Array(300).fill(0.1), 7, 3).slice(6)]).toEqual(Array<number>(294).fill(0.1));
  });

  it('remembers 23 * (n + 1) bars', () => {
    expect([10, 50, 200].map(emaMemory)).toEqual([253, 1173, 4623]);
  });

  it('is the same to the bit in a market that stood still for longer than its memory, however it came there', () => {
    // A recursion that never starts afresh stops a few ulp short of the price, on the side it came from.
    const standing = new Float64Array(emaMemory(10) + 200).fill(0.3);
    const before = Float64Array.from({ length: 40 }, (_, i) => 1 + i);
    const whole = ema(Float64Array.of(...before, ...standing), 10, 0);
    const alone = ema(standing, 10, before.length);
    expect(firstDifference(alone.slice(emaMemory(10)), whole.slice(before.length + emaMemory(10)))).toBeNull();
  });

  it('recovers from an undefined value in the middle', () => {
    const values = Float64Array.from({ length: 400 }, (_, i) => (i === 100 ? NaN : 5));
    const found = ema(values, 4, 0);
    expect([found[99], found[100], found[101 + emaMemory(4)]]).toEqual([5, NaN, 5]);
  });
});
