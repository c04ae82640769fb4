import { cscv } from '../../src/backtest/engine/luck/cscv.js';
import { deflatedSharpe } from '../../src/backtest/engine/luck/deflated-sharpe.js';
import { effectiveTrials } from '../../src/backtest/engine/luck/effective-trials.js';
import { exactExpectedMaximum, expectedMaximum, minimumBacktestYears } from '../../src/backtest/engine/luck/expected-maximum.js';
import { haircutBest, haircutSharpes } from '../../src/backtest/engine/luck/haircut-sharpe.js';
import { benjaminiHochberg, benjaminiYekutieli, bonferroni, holm, sidak } from '../../src/backtest/engine/luck/multiple-testing.js';
import { normalCdf, normalQuantile } from '../../src/backtest/engine/luck/normal.js';
import { minimumTrackRecord, probabilisticSharpe, probabilisticSharpeNull, sharpeError } from '../../src/backtest/engine/luck/probabilistic-sharpe.js';
import { returnShape, type ReturnShape } from '../../src/backtest/engine/luck/return-shape.js';
import { describeWithVectors, readVectors } from '../support/vectors.js';
import { columnsOf, expectClose, expectValue, shapeOfRow, type LuckVectors } from './luck-vectors.js';

describeWithVectors('luck vectors: Sharpe ratios', () => {
  const v = readVectors('overfitting.json') as LuckVectors;

  it('normal distribution, to 1e-9', () => {
    expectClose(v.normal.cdf.map(({ x }) => normalCdf(x)), v.normal.cdf.map(({ p }) => p), 1e-9);
    expectClose(v.normal.ppf.map(({ p }) => normalQuantile(p)), v.normal.ppf.map(({ x }) => x), 1e-9);
  });

  it.each(v.psr)('probabilistic Sharpe ratio: $name', (row) => {
    const shape = shapeOfRow(row);
    expectValue(sharpeError(shape), row['se']);
    expectValue(probabilisticSharpe(shape, row['benchmark']), row['psr']);
    expectValue(probabilisticSharpeNull(shape, row['benchmark']), row['psrNull']);
  });

  it('probabilistic Sharpe ratio from returns', () => {
    const { returns, sharpe, skew, kurtosis, benchmarks, minTrl } = v.psrFromReturns;
    const shape = returnShape(Float64Array.from(returns)) as ReturnShape;
    expectClose([shape.sharpe, shape.skew, shape.kurtosis], [sharpe, skew, kurtosis]);
    for (const { benchmark, psr } of benchmarks) expectValue(probabilisticSharpe(shape, benchmark), psr);
    for (const { benchmark, confidence, n } of minTrl) expectValue(minimumTrackRecord(shape, benchmark, confidence), n);
  });

  it.each(v.minTrackRecordLength)('minimum track record: $name', (row) => {
    expectValue(minimumTrackRecord(shapeOfRow(row), row['benchmark'], row['confidence']), row['n']);
  });

  it('expected maximum of normals', () => {
    for (const { trials, approx, exact } of v.expectedMaxStandardNormal) expectClose([expectedMaximum(trials), exactExpectedMaximum(trials)], [approx, exact]);
  });

  it.each(v.deflatedSharpe)('deflated Sharpe ratio: $name', (row) => {
    const { threshold, probability } = deflatedSharpe(shapeOfRow(row), row['trials'], row['trialVariance']);
    expectClose([threshold, probability], [row['sr0'], row['dsr']]);
  });

  it('trials: from returns to two deflated ratios', () => {
    const columns = columnsOf(v.trials.returns);
    const shapes = columns.map((returns) => returnShape(returns) as ReturnShape);
    expectClose(shapes.map(({ sharpe }) => sharpe), v.trials.sharpe);
    const mean = shapes.reduce((sum, { sharpe }) => sum + sharpe / shapes.length, 0);
    const variance = shapes.reduce((sum, { sharpe }) => sum + (sharpe - mean) ** 2, 0) / (shapes.length - 1);
    expectValue(variance, v.trials['sharpeVariance']);
    const effective = effectiveTrials(columns);
    expectValue(effective?.averageCorrelation ?? null, v.trials['averageCorrelation']);
    expectValue(effective?.byCorrelation ?? null, v.trials['effectiveTrialsByCorrelation']);
    expectValue(effective?.byParticipation ?? null, v.trials['effectiveTrialsByParticipation']);
    for (const { trials, sr0, dsr } of v.trials.dsr) {
      const { threshold, probability } = deflatedSharpe(shapes[v.trials['best']], trials, variance);
      expectClose([threshold, probability], [sr0, dsr]);
    }
  });

  it('minimum backtest length', () => {
    for (const { trials, targetSharpe, years } of v.minBacktestLength) expectValue(minimumBacktestYears(trials, targetSharpe), years);
  });

  it.each(v.cscv)('probability of backtest overfitting: $name', (row) => {
    const found = cscv(columnsOf(row.returns), row['blocks']);
    if (found === null) throw new Error('There was nothing to split');
    const { droppedRows, pbo, probabilityOfLoss, line, splits } = found;
    expect([droppedRows, splits.length]).toEqual([row['droppedRows'], row['combinations']]);
    expect(splits.map(({ selected }) => selected)).toEqual(row.selected);
    expectClose(splits.map(({ logit }) => logit), row.logits);
    expectClose(splits.map(({ inSample }) => inSample), row.isSharpe);
    expectClose(splits.map(({ outOfSample }) => outOfSample), row.oosSharpe);
    expectClose([pbo, probabilityOfLoss], [row['pbo'], row['probLoss']]);
    expectClose([line?.slope ?? null, line?.intercept ?? null, line?.r2 ?? null], [row['slope'], row['intercept'], row['r2']]);
  });

  it.each([
    { name: 'bonferroni' as const, adjust: bonferroni },
    { name: 'sidak' as const, adjust: sidak },
    { name: 'holm' as const, adjust: holm },
    { name: 'bh' as const, adjust: benjaminiHochberg },
    { name: 'bhy' as const, adjust: benjaminiYekutieli },
  ])('multiple testing: $name', ({ name, adjust }) => {
    expectClose(adjust(v.multipleTesting.pValues), v.multipleTesting[name]);
  });

  it.each([
    { name: 'bonferroni' as const, adjust: bonferroni },
    { name: 'holm' as const, adjust: holm },
    { name: 'bhy' as const, adjust: benjaminiYekutieli },
  ])('haircut Sharpe ratio: $name', ({ name, adjust }) => {
    const { annualSharpe, tStat, pValue, n, periodsPerYear, [name]: expected } = v.haircutSharpe;
    const found = haircutSharpes(annualSharpe, { count: n, periodsPerYear }, adjust);
    expectClose(found.map(({ t }) => t), tStat);
    expectClose(found.map(({ p }) => p), pValue);
    expectClose(found.map(({ adjusted }) => adjusted), expected.pAdjusted);
    expectClose(found.map(({ sharpe }) => sharpe), expected.haircutSharpe);
    expectClose(found.map(({ haircut }) => haircut), expected.haircut);
  });

  it('haircut Sharpe ratio of the best of many', () => {
    for (const { annualSharpe, periodsPerYear, n, trials, pSingle, pMultiple, haircutSharpe, haircut } of v.haircutSharpeSidak) {
      const found = haircutBest(annualSharpe, { count: n, periodsPerYear }, trials);
      expectClose([found.p, found.adjusted, found.sharpe, found.haircut], [pSingle, pMultiple, haircutSharpe, haircut]);
    }
  });
});
