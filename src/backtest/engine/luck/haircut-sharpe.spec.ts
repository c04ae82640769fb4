import { haircutBest, haircutSharpes } from './haircut-sharpe.js';
import { bonferroni } from './multiple-testing.js';

const sample = { count: 240, periodsPerYear: 12 };

describe('haircutBest', () => {
  it('leaves 0.32 of 0.75 in the example of the paper: 240 months, 200 tests', () => {
    const { p, adjusted, sharpe, haircut } = haircutBest(0.75, sample, 200);
    expect(p).toBeCloseTo(0.0008, 5);
    expect(adjusted).toBeCloseTo(0.15, 2);
    expect(sharpe).toBeCloseTo(0.32, 2);
    expect(haircut).toBeCloseTo(1 - 0.324 / 0.75, 3);
  });

  it('cuts nothing off a single test', () => {
    expect(haircutBest(0.75, sample, 1).sharpe).toBeCloseTo(0.75, 9);
  });
});

describe('haircutSharpes', () => {
  it('leaves nothing of what luck explains, keeps signs, and has no share of 0', () => {
    const [large, small, negative, none] = haircutSharpes([2, 0.05, -2, 0], sample, bonferroni);
    expect(large.sharpe).toBeLessThan(2);
    expect(large.sharpe).toBeGreaterThan(1.5);
    expect(small).toMatchObject({ adjusted: 1, sharpe: 0, haircut: 1 });
    expect(negative.sharpe).toBe(-large.sharpe);
    expect(none).toMatchObject({ t: 0, p: 1, haircut: null });
  });
});
