import { ZERO_SHARE } from './zero.js';
import { adx, adxMemory } from './adx.js';

const bars = (...rows: readonly (readonly [number, number, number])[]): [Float64Array, Float64Array, Float64Array] => [
  Float64Array.from(rows, ([high]) => high),
  Float64Array.from(rows, ([, low]) => low),
  Float64Array.from(rows, ([, , close]) => close),
];

describe('adx', () => {
  it('sets movement against range', () => {
    // Second bar: up 2 of a range of 3. Third bar: down 3 of a range of 5.
    const { plusDi, minusDi, dx, adx: index } = adx(...bars([10, 8, 9], [12, 9, 11], [11, 6, 7]), 1, 0);
    expect([plusDi[0], index[0]]).toEqual([NaN, NaN]);
    expect(plusDi[1]).toBeCloseTo(200 / 3, 12);
    expect(minusDi[2]).toBeCloseTo(60, 12);
    expect([minusDi[1], plusDi[2], dx[1], dx[2], index[2]]).toEqual([0, 0, 100, 100, 100]);
  });

  it('averages the index once it has as many values as the window', () => {
    const { dx, adx: index } = adx(...bars([10, 8, 9], [12, 9, 11], [11, 6, 7], [11, 6, 7]), 2, 0);
    // Averages after two bars: +DM 1, -DM 1.5: DX 100 * 0.5 / 2.5 = 20; they keep their ratio on the third.
    expect([dx[1], index[2]]).toEqual([NaN, NaN]);
    expect(dx[2]).toBeCloseTo(20, 12);
    expect(index[3]).toBeCloseTo(20, 12);
  });

  it('counts equal moves up and down as none and keeps its value', () => {
    const { plusDi, minusDi, dx } = adx(...bars([10, 8, 9], [12, 9, 11], [13, 8, 11]), 1, 0);
    expect([plusDi[2], minusDi[2], dx[2]]).toEqual([0, 0, 100]);
  });

  it('knows moves that are equal in decimals although not in doubles', () => {
    const tied = bars([2.3e-7, 2.2e-7, 2.2e-7], [2.4e-7, 2.1e-7, 2.2e-7]);
    expect(adx(...tied, 1, 0).minusDi[1]).toBeGreaterThan(0);
    expect(adx(...tied, 1, 0, ZERO_SHARE).minusDi[1]).toBe(0);
  });

  it('is 0 in a market that never moved', () => {
    const { plusDi, adx: index } = adx(...bars([5, 5, 5], [5, 5, 5], [5, 5, 5]), 1, 0);
    expect([plusDi[2], index[2]]).toEqual([0, 0]);
  });

  it('remembers two of Wilder’s averages in a chain', () => {
    expect(adxMemory(14)).toBe(1289);
  });
});
