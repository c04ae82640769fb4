import { purgedFolds } from './purged-folds.js';

describe('purgedFolds', () => {
  it('keeps training away from the test, and further away behind it', () => {
    expect(purgedFolds(10, 2, 1, 2)).toEqual([
      { test: [0, 5], train: [[8, 10]] },
      { test: [5, 10], train: [[0, 4]] },
    ]);
  });

  it('trains on both sides of a fold in the middle', () => {
    expect(purgedFolds(9, 3, 1, 0)[1]).toEqual({ test: [3, 6], train: [[0, 2], [7, 9]] });
  });

  it('tests every bar once', () => {
    expect(purgedFolds(97, 4, 0, 0).map(({ test }) => test)).toEqual([[0, 24], [24, 48], [48, 72], [72, 97]]);
  });
});
