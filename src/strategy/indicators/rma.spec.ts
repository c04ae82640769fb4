import { rma, rmaMemory } from './rma.js';

describe('rma', () => {
  it('moves by an n-th of the difference', () => {
    expect([...rma(Float64Array.of(1, 3, 5, 1.5), 2, 0)]).toEqual([NaN, 2, 3.5, 2.5]);
  });

  it('is the value itself for a window of 1', () => {
    expect([...rma(Float64Array.of(1, 3, 5), 1, 0)]).toEqual([1, 3, 5]);
  });

  it('remembers 46 * n bars', () => {
    expect([1, 14].map(rmaMemory)).toEqual([46, 644]);
  });
});
