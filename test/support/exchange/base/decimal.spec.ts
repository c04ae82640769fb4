import { divFloor, floorTo, format, mulCeil, mulFloor, roundTo, units } from './decimal.js';

describe('decimals', () => {
  it.each([
    ['0', 0n],
    ['0.001', 100_000n],
    ['50000.01', 5_000_001_000_000n],
    ['-1.5', -150_000_000n],
    ['1.000000000000', 100_000_000n],
    [0.1, 10_000_000n],
    [1e-8, 1n],
  ])('reads %s', (value, expected) => {
    expect(units(value)).toBe(expected);
  });

  it.each(['', '1e3', 'NaN', '1.', '.5', '0.000000001', '1,5'])('refuses %p', (value) => {
    expect(() => units(value)).toThrow(RangeError);
  });

  it('writes exactly eight decimals', () => {
    expect([0n, 1n, 100_000n, -150_000_000n].map(format)).toEqual([
      '0.00000000',
      '0.00000001',
      '0.00100000',
      '-1.50000000',
    ]);
  });

  it('cuts off or rounds up what does not fit', () => {
    expect(mulFloor(3n, units('0.5'))).toBe(1n);
    expect(mulCeil(3n, units('0.5'))).toBe(2n);
    expect(mulCeil(4n, units('0.5'))).toBe(2n);
    expect(divFloor(units('1'), units('3'))).toBe(33_333_333n);
    expect(floorTo(units('0.00199'), units('0.001'))).toBe(units('0.001'));
    expect(roundTo(15n, 10n)).toBe(20n);
    expect(roundTo(14n, 10n)).toBe(10n);
  });
});
