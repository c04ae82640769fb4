import fc from 'fast-check';

import { affordableSteps, ceilSteps, floorSteps, fromSteps, nearestSteps } from './steps.js';

describe('rounding to steps', () => {
  it.each([
    { value: 0.3, step: 0.1, floor: 3, nearest: 3, ceil: 3, why: '0.3 / 0.1 is 2.9999999999999996 in doubles' },
    { value: 0.7, step: 0.1, floor: 7, nearest: 7, ceil: 7, why: 'and 0.7 / 0.1 is 6.999999999999999' },
    { value: 1.1, step: 0.1, floor: 11, nearest: 11, ceil: 11, why: 'while 1.1 / 0.1 is 11.000000000000002' },
    { value: 0.35, step: 0.1, floor: 3, nearest: 4, ceil: 4, why: 'halves go up' },
    { value: 0.349, step: 0.1, floor: 3, nearest: 3, ceil: 4, why: 'the nearest is not always up' },
    { value: 0.09999, step: 0.1, floor: 0, nearest: 1, ceil: 1, why: 'what is short by more than the tolerance is short' },
    { value: 0, step: 0.001, floor: 0, nearest: 0, ceil: 0, why: 'nothing is no step' },
    { value: 123456.789, step: 0.00001, floor: 12345678900, nearest: 12345678900, ceil: 12345678900, why: 'large counts too' },
    { value: 7, step: 2.5, floor: 2, nearest: 3, ceil: 3, why: 'steps need not be powers of ten' },
  ])('$value in steps of $step: $why', ({ value, step, floor, nearest, ceil }) => {
    expect([floorSteps(value, step), nearestSteps(value, step), ceilSteps(value, step)]).toEqual([floor, nearest, ceil]);
  });

  /** A decimal step, a whole number of them, and a part of one more in thousandths. */
  const amounts = fc.record({
    digits: fc.integer({ min: 0, max: 8 }),
    unit: fc.constantFrom(1, 2, 5, 25),
    steps: fc.integer({ min: 0, max: 50_000_000 }),
    thousandths: fc.integer({ min: 0, max: 999 }),
  });

  it('is what integers say of the decimals', () => {
    fc.assert(
      fc.property(amounts, ({ digits, unit, steps, thousandths }) => {
        const step = Number(`${unit}e-${digits}`);
        const value = Number(`${BigInt(steps) * BigInt(unit) * 1000n + BigInt(thousandths * unit)}e-${digits + 3}`);
        const partly = Number(thousandths > 0);
        expect([floorSteps(value, step), ceilSteps(value, step), nearestSteps(value, step)]).toEqual([steps, steps + partly, steps + Number(thousandths >= 500)]);
      }),
      { numRuns: 2000 },
    );
  });

  it('comes back from steps as the double nearest to the decimal', () => {
    fc.assert(
      fc.property(amounts, ({ digits, unit, steps }) => {
        const step = Number(`${unit}e-${digits}`);
        const exact = Number(`${BigInt(steps) * BigInt(unit)}e-${digits}`);
        expect(fromSteps(steps, step)).toBe(exact);
        expect(floorSteps(exact, step)).toBe(steps);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('the steps that a budget pays for', () => {
  it.each([
    { budget: 0.3, price: 0.1, onTop: 0, step: 1, steps: 3, why: '3 * 0.1 is 0.30000000000000004 in doubles, and 0.3 in money' },
    { budget: 84.084, price: 42_000, onTop: 0.001, step: 0.001, steps: 2, why: 'the fee on top is paid to the last digit' },
    { budget: 84.083, price: 42_000, onTop: 0.001, step: 0.001, steps: 1, why: 'and not if a little is missing' },
    { budget: 2.9999999999, price: 1, onTop: 0, step: 1, steps: 2, why: 'what is short by less than the tolerance of doubles is short all the same' },
    { budget: 3, price: 1.0000000000000002, onTop: 0, step: 1, steps: 2, why: 'a price that is a digit too high costs a digit too much' },
    { budget: 0, price: 1, onTop: 0, step: 1, steps: 0, why: 'nothing pays for nothing' },
    { budget: 1e-9, price: 1e-7, onTop: 0, step: 0.01, steps: 1, why: 'small numbers have exponents' },
    { budget: 1e22, price: 1, onTop: 0, step: 1e21, steps: 10, why: 'and so have large ones' },
  ])('are $steps: $why', ({ budget, price, onTop, step, steps }) => {
    expect(affordableSteps(budget, price, onTop, step)).toBe(steps);
  });
});
