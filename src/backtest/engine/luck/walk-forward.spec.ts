import fc from 'fast-check';

import { walkForwardWindows } from './walk-forward.js';

const plan = { train: 4, test: 2, step: 2, anchored: false, purge: 1, partial: false };

describe('walkForwardWindows', () => {
  it.each([
    { why: 'rolling', change: {}, windows: [[0, 4, 5, 7], [2, 6, 7, 9]] },
    { why: 'anchored', change: { anchored: true }, windows: [[0, 4, 5, 7], [0, 6, 7, 9]] },
    { why: 'with a short last test', change: { partial: true }, windows: [[0, 4, 5, 7], [2, 6, 7, 9], [4, 8, 9, 10]] },
    { why: 'with tests that overlap', change: { step: 1, purge: 0 }, windows: [[0, 4, 4, 6], [1, 5, 5, 7], [2, 6, 6, 8], [3, 7, 7, 9], [4, 8, 8, 10]] },
    { why: 'too little to train on', change: { train: 9 }, windows: [] },
  ])('$why', ({ change, windows }) => {
    const found = walkForwardWindows(10, { ...plan, ...change });
    expect(found.map(({ trainFrom, trainTo, testFrom, testTo }) => [trainFrom, trainTo, testFrom, testTo])).toEqual(windows);
  });

  it('never trains on what it tests, nor closer to it than it may', () => {
    const count = fc.integer({ min: 1, max: 60 });
    const plans = fc.record({ train: count, test: count, step: count, anchored: fc.boolean(), purge: fc.nat(9), partial: fc.boolean() });
    fc.assert(
      fc.property(fc.nat(400), plans, (length, drawn) => {
        for (const { trainFrom, trainTo, testFrom, testTo } of walkForwardWindows(length, drawn)) {
          expect(trainFrom).toBeGreaterThanOrEqual(0);
          expect(trainTo - trainFrom).toBeGreaterThanOrEqual(drawn.train);
          expect(testFrom - trainTo).toBe(drawn.purge);
          expect(testTo).toBeGreaterThan(testFrom);
          expect(testTo).toBeLessThanOrEqual(length);
        }
      }),
    );
  });
});
