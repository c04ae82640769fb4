import fc from 'fast-check';

import { count, counted, exactPercent, moneyFormat, percent, plainNumber, price, ratio, signedPercent } from './numbers.js';

describe('percent', () => {
  it.each([
    [0.1244, '12.4 %', '+12.4 %'],
    [-0.051, '-5.1 %', '-5.1 %'],
    [0, '0.0 %', '0.0 %'],
    [-0, '0.0 %', '0.0 %'],
    [0.0042, '0.42 %', '+0.42 %'],
    [0.000037, '0.0037 %', '+0.0037 %'],
    [-0.000037, '-0.0037 %', '-0.0037 %'],
    [1e-12, '0.0 %', '0.0 %'],
    [0.00999, '1.0 %', '+1.0 %'],
    [12.748, '1,274.8 %', '+1,274.8 %'],
    [1e15, '1.00e17 %', '+1.00e17 %'],
    [null, '—', '—'],
    [NaN, '—', '—'],
    [Infinity, '—', '—'],
  ])('%p reads %s, as a return %s', (fraction, plain, signed) => {
    expect([percent(fraction), signedPercent(fraction)]).toEqual([plain, signed]);
  });

  it.each([
    [0.001, '0.1 %'],
    [0.00075, '0.075 %'],
    [0.1 + 0.2, '30 %'],
    [0, '0 %'],
  ])('keeps the digits of a setting: %p is %s', (fraction, text) => {
    expect(exactPercent(fraction)).toBe(text);
  });
});

describe('money', () => {
  it.each([
    [10_000, 'USDT', 10842.1712, '10,842.17 USDT'],
    [10_000, 'USDT', -3.5, '-3.50 USDT'],
    [10_000, 'USDT', 0, '0.00 USDT'],
    [10_000, 'USDT', 0.000412, '0.00041 USDT'],
    [10_000, 'USDT', -1e-12, '-1.00e-12 USDT'],
    [10_000, 'USDT', 1e15, '1.00e15 USDT'],
    [10_000, 'USDT', 123_456_789_012, '123,456,789,012 USDT'],
    [0.5, 'BTC', 0.49876, '0.49876 BTC'],
    [0.5, 'BTC', 0.25, '0.25000 BTC'],
    [0, 'USDT', 12, '12.00 USDT'],
    [10_000, '', 12, '12.00'],
    [10_000, 'USDT', null, '—'],
    [10_000, 'USDT', NaN, '—'],
  ])('in an account of %p %s, %p reads %s', (account, currency, value, text) => {
    expect(moneyFormat(currency, account)(value)).toBe(text);
  });

  it.each([
    [67_432.1, '67,432.10'],
    [0.0812345, '0.081235'],
    [0.00001234, '0.000012340'],
    [1.5, '1.5000'],
    [null, '—'],
  ])('a price of %p keeps its significant digits: %s', (value, text) => {
    expect(price(value)).toBe(text);
  });
});

describe('ratios and counts', () => {
  it.each([
    [1.374, '1.37'],
    [-0.001, '0.00'],
    [1234.5, '1,234.50'],
    [1e15, '1.00e15'],
    [null, '—'],
    [-Infinity, '—'],
  ])('a ratio of %p is %s', (value, text) => {
    expect(ratio(value)).toBe(text);
  });

  it.each([
    [0, '0 trades'],
    [1, '1 trade'],
    [2, '2 trades'],
    [1_000_000, '1,000,000 trades'],
  ])('%p trades are counted as "%s"', (value, text) => {
    expect(counted(value, 'trade')).toBe(text);
  });

  it.each([
    [10_000, '10,000'],
    [0.0001, '0.0001'],
    [100, '100'],
    [1e-12, '1.00e-12'],
  ])('a setting of %p is %s', (value, text) => {
    expect(plainNumber(value)).toBe(text);
  });
});

describe('every number', () => {
  it('has a short text without NaN, Infinity or a minus before zeros', () => {
    const formats = [percent, signedPercent, ratio, price, moneyFormat('USDT', 1e4), moneyFormat('BTC', 1e-12)];
    const plain = [count, plainNumber, exactPercent];
    fc.assert(
      fc.property(fc.oneof(fc.double(), fc.constantFrom(1e-12, 1e15, -1e15, 999_999.995, 0.005)), (value) => {
        const texts = [...formats.map((format) => format(value)), ...(Number.isFinite(value) ? plain.map((format) => format(value)) : [])];
        for (const text of texts) {
          expect(text).toMatch(/^(—|[+-]?[\d,]+(\.\d+)?(e-?\d+)?( %| USDT| BTC)?)$/);
          expect(text).not.toMatch(/^[+-][0.,]+( |$)/);
          expect(text.length).toBeLessThanOrEqual(24);
        }
      }),
    );
  });
});
