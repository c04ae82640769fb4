import { roc } from './roc.js';

describe('roc', () => {
  it('is the change over the window in per cent', () => {
    expect([...roc(Float64Array.of(4, 8, 5, 4), 2)]).toEqual([NaN, NaN, 25, -50]);
  });

  it('is undefined where the window is longer than the data', () => {
    expect([...roc(Float64Array.of(4, 8), 2)]).toEqual([NaN, NaN]);
  });
});
