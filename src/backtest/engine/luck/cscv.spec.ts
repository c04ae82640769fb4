import { combinations } from './combinations.js';
import { cscv } from './cscv.js';

const firstHalf = Float64Array.of(0.01, 0.02, -0.01, -0.02);
const secondHalf = firstHalf.map((r) => -r);

describe('cscv', () => {
  it('finds overfitting where the best of one half is the worst of the other', () => {
    // Two blocks, two splits: the selected has rank 1 of 2, ln((1/3) / (2/3)) = -ln 2.
    const found = cscv([firstHalf, secondHalf], 2);
    expect(found).toMatchObject({ droppedRows: 0, pbo: 1, probabilityOfLoss: 1 });
    expect(found?.splits.map(({ selected }) => selected)).toEqual([0, 1]);
    for (const { logit } of found?.splits ?? []) expect(logit).toBeCloseTo(-Math.LN2, 14);
  });

  it('finds none where one is always better', () => {
    const good = Float64Array.of(0.01, 0.02, 0.01, 0.02);
    expect(cscv([good, good.map((r) => -r)], 2)).toMatchObject({ pbo: 0, probabilityOfLoss: 0 });
  });

  it('ranks a trial that never traded last', () => {
    const poor = Float64Array.of(-0.01, -0.02, -0.01, -0.02);
    expect(cscv([new Float64Array(4), poor], 2)?.splits).toMatchObject([{ selected: 1, logit: Math.log(2) }, { selected: 1 }]);
  });

  it('gives equals their mean rank and takes the first of them', () => {
    expect(cscv([firstHalf, firstHalf], 2)?.splits).toMatchObject([{ selected: 0, logit: 0 }, { selected: 0, logit: 0 }]);
  });

  it('drops the first rows where blocks would not be equal', () => {
    expect(cscv([Float64Array.of(9, ...firstHalf), Float64Array.of(9, ...secondHalf)], 2)).toMatchObject({ droppedRows: 1, pbo: 1 });
  });

  it('has nothing to split in one trial, in few rows, or in none', () => {
    expect([cscv([firstHalf], 2), cscv([firstHalf, secondHalf], 4), cscv([], 2)]).toEqual([null, null, null]);
  });
});

describe('combinations', () => {
  it('come in the order of the chosen indices', () => {
    expect(combinations(4, 2).map((marks) => marks.join(''))).toEqual(['1100', '1010', '1001', '0110', '0101', '0011']);
  });

  it.each([
    { count: 8, chosen: 4, found: 70 },
    { count: 16, chosen: 8, found: 12_870 },
    { count: 3, chosen: 0, found: 1 },
  ])('of $chosen out of $count are $found', ({ count, chosen, found }) => {
    expect(combinations(count, chosen)).toHaveLength(found);
  });
});
