import fc from 'fast-check';

import { ceilToStep, commonStep, compare, floorToStep, fromNumber, isDecimal, isOnStep, minus, negated, plus, ratio, rounded, shareOf, sum, times, toDecimal, ZERO } from './decimal.js';

/** An exact amount as a whole number of 10^-places, the oracle that needs no library. */
const amount = fc.record({ units: fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }), places: fc.integer({ min: 0, max: 18 }) });

function text({ units, places }: { units: bigint; places: number }): string {
  const digits = (units < 0n ? -units : units).toString().padStart(places + 1, '0');
  const fraction = places === 0 ? '' : digits.slice(-places).replace(/0+$/, '');
  const whole = places === 0 ? digits : digits.slice(0, -places);
  return `${units < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

const scaled = ({ units, places }: { units: bigint; places: number }): bigint => units * 10n ** BigInt(18 - places);

describe('amounts', () => {
  it('have one spelling, and every other becomes it', () => {
    expect(['1.50000000', '+1.5', '1.5e0', '015e-1', '1.'].map(toDecimal)).toEqual(['1.5', '1.5', '1.5', '1.5', '1']);
    expect(['0', '-0', '0.000', '.0', '0e9'].map(toDecimal)).toEqual([ZERO, ZERO, ZERO, ZERO, ZERO]);
    expect(['1e-8', '-1E-18', '1e21'].map(toDecimal)).toEqual(['0.00000001', '-0.000000000000000001', '1000000000000000000000']);
  });

  it.each(['', ' ', '1 ', '1,5', 'NaN', 'Infinity', '0x10', '1e999', '--1', '1.2.3', '1_000', '9'.repeat(65)])('are not %j', (junk) => {
    expect(() => toDecimal(junk)).toThrow(expect.objectContaining({ code: 'LEDGER.INVALID' }));
    expect(isDecimal(junk)).toBe(false);
  });

  it('are never numbers: a float has lost its digits already', () => {
    expect(() => toDecimal(0.1 as unknown as string)).toThrow(/must be a decimal text/);
  });

  it('add and subtract exactly', () => {
    fc.assert(
      fc.property(amount, amount, (a, b) => {
        expect(plus(text(a), text(b))).toBe(toDecimal(text({ units: scaled(a) + scaled(b), places: 18 })));
        expect(minus(text(a), text(b))).toBe(toDecimal(text({ units: scaled(a) - scaled(b), places: 18 })));
      }),
      { numRuns: 1000 },
    );
  });

  it('multiply exactly', () => {
    fc.assert(
      fc.property(amount, amount, (a, b) => {
        const product = times(text(a), text(b));
        const expected = text({ units: a.units * b.units, places: a.places + b.places });
        expect(product).toBe(expected === '-0' ? ZERO : expected);
      }),
      { numRuns: 1000 },
    );
  });

  it('come out of every operation in their one spelling', () => {
    fc.assert(
      fc.property(amount, amount, (a, b) => {
        for (const result of [plus(text(a), text(b)), minus(text(a), text(b)), negated(text(a)), sum([text(a), text(b)])]) expect([result, toDecimal(result)]).toEqual([result, result]);
      }),
    );
  });

  it('compare by value', () => {
    expect([compare('0.1', '0.10'), compare('-1', '1'), compare('10', '9')]).toEqual([0, -1, 1]);
  });

  it('are shared out to as many decimals as are wanted, half to even', () => {
    expect(shareOf('100', '1', '3', 4)).toBe('33.3333');
    expect(shareOf('1', '1', '8', 2)).toBe('0.12'); // 0.125
    expect(shareOf('3', '1', '8', 2)).toBe('0.38'); // 0.375
    expect(ratio('1', '0', 2)).toBeNull();
    expect([rounded('1.005', 2), rounded('-0.001', 2), rounded('1.10', 5)]).toEqual(['1', '0', '1.1']);
  });

  it('are rounded to steps exactly, whatever doubles make of them', () => {
    expect([floorToStep('0.3', '0.1'), ceilToStep('0.3', '0.1'), isOnStep('0.3', '0.1')]).toEqual(['0.3', '0.3', true]);
    expect([floorToStep('0.29999999999999999999', '0.1'), ceilToStep('0.30000000000000000001', '0.1')]).toEqual(['0.2', '0.4']);
    expect([floorToStep('7', '2.5'), ceilToStep('7', '2.5'), isOnStep('7', '2.5')]).toEqual(['5', '7.5', false]);
    expect([floorToStep('1.2345', '0'), ceilToStep('1.2345', '0'), isOnStep('1.2345', '0')]).toEqual(['1.2345', '1.2345', true]);
    const positive = fc.record({ units: fc.bigInt({ min: 0n, max: 10n ** 24n }), places: fc.integer({ min: 0, max: 18 }) });
    const step = fc.record({ units: fc.bigInt({ min: 1n, max: 10n ** 9n }), places: fc.integer({ min: 0, max: 18 }) });
    fc.assert(
      fc.property(positive, step, (a, b) => {
        const steps = scaled(a) / scaled(b);
        expect(floorToStep(text(a), text(b))).toBe(text({ units: steps * scaled(b), places: 18 }));
        expect(ceilToStep(text(a), text(b))).toBe(text({ units: (steps * scaled(b) === scaled(a) ? steps : steps + 1n) * scaled(b), places: 18 }));
      }),
    );
  });

  it('have a smallest step in common', () => {
    expect([commonStep('0.4', '0.6'), commonStep('0.001', '1'), commonStep('0', '0.5'), commonStep('0.5', '0'), commonStep('0', '0')]).toEqual(['1.2', '1', '0.5', '0.5', '0']);
  });

  it('are made of a double as it is written', () => {
    expect([0.1, 1e-7, 42008.399999999994, 1e21, -0, 5e-9].map(fromNumber)).toEqual(['0.1', '0.0000001', '42008.399999999994', '1000000000000000000000', '0', '0.000000005']);
    fc.assert(fc.property(fc.double({ min: 1e-20, max: 1e20, noNaN: true }), (value) => Number(fromNumber(value)) === value));
    for (const none of [NaN, Infinity, -Infinity]) expect(() => fromNumber(none)).toThrow('An amount must be a decimal text');
  });
});
