import fc from 'fast-check';

import { firstDifference } from '../../../test/support/bits.js';
import { blockLength, rollingMean, rollingMemory, rollingMoments } from './rolling.js';

/** Mean and deviation of one window in two passes. */
function twoPass(window: Float64Array): { mean: number; deviation: number } {
  const mean = window.reduce((sum, x) => sum + (x - window[0]), 0) / window.length + window[0];
  return { mean, deviation: Math.sqrt(window.reduce((sum, x) => sum + (x - mean) ** 2, 0) / window.length) };
}

/** Columns of non-decimal values with flat stretches, at a level that is up to ten million times their moves. */
const columns = fc
  .record({
    steps: fc.array(fc.oneof(fc.constant(0), fc.double({ min: -1, max: 1, noNaN: true })), { minLength: 1, maxLength: 400, size: 'max' }),
    level: fc.constantFrom(1e-6, 1, 30_000, 1e7),
  })
  .map(({ steps, level }) => {
    let walk = 0;
    return Float64Array.from(steps, (step) => level * (1 + ((walk += step) / 1000) * Math.min(1, 30 / level)));
  });

describe('rollingMoments', () => {
  it('has the mean and the population deviation of each full window', () => {
    // 2, 4, 4, 6: deviation of (2, 4) is 1, of (4, 4) 0, of (4, 6) 1.
    const { mean, deviation } = rollingMoments(Float64Array.of(2, 4, 4, 6), 2, 0);
    expect([[...mean], [...deviation]]).toEqual([
      [NaN, 3, 4, 5],
      [NaN, 1, 0, 1],
    ]);
  });

  it('starts after leading undefined values', () => {
    expect([...rollingMean(Float64Array.of(NaN, NaN, 1, 3, 5), 2, 0)]).toEqual([NaN, NaN, NaN, 2, 4]);
    expect([...rollingMean(Float64Array.of(NaN, NaN), 2, 0)]).toEqual([NaN, NaN]);
  });

  it('is exactly still where the values are: mean x, deviation 0', () => {
    const values = Float64Array.from({ length: 300 }, (_, i) => (i < 100 ? Math.sin(i) : 0.1));
    const { mean, deviation } = rollingMoments(values, 20, 7);
    expect(mean.slice(119).every((x) => x === 0.1)).toBe(true);
    expect(deviation.slice(119).every((x) => x === 0)).toBe(true);
  });

  it('agrees with two passes over every window', () => {
    fc.assert(
      fc.property(columns, fc.integer({ min: 1, max: 80 }), fc.nat(1e6), (values, window, firstBar) => {
        const { mean, deviation } = rollingMoments(values, window, firstBar);
        const wrong: number[] = [];
        for (let i = window - 1; i < values.length; i++) {
          const expected = twoPass(values.subarray(i + 1 - window, i + 1));
          if (Math.abs(mean[i] - expected.mean) > 1e-12 * expected.mean) wrong.push(i);
          if (Math.abs(deviation[i] - expected.deviation) > 1e-7 * expected.deviation + 1e-12 * expected.mean) wrong.push(i);
        }
        expect(wrong).toEqual([]);
      }),
    );
  });

  it('forgets a spike once it has left the window', () => {
    const values = Float64Array.from({ length: 400 }, (_, i) => (i === 50 ? 1e12 : 100 + (i % 7)));
    const expected = twoPass(values.subarray(350, 370));
    const { mean, deviation } = rollingMoments(values, 20, 0);
    expect([mean[369], deviation[369]]).toEqual([expect.closeTo(expected.mean, 12), expect.closeTo(expected.deviation, 12)]);
  });

  it('depends on no more bars than it says, bit for bit', () => {
    fc.assert(
      fc.property(columns, fc.integer({ min: 1, max: 80 }), fc.nat(1e6), (values, window, firstBar) => {
        const rows = rollingMemory(window) + 1;
        const whole = rollingMoments(values, window, firstBar);
        for (let from = 0; from + rows <= values.length; from += 3) {
          const alone = rollingMoments(values.slice(from, from + rows), window, firstBar + from);
          const last = (column: Float64Array, end: number): Float64Array => column.slice(end - 1, end);
          expect(firstDifference(last(alone.mean, rows), last(whole.mean, from + rows))).toBeNull();
          expect(firstDifference(last(alone.deviation, rows), last(whole.deviation, from + rows))).toBeNull();
        }
      }),
    );
  });
});

describe('blocks', () => {
  it.each([
    { window: 1, block: 64, memory: 63 },
    { window: 64, block: 64, memory: 126 },
    { window: 65, block: 128, memory: 191 },
    { window: 1000, block: 1024, memory: 2022 },
  ])('of a window of $window are $block bars', ({ window, block, memory }) => {
    expect([blockLength(window), rollingMemory(window)]).toEqual([block, memory]);
  });
});

describe('a market that fell to a hundredth', () => {
  it('has a deviation of full precision as soon as the fall has left the window', () => {
    const values = Float64Array.from({ length: 64 }, (_, i) => (i < 20 ? 1e6 : 5000 + 0.01 * (i % 2)));
    for (const firstBar of [0, 9, 40]) expect(rollingMoments(values, 2, firstBar).deviation[60]).toBeCloseTo(0.005, 12);
  });
});
