import fc from 'fast-check';

import { firstDifference } from '../../../test/support/bits.js';
import { signalColumn } from '../../domain/signal.js';
import type { Ticks } from '../../domain/ticks.js';
import { crossingIsExact, crossings, smaCrossings, TIE_MEMORY } from './crossings.js';
import { smaOfTicks } from './sma.js';

/** Said row by row: look back over equal values, no further than the memory, for the side that was left. */
function crossingsByDefinition(a: Float64Array, b: Float64Array): number[] {
  const side = (i: number): number => Math.sign(a[i] - b[i]); // NaN where undefined
  return Array.from(a, (_, i) => {
    const now = side(i);
    if (now !== 1 && now !== -1) return 0;
    let back = i - 1;
    while (back >= 0 && side(back) === 0 && i - back <= TIE_MEMORY) back--;
    return back >= 0 && side(back) === -now ? now : 0;
  });
}

const lengths = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 1, max: 5 }) },
  { weight: 1, arbitrary: fc.integer({ min: TIE_MEMORY - 2, max: TIE_MEMORY + 3 }) },
);

describe('crossings', () => {
  it.each([
    { a: [1, 3], b: [2, 2], signals: [0, 1], why: 'from below to above' },
    { a: [3, 1], b: [2, 2], signals: [0, -1], why: 'from above to below' },
    { a: [1, 2, 2, 3], b: [2, 2, 2, 2], signals: [0, 0, 0, 1], why: 'equal values in between are skipped over' },
    { a: [3, 2, 2, 3], b: [2, 2, 2, 2], signals: [0, 0, 0, 0], why: 'touching is no crossing' },
    { a: [2, 2, 3], b: [2, 2, 2], signals: [0, 0, 0], why: 'from equal at the beginning nothing is known' },
    { a: [NaN, 3, 1], b: [2, 2, 2], signals: [0, 0, -1], why: 'the first defined row says nothing' },
    { a: [1, NaN, 3], b: [2, 2, 2], signals: [0, 0, 0], why: 'what is undefined is forgotten' },
    { a: [], b: [], signals: [], why: 'no rows' },
  ])('$why', ({ a, b, signals }) => {
    expect([...crossings(Float64Array.from(a), Float64Array.from(b))]).toEqual(signals);
  });

  it.each([
    { ties: TIE_MEMORY, signal: 1, why: 'remembers the side over the longest run of ties' },
    { ties: TIE_MEMORY + 1, signal: 0, why: 'and not over one more' },
  ])('$why', ({ ties, signal }) => {
    const a = Float64Array.from([-1, ...Array<number>(ties).fill(0), 1]);
    expect(crossings(a, new Float64Array(a.length))[a.length - 1]).toBe(signal);
  });

  it('is its definition', () => {
    const stretches = fc.array(fc.record({ side: fc.constantFrom(-1, 0, 0, 1, NaN), bars: lengths }), { maxLength: 12, size: 'max' });
    fc.assert(
      fc.property(stretches, (stretches) => {
        const a = Float64Array.from(stretches.flatMap(({ side, bars }) => Array<number>(bars).fill(100 + side)));
        const b = new Float64Array(a.length).fill(100);
        expect(firstDifference(crossings(a, b), crossingsByDefinition(a, b))).toBeNull();
      }),
      { numRuns: 300 },
    );
  });
});

/** Two windows, and prices in stretches that stand still for up to as long as an average remembers. */
const tieHeavy = fc
  .record({ fast: fc.integer({ min: 1, max: 8 }), more: fc.integer({ min: 1, max: 12 }), base: fc.constantFrom(50, 1_000_000) })
  .chain(({ fast, more, base }) => {
    const slow = fast + more;
    const bars = fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: 1, max: 4 }) },
      { weight: 2, arbitrary: fc.integer({ min: 1, max: 3 * slow }) },
      { weight: 1, arbitrary: fc.integer({ min: TIE_MEMORY - 3, max: TIE_MEMORY + slow + 3 }) },
    );
    return fc.record({
      fast: fc.constant(fast),
      slow: fc.constant(slow),
      ticks: fc
        .array(fc.record({ tick: fc.integer({ min: -2, max: 2 }), bars }), { maxLength: 25, size: 'max' })
        .map((stretches) => Float64Array.from(stretches.flatMap(({ tick, bars }) => Array<number>(bars).fill(base + tick)))),
    });
  });

describe('smaCrossings', () => {
  it('finds the crossings of the two averages', () => {
    fc.assert(
      fc.property(tieHeavy, ({ fast, slow, ticks }) => {
        const expected = crossings(smaOfTicks(ticks, fast, 1), smaOfTicks(ticks, slow, 1));
        expect(firstDifference(signalColumn(smaCrossings(ticks, fast, slow), ticks.length), expected)).toBeNull();
      }),
      { numRuns: 600 },
    );
  });

  it.each([
    { still: TIE_MEMORY, found: true },
    { still: TIE_MEMORY + 1, found: false },
  ])('remembers the side over $still equal averages: $found', ({ still, found }) => {
    // Windows 1 and 3. A rise to 13 leaves the averages apart for two rows; the third row at 13 is the first tie.
    const ticks = Float64Array.from([10, 10, 10, ...Array<number>(2 + still).fill(13), 10]);
    const { rows, values } = smaCrossings(ticks, 1, 3);
    expect([[...rows], [...values]]).toEqual(found ? [[ticks.length - 1], [-1]] : [[], []]);
  });

  it.each([0, 1, 4, 5, 6])('has nothing to say of %i prices that all rise', (count) => {
    expect(smaCrossings(Float64Array.from({ length: count }, (_, i) => 10 + i), 2, 5).rows).toHaveLength(0);
  });

  it('says what the columns say up to the largest whole numbers it accepts', () => {
    const nearLimit = fc.record({
      fast: fc.integer({ min: 1, max: 4 }),
      more: fc.integer({ min: 1, max: 5 }),
      share: fc.constantFrom(1, 0.5, 0.4999, 0.3),
      moves: fc.array(fc.nat(4), { minLength: 3, maxLength: 40, size: 'max' }),
    });
    fc.assert(
      fc.property(nearLimit, ({ fast, more, share, moves }) => {
        const slow = fast + more;
        const base = Math.floor((share * 2 ** 53) / (fast * slow)) - 5;
        const ticks = Float64Array.from(moves, (move) => base + move);
        fc.pre(crossingIsExact({ values: ticks, scale: 1, largest: ticks.reduce((most, tick) => Math.max(most, tick)) } satisfies Ticks, fast, slow));
        const expected = crossings(smaOfTicks(ticks, fast, 1), smaOfTicks(ticks, slow, 1));
        expect(firstDifference(signalColumn(smaCrossings(ticks, fast, slow), ticks.length), expected)).toBeNull();
      }),
      { numRuns: 1500 },
    );
  });
});

describe('crossingIsExact', () => {
  it('leaves the last bit out: whole numbers apart whose averages round to one double would cross in one view only', () => {
    // Windows 3 and 5 over these ticks: 5 * sum and 3 * sum differ by a little, the averages are the same double.
    const ticks = Float64Array.of(4, 6, 3, 6, 4, 4, 5, 4).map((tick) => tick + 600_479_950_316_050);
    expect(smaCrossings(ticks, 3, 5).rows).toHaveLength(2);
    expect(crossings(smaOfTicks(ticks, 3, 1), smaOfTicks(ticks, 5, 1)).every((signal) => signal === 0)).toBe(true);
    expect(crossingIsExact({ values: ticks, scale: 1, largest: 600_479_950_316_056 }, 3, 5)).toBe(false);
  });
});
