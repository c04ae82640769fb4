import fc from 'fast-check';

import { Random } from '../../src/domain/random.js';
import { declaredSpace } from '../../src/optimize/space/declared-space.js';
import { parseSpaceText } from '../../src/optimize/space/space-text.js';
import { ChoiceField, FlagField, IntegerField, NumberField, TextField } from '../../src/schema/fields.js';
import { parseDeclared } from '../../src/schema/parse.js';

class CrossParams {
  @IntegerField({ doc: 'Fast.', min: 1, max: 5000, lessThan: 'slowWindow' })
  fastWindow = 10;

  @IntegerField({ doc: 'Slow.', min: 2, max: 10_000 })
  slowWindow = 50;
}

class MixedParams {
  @NumberField({ doc: 'Any.', min: 0, max: 20, above: true, search: { min: 0.5, max: 8, step: 0.5 } })
  multiplier = 3;

  @ChoiceField({ doc: 'Which.', choices: ['sma', 'ema'] })
  average = 'sma';

  @FlagField({ doc: 'Whether.' })
  strict = false;

  @TextField({ doc: 'A name.' })
  label = 'x';
}

const spaceOf = (text: string | null, configured: Record<string, unknown> = {}) => declaredSpace(CrossParams, configured, text === null ? null : parseSpaceText(text));
const refusalOf = (work: () => unknown): string => {
  try {
    work();
    return 'was accepted';
  } catch (error) {
    return (error as Error).message;
  }
};

describe('a search space', () => {
  it('is what the strategy declares, evenly by ratio where its range is wide', () => {
    expect(spaceOf(null).dimensions).toEqual([
      { kind: 'range', name: 'fast_window', low: 1, high: 5000, step: 1, log: true },
      { kind: 'range', name: 'slow_window', low: 2, high: 10_000, step: 1, log: true },
    ]);
  });

  it('takes the hints of a field, its choices and its flags, and leaves free texts alone', () => {
    const space = declaredSpace(MixedParams, { label: 'kept' }, null);
    expect(space.dimensions).toEqual([
      { kind: 'range', name: 'multiplier', low: 0.5, high: 8, step: 0.5, log: false },
      { kind: 'choice', name: 'average', choices: ['sma', 'ema'] },
      { kind: 'choice', name: 'strict', choices: [false, true] },
    ]);
    expect(space.fixed).toEqual({ label: 'kept' });
    expect(space.size).toBe(16 * 2 * 2);
  });

  it('is narrowed by name; what is not named keeps its configured value', () => {
    const space = spaceOf('fast_window=5..60:5', { slow_window: 40 });
    expect(space.dimensions).toEqual([{ kind: 'range', name: 'fast_window', low: 5, high: 60, step: 5, log: false }]);
    expect(space.fixed).toEqual({ slow_window: 40 });
    // 5, 10, …, 35 are less than 40.
    expect([...space.points()]).toEqual([[5], [10], [15], [20], [25], [30], [35]]);
  });

  it('lists values that are named one by one, with neighbours where they are evenly apart', () => {
    const [fast, slow] = spaceOf('fast_window=5|10|15,slow_window=50|80|200').dimensions;
    expect(fast).toEqual({ kind: 'range', name: 'fast_window', low: 5, high: 15, step: 5, log: false });
    expect(slow).toEqual({ kind: 'choice', name: 'slow_window', choices: [50, 80, 200] });
  });

  it('keeps the laws between parameters, also where values are listed', () => {
    const space = spaceOf('fast_window=5|60|100,slow_window=50|80|200');
    const pairs = [...space.points()].map((point) => space.params(point)).map(({ fast_window: fast, slow_window: slow }) => `${String(fast)} ${String(slow)}`);
    expect(pairs).toEqual(['5 50', '5 80', '5 200', '60 80', '60 200', '100 200']);
  });

  it('holds nothing that the strategy would refuse', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 9 }), (seed, low, width, step) => {
        const space = spaceOf(`fast_window=${low}..${low + width}:${step},slow_window=${low + 1}..${low + 2 * width + step}:${step}`);
        const random = new Random(seed);
        for (let draw = 0; draw < 30; draw++) {
          const point = space.draw(random);
          if (space.accepts(point)) expect(parseDeclared(CrossParams, space.params(point)).ok).toBe(true);
        }
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    { text: 'fast=5..60', says: 'fast is unknown' },
    { text: 'fast_window=60..5', says: 'write 5..60' },
    { text: 'fast_window=5..60:0', says: 'step above 0' },
    { text: 'fast_window=5..60:0.5', says: 'whole step' },
    { text: 'fast_window=0..60', says: 'a whole number from 1 to 5000, was 0..60' },
    { text: 'fast_window=5..x', says: 'a range such as 5..60' },
    { text: 'fast_window', says: 'pairs such as' },
    { text: 'fast_window=1..2,fast_window=3..4', says: 'names fast_window twice' },
    { text: '__proto__=1..2', says: 'must not name "__proto__"' },
    { text: 'fast_window=300..400,slow_window=10..50', says: 'fast_window must be less than slow_window' },
  ])('refuses "$text" and says why', ({ text, says }) => {
    const message = refusalOf(() => spaceOf(text));
    expect(message).toContain('--space');
    expect(message).toContain(says);
  });

  it('refuses a strategy without parameters', () => {
    class NoParams {}
    expect(refusalOf(() => declaredSpace(NoParams, {}, null))).toContain('there is nothing to search');
  });

  it('names configured parameters that the strategy refuses', () => {
    expect(refusalOf(() => spaceOf('fast_window=5..60', { slow_window: 'x' }))).toContain('strategy.params.slow_window');
  });
});
