import fc from 'fast-check';

import { EXACT_LIMIT, ticksOf } from './ticks.js';

/** The double nearest to `units / 10 ** decimals`, by way of its decimal writing. */
function decimal(units: number, decimals: number): number {
  return Number(`${units}e-${decimals}`);
}

describe('ticksOf', () => {
  it.each([
    { prices: [1, 2, 3], scale: 1, ticks: [1, 2, 3] },
    { prices: [0.1, 0.25], scale: 100, ticks: [10, 25] },
    { prices: [30000.01, 29999.9], scale: 100, ticks: [3000001, 2999990] },
    { prices: [0.00000018, 0.00000062], scale: 1e8, ticks: [18, 62] },
    { prices: [1.005, 8.1], scale: 1000, ticks: [1005, 8100] },
    { prices: [5e-12], scale: 1e12, ticks: [5] },
    { prices: [], scale: 1, ticks: [] },
  ])('finds the common step of $prices', ({ prices, scale, ticks }) => {
    const found = ticksOf(Float64Array.from(prices));
    expect([found?.scale, [...(found?.values ?? [])], found?.largest]).toEqual([scale, ticks, Math.max(0, ...ticks)]);
  });

  it.each([
    { prices: [1 / 3], why: 'a third is no decimal' },
    { prices: [0.1 + 0.2], why: 'a sum with rounding in it is not the decimal it looks like' },
    { prices: [100, Math.SQRT2], why: 'one price spoils the column' },
    { prices: [1e-13], why: 'steps below 1e-12 are not looked for' },
    { prices: [NaN], why: 'nothing is no price' },
    { prices: [Infinity], why: 'nor is everything' },
    { prices: [2 ** 53], why: 'whole numbers end being exact there' },
    { prices: [40821801.3912499, 1e-8], why: 'a product is rounded and would give another price back' },
    { prices: [1e6, 1e-12], why: 'one step for both would need larger numbers than are exact' },
  ])('gives up where $why', ({ prices }) => {
    expect(ticksOf(Float64Array.from(prices))).toBeNull();
  });

  it('is exact for decimals of up to 8 digits: every price is ticks / scale, whole ticks, and the scale is the smallest', () => {
    const columns = fc.tuple(fc.integer({ min: 0, max: 8 }), fc.array(fc.integer({ min: 1, max: 2 ** 40 }), { minLength: 1, maxLength: 30, size: 'max' }));
    fc.assert(
      fc.property(columns, ([decimals, units]) => {
        const prices = Float64Array.from(units, (unit) => decimal(unit, decimals));
        const found = ticksOf(prices);
        if (found === null) throw new Error('no ticks');
        const { values, scale, largest } = found;
        expect(values.every(Number.isInteger)).toBe(true);
        expect(values.map((tick) => tick / scale)).toEqual(prices);
        expect(largest).toBe(Math.max(...values));
        // The fewest digits that write every price.
        let digits = decimals;
        while (digits > 0 && units.every((unit) => unit % 10 ** (decimals - digits + 1) === 0)) digits--;
        expect(scale).toBe(10 ** digits);
      }),
      { numRuns: 1000 },
    );
  });

  it('takes any double or refuses it, and never takes it for another', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 1e-9, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 5 }), (prices) => {
        const found = ticksOf(Float64Array.from(prices));
        if (found === null) return;
        expect(Array.from(found.values, (tick) => tick / found.scale)).toEqual(prices);
        expect(found.largest).toBeLessThan(EXACT_LIMIT);
      }),
      { numRuns: 500 },
    );
  });
});
