import fc from 'fast-check';

import { covers, normalise, uncovered, type TimeRange } from './ranges.js';

const instant = fc.nat(30);
const range: fc.Arbitrary<TimeRange> = fc.record({ from: instant, to: instant });
const ranges = fc.array(range, { maxLength: 8 });

/** The same thing said slowly: every instant on its own. */
const instantsOf = (list: readonly TimeRange[]): Set<number> => new Set(list.flatMap(({ from, to }) => Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i)));
const sorted = (set: Set<number>): number[] => [...set].sort((a, b) => a - b);

describe('normalise', () => {
  it.each([
    { given: [], expected: [] },
    { given: [[3, 3]], expected: [] },
    { given: [[5, 3]], expected: [] },
    { given: [[5, 8], [1, 3]], expected: [[1, 3], [5, 8]] },
    { given: [[1, 3], [3, 5]], expected: [[1, 5]] },
    { given: [[1, 9], [2, 4], [8, 12]], expected: [[1, 12]] },
    { given: [[1, 3], [1, 3]], expected: [[1, 3]] },
  ])('makes $expected of $given', ({ given, expected }) => {
    expect(normalise(given.map(([from, to]) => ({ from, to })))).toEqual(expected.map(([from, to]) => ({ from, to })));
  });

  it('holds the same instants, in ascending ranges that do not touch', () => {
    fc.assert(
      fc.property(ranges, (list) => {
        const tidy = normalise(list);
        expect(sorted(instantsOf(tidy))).toEqual(sorted(instantsOf(list)));
        for (let i = 0; i < tidy.length; i++) expect(tidy[i].from < tidy[i].to && (i === 0 || tidy[i - 1].to < tidy[i].from)).toBe(true);
        expect(normalise(tidy)).toEqual(tidy);
      }),
    );
  });

  it('leaves what it was given alone', () => {
    fc.assert(
      fc.property(ranges, (list) => {
        const before = structuredClone(list);
        normalise(list);
        expect(list).toEqual(before);
      }),
    );
  });
});

describe('uncovered', () => {
  it('is what is wanted without what is there, in ranges that do not touch', () => {
    fc.assert(
      fc.property(range, ranges, (wanted, list) => {
        const holes = uncovered(wanted, list);
        const there = instantsOf(list);
        expect(sorted(instantsOf(holes))).toEqual(sorted(instantsOf([wanted])).filter((at) => !there.has(at)));
        expect(normalise(holes)).toEqual(holes);
      }),
    );
  });

  it('is all that is wanted where nothing is there, and nothing where nothing is wanted', () => {
    expect(uncovered({ from: 2, to: 5 }, [])).toEqual([{ from: 2, to: 5 }]);
    expect(uncovered({ from: 5, to: 5 }, [])).toEqual([]);
  });
});

describe('covers', () => {
  it('is true exactly where no instant that is wanted is missing', () => {
    fc.assert(fc.property(ranges, range, (list, wanted) => covers(list, wanted) === [...instantsOf([wanted])].every((at) => instantsOf(list).has(at))));
  });
});
