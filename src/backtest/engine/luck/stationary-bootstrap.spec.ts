import { Random } from '../../../domain/random.js';
import { drawStationary, stationaryVarianceOfMean } from './stationary-bootstrap.js';

function draw(length: number, expectedBlock: number, seed = 3): Int32Array {
  const rows = new Int32Array(length);
  drawStationary(rows, expectedBlock, new Random(seed));
  return rows;
}

describe('drawStationary', () => {
  it('draws rows of the series, the same ones for the same seed', () => {
    expect([...draw(50, 5)].every((row) => row >= 0 && row < 50)).toBe(true);
    expect(draw(50, 5)).toEqual(draw(50, 5));
    expect(draw(50, 5, 4)).not.toEqual(draw(50, 5));
  });

  it('goes on around the end for as long as it does not jump', () => {
    const rows = draw(20, 1e15);
    expect([...rows]).toEqual([...rows].map((_, i) => (rows[0] + i) % 20));
  });

  it('makes blocks as long as it is asked to', () => {
    const rows = draw(100_000, 8);
    const jumps = rows.filter((row, i) => i > 0 && row !== (rows[i - 1] + 1) % rows.length).length;
    expect(rows.length / jumps).toBeCloseTo(8, 0);
  });
});

describe('stationaryVarianceOfMean', () => {
  it('is the variance over n where every row is drawn on its own', () => {
    // (1, 2, 3): variance 2/3, over 3
    expect(stationaryVarianceOfMean(Float64Array.of(1, 2, 3), 1)).toBeCloseTo(2 / 9, 14);
  });

  it('falls towards 0 as the resample becomes the series itself', () => {
    expect(stationaryVarianceOfMean(Float64Array.of(1, 2, 3, 7), 1e12)).toBeCloseTo(0, 9);
  });
});
