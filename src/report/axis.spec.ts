import fc from 'fast-check';

import { axisFor } from './axis.js';

const value = fc.oneof(
  fc.double({ min: -1e300, max: 1e300, noNaN: true }).map((size) => (Math.abs(size) < 1e-300 ? 0 : size)),
  fc.double({ min: 1, max: 1e5, noNaN: true }),
  fc.constantFrom(0, 1e-12, 1e15, -1e15, 10_000, 1e-300),
);

describe('axisFor', () => {
  it('marks round numbers and leaves little room unused', () => {
    expect(axisFor(9_920, 15_090, 9).labels).toEqual(['', '', '14,000', '', '', '12,000', '', '', '10,000']);
  });

  it('puts a mark at the middle of its row', () => {
    const { rowOf, labels } = axisFor(9_920, 15_090, 9);
    expect(rowOf(12_000)).toBeCloseTo(labels.indexOf('12,000'), 9);
  });

  it.each([
    [100, 100],
    [1e15, 1e15 + 10],
    [0, 0],
  ])('puts the flat curve from %p to %p in the middle', (min, max) => {
    const { rows, rowOf } = axisFor(min, max, 9);
    expect(Math.round(rowOf(min))).toBe((rows - 1) / 2);
  });

  it('holds both values, with at least one mark and distinct labels, in the rows that it may have', () => {
    fc.assert(
      fc.property(value, value, (a, b) => {
        const [min, max] = [Math.min(a, b), Math.max(a, b)];
        const { rows, rowOf, labels } = axisFor(min, max, 9);
        const marks = labels.filter((label) => label !== '');
        expect(rows).toBeLessThanOrEqual(9);
        expect(labels).toHaveLength(rows);
        expect(marks.length).toBeGreaterThan(0);
        expect(new Set(marks).size).toBe(marks.length);
        expect(Math.max(...marks.map((label) => label.length))).toBeLessThanOrEqual(18);
        expect(rowOf(max)).toBeGreaterThanOrEqual(-0.376);
        expect(rowOf(min)).toBeLessThanOrEqual(rows - 0.624);
      }),
      { numRuns: 1000 },
    );
  });
});
