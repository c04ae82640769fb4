import { momentum } from './momentum.js';

describe('momentum', () => {
  it('is the change over the window', () => {
    expect([...momentum(Float64Array.of(1, 2, 4, 3), 2)]).toEqual([NaN, NaN, 3, 1]);
  });

  it('starts after leading undefined values', () => {
    expect([...momentum(Float64Array.of(NaN, 2, 4, 3), 2)]).toEqual([NaN, NaN, NaN, 1]);
  });
});
