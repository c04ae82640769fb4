import { Random } from '../../src/domain/random.js';
import { luckReport, type LuckReport } from '../../src/optimize/honesty/luck-report.js';
import { plateauAround } from '../../src/optimize/honesty/plateau.js';
import { timesIn, verdictOn } from '../../src/optimize/honesty/verdict.js';
import type { Trial } from '../../src/optimize/search.js';
import { SearchSpace, type Point } from '../../src/optimize/space/search-space.js';
import { sharpeOf } from '../../src/backtest/engine/luck/return-shape.js';
import type { Figures } from '../../src/optimize/sweep/figures.js';
import { noiseColumns } from '../contract/noise-search.js';

const PER_YEAR = Math.sqrt(365);

/** What is reported of the best of these columns. */
function reportOn(columns: readonly Float64Array[], earlierTrials = 0): LuckReport {
  const sharpes = columns.map((column) => (sharpeOf(column) as number) * PER_YEAR);
  const winner = sharpes.indexOf(Math.max(...sharpes));
  return luckReport({ sharpes, winner, winnerReturns: columns[winner], sampleReturns: columns, earlierTrials, seed: 1 }) as LuckReport;
}

/** The same column many times, each with a little noise of its own, as neighbouring parameters are. */
function alike(column: Float64Array, count: number, random: Random): Float64Array[] {
  return Array.from({ length: count }, () => column.map((r) => r + 0.004 * random.normal()));
}

const FIGURES = { total_trades: 30, total_return: 0.1, sharpe_daily: 1 } as Figures;

describe('luckReport', () => {
  it('takes the best of many worthless strategies for luck', () => {
    const luck = reportOn(noiseColumns(100, 365, new Random(4)));
    expect(luck.probabilistic).toBeGreaterThan(0.95); // alone it would look like skill
    expect(luck.chanceOfLuck).toBeGreaterThan(0.05);
    expect(luck.holmP).toBeGreaterThan(0.05);
    expect(luck.deflated).toBeLessThan(0.95);
    expect(luck.effectiveTrials).toBeGreaterThan(50);
  });

  it('calls few searches through noise a find: about one in twenty', () => {
    const random = new Random(11);
    let finds = 0;
    for (let search = 0; search < 60; search++) finds += Number(reportOn(noiseColumns(30, 200, random)).chanceOfLuck < 0.05);
    // Expected 3; more than 9 would happen once in 3,000 times.
    expect(finds).toBeLessThanOrEqual(9);
  });

  it('lets an edge survive among worthless ones, and among many like itself', () => {
    const random = new Random(5);
    const edge = Float64Array.from({ length: 730 }, () => 0.02 * random.normal() + 0.0045); // 4.3 a year
    const columns = [...noiseColumns(60, 730, random), ...alike(edge, 20, random)];
    const luck = reportOn(columns);
    expect(luck.chanceOfLuck).toBeLessThan(0.01);
    expect(luck.deflatedEffective).toBeGreaterThan(luck.deflated); // fewer that are independent, a lower bar
    expect(luck.pbo).toBeLessThan(0.5);
    expect(luck.sharpeInterval[0]).toBeGreaterThan(0);
  });

  it('counts what is alike once, and earlier searches too', () => {
    const random = new Random(6);
    const [column] = noiseColumns(1, 365, random);
    expect(reportOn(alike(column, 40, random)).effectiveTrials).toBeLessThan(5);
    const columns = noiseColumns(40, 365, random);
    expect(reportOn(columns, 400).chanceOfLuck).toBeGreaterThan(reportOn(columns).chanceOfLuck);
    expect(reportOn(columns, 400).deflated).toBeLessThan(reportOn(columns).deflated);
  });

  it('says nothing of a few days, or of returns that do not vary', () => {
    const short = noiseColumns(3, 20, new Random(1));
    const flat = [new Float64Array(100), new Float64Array(100)];
    for (const columns of [short, flat]) expect(luckReport({ sharpes: columns.map(() => null), winner: 0, winnerReturns: columns[0], sampleReturns: columns, earlierTrials: 0, seed: 1 })).toBeNull();
  });
});

describe('plateauAround', () => {
  const space = new SearchSpace([{ kind: 'range', name: 'x', low: 0, high: 100, step: 1, log: false }, { kind: 'range', name: 'y', low: 0, high: 100, step: 25, log: false }], []); // prettier-ignore
  const trial = (point: Point, value: number): Trial => ({ number: 0, point, loss: -value, violation: 0, figures: { sharpe_daily: value } as Figures });

  it('looks within a tenth of every range, or one step where steps are wider', () => {
    const centre = trial([50, 50], 9);
    const trials = [centre, trial([60, 50], 1), trial([40, 75], 3), trial([50, 25], 2), trial([61, 50], 100), trial([50, 0], 100)];
    expect(plateauAround(centre.point, space, trials, ({ figures }) => figures.sharpe_daily)).toEqual({ neighbours: 3, median: 2, keeping: 1 });
  });

  it('says that nothing lies around where nothing was tried', () => {
    const centre = trial([50, 50], 9);
    expect(plateauAround(centre.point, space, [centre], () => 1)).toEqual({ neighbours: 0, median: null, keeping: null });
  });
});

describe('verdictOn', () => {
  const luck = { chanceOfLuck: 0.01, trials: 50, earlierTrials: 0, pbo: 0.1, holmP: 0.01 } as LuckReport;
  const plateau = { neighbours: 8, median: 1.8, keeping: 1 };

  it.each([
    { why: 'nothing speaks against it', facts: {}, level: 'promising' },
    { why: 'a search of worthless strategies would find the like', facts: { luck: { ...luck, chanceOfLuck: 0.4 } }, level: 'luck' },
    { why: 'it lost on the time held out', facts: { outOfSample: { ...FIGURES, total_return: -0.1 } }, level: 'doubtful' },
    { why: 'it did not trade there', facts: { outOfSample: { ...FIGURES, total_trades: 0 } }, level: 'doubtful' },
    { why: 'it is a needle', facts: { plateau: { ...plateau, median: 0.3 } }, level: 'doubtful' },
    { why: 'the best of one half is no good in the other', facts: { luck: { ...luck, pbo: 0.7 } }, level: 'doubtful' },
    { why: 'there are too few days', facts: { luck: null }, level: 'doubtful' },
  ])('is $level where $why', ({ facts, level }) => {
    expect(verdictOn({ luck, plateau, value: 2, outOfSample: FIGURES, ...facts }).level).toBe(level);
  });

  it('speaks of searches, not of probabilities', () => {
    expect([0.999, 0.42, 0.06, 0.004, 0.00001].map(timesIn)).toEqual(['nearly every time', 'in 4 of 10 searches', 'in 1 of 10 searches', 'in 4 of 1,000 searches', 'in fewer than 1 of 1,000 searches']);
  });
});
