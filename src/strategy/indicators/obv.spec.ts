import { obv } from './obv.js';

describe('obv', () => {
  it('adds volume on rises, takes it off on falls, and leaves it on neither', () => {
    expect([...obv(Float64Array.of(1, 2, 2, 1), Float64Array.of(10, 5, 7, 20))]).toEqual([10, 15, 15, -5]);
  });

  it('does not lose small volumes next to a large one', () => {
    const close = Float64Array.of(1, 2, ...Array.from({ length: 100 }, (_, i) => 3 + i), 1);
    const volume = Float64Array.of(0, 1e17, ...Array<number>(100).fill(1), 1e17);
    expect(obv(close, volume)[102]).toBe(100);
  });
});
