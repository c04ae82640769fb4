import fc from 'fast-check';

import { firstDifference } from '../../../test/support/bits.js';
import { ticksOf, type Ticks } from '../../domain/ticks.js';
import { smaOfPrices, smaOfTicks, sumsAreExact } from './sma.js';

describe('smaOfTicks', () => {
  it.each([
    { ticks: [1, 2, 6], window: 2, scale: 1, averages: [NaN, 1.5, 4], why: 'the mean of the last bars' },
    { ticks: [1, 2, 6], window: 1, scale: 10, averages: [0.1, 0.2, 0.6], why: 'a window of one is the price' },
    { ticks: [1, 2, 6], window: 3, scale: 1, averages: [NaN, NaN, 3], why: 'the first full window is the last row' },
    { ticks: [1, 2, 6], window: 4, scale: 1, averages: [NaN, NaN, NaN], why: 'no window is full' },
    { ticks: [], window: 3, scale: 1, averages: [], why: 'no rows' },
    { ticks: [1, 2], window: 2, scale: 10, averages: [NaN, 0.15], why: 'not 0.15000000000000002' },
  ])('$why', ({ ticks, window, scale, averages }) => {
    expect([...smaOfTicks(Float64Array.from(ticks), window, scale)]).toEqual(averages);
  });

  it('does not depend on where the series starts', () => {
    const series = fc.array(fc.integer({ min: 1, max: 1e11 }), { minLength: 1, maxLength: 120, size: 'max' });
    fc.assert(
      fc.property(series, fc.integer({ min: 1, max: 30 }), fc.nat(), (ticks, window, draw) => {
        const column = Float64Array.from(ticks);
        const from = draw % ticks.length;
        const alone = smaOfTicks(column.slice(from), window, 100);
        const whole = smaOfTicks(column, window, 100).slice(from);
        expect(firstDifference(alone.slice(window - 1), whole.slice(window - 1))).toBeNull();
      }),
    );
  });
});

describe('smaOfPrices', () => {
  const decimals = fc.array(fc.tuple(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 0, max: 6 })), { minLength: 1, maxLength: 60, size: 'max' });
  const pricesOf = (drawn: readonly (readonly [number, number])[]): Float64Array => Float64Array.from(drawn, ([value, places]) => value / 10 ** places);

  it('is to the bit what the ticks give', () => {
    fc.assert(
      fc.property(decimals, fc.integer({ min: 1, max: 20 }), fc.nat(1000), (drawn, window, firstBar) => {
        const prices = pricesOf(drawn);
        const ticks = ticksOf(prices);
        if (ticks === null) return;
        expect(firstDifference(smaOfPrices(prices, window, firstBar), smaOfTicks(ticks.values, window, ticks.scale))).toBeNull();
      }),
    );
  });

  it('changes no row for what comes later, be it no decimal, a finer one or beyond a double', () => {
    fc.assert(
      fc.property(decimals, fc.integer({ min: 1, max: 20 }), fc.constantFrom(1 / 3, 1e-12, 4e9 + 1 / 3, 9e14), (drawn, window, later) => {
        const prices = pricesOf(drawn);
        const longer = Float64Array.from([...prices, later, ...prices]);
        expect(firstDifference(smaOfPrices(longer, window, 7).slice(0, prices.length), smaOfPrices(prices, window, 7))).toBeNull();
      }),
    );
  });

  it('is exact where a sum of ticks is more than a double holds', () => {
    // (1.5e12 + 1.000000000001) / 2 = 750000000000.5000000000005
    expect(smaOfPrices(Float64Array.of(1.5e12, 1.000000000001), 2, 0)[1]).toBe(750000000000.5000000000005);
  });
});

describe('sumsAreExact', () => {
  it.each([
    { largest: 2 ** 52, window: 1, exact: true },
    { largest: 2 ** 52, window: 2, exact: false },
    { largest: 1e7, window: 10_000, exact: true },
  ])('ticks up to $largest, $window of them: $exact', ({ largest, window, exact }) => {
    expect(sumsAreExact({ largest } as Ticks, window)).toBe(exact);
  });
});
