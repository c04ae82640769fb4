import fc from 'fast-check';

import { decimate } from './decimate.js';

const series = fc
  .array(fc.double({ min: -1e15, max: 1e15, noNaN: true }), { minLength: 1, maxLength: 500 })
  .map((values) => Float64Array.from(values));

describe('decimate', () => {
  it('keeps both extremes of every stretch', () => {
    const { low, high } = decimate(Float64Array.from([1, 9, 2, 3, 0, 3]), 2);
    expect([[...low], [...high]]).toEqual([
      [1, 0],
      [9, 3],
    ]);
  });

  it('draws a short series out in straight lines', () => {
    expect([...decimate(Float64Array.from([1, 3, 2]), 5).low]).toEqual([1, 2, 3, 2.5, 2]);
    expect([...decimate(Float64Array.from([7]), 3).low]).toEqual([7, 7, 7]);
  });

  it('stays between its ends where the smallest doubles round', () => {
    const smallest = -1.5e-323;
    expect([...decimate(Float64Array.of(smallest, smallest), 3).low]).toEqual([smallest, smallest, smallest]);
  });

  it('loses no extreme and invents none', () => {
    fc.assert(
      fc.property(series, fc.integer({ min: 1, max: 100 }), (values, columns) => {
        const { low, high } = decimate(values, columns);
        expect([low.length, high.length]).toEqual([columns, columns]);
        const invented = [...low].some((value) => value < Math.min(...values)) || [...high].some((value) => value > Math.max(...values));
        expect(invented).toBe(false);
        if (values.length > columns) {
          expect(Math.min(...low)).toBe(Math.min(...values));
          expect(Math.max(...high)).toBe(Math.max(...values));
        }
      }),
    );
  });
});
