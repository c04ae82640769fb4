import { benjaminiHochberg, benjaminiYekutieli, bonferroni, holm, sidak, sidakOf, type Adjustment } from './multiple-testing.js';

const P = [0.01, 0.04, 0.03];

describe('adjusted p-values', () => {
  it.each<{ name: string; adjust: Adjustment; adjusted: number[] }>([
    { name: 'Bonferroni', adjust: bonferroni, adjusted: [0.03, 0.12, 0.09] },
    { name: 'Sidak', adjust: sidak, adjusted: [1 - 0.99 ** 3, 1 - 0.96 ** 3, 1 - 0.97 ** 3] },
    { name: 'Holm', adjust: holm, adjusted: [0.03, 0.06, 0.06] }, // 3 * 0.01; 2 * 0.03; 1 * 0.04 is not less than that
    { name: 'Benjamini-Hochberg', adjust: benjaminiHochberg, adjusted: [0.03, 0.04, 0.04] }, // 0.04; 0.03 * 3 / 2 is not more
    { name: 'Benjamini-Yekutieli', adjust: benjaminiYekutieli, adjusted: [0.055, 0.22 / 3, 0.22 / 3] }, // times 1 + 1/2 + 1/3
  ])('$name', ({ adjust, adjusted }) => {
    adjust(P).forEach((p, i) => expect(p).toBeCloseTo(adjusted[i], 14));
    expect(adjust([])).toEqual([]);
    for (const p of adjust([0.9, 0.8, 1])) expect(p).toBeLessThanOrEqual(1);
  });
});

describe('sidakOf', () => {
  it('keeps the digits of small p-values', () => {
    expect(sidakOf(1e-17, 1000)).toBeCloseTo(1e-14, 24);
  });
});
