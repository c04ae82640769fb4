import { quantile } from '../../src/backtest/engine/distribution.js';
import { blockLength } from '../../src/backtest/engine/luck/block-length.js';
import { bootstrapInterval, resample, totalReturnOf } from '../../src/backtest/engine/luck/bootstrap-interval.js';
import { loFactor } from '../../src/backtest/engine/luck/lo-factor.js';
import { purgedFolds } from '../../src/backtest/engine/luck/purged-folds.js';
import { realityCheck, superiorAbility } from '../../src/backtest/engine/luck/reality-check.js';
import { sharpeOf } from '../../src/backtest/engine/luck/return-shape.js';
import { drawStationary, stationaryVarianceOfMean } from '../../src/backtest/engine/luck/stationary-bootstrap.js';
import { accountFall } from '../../src/backtest/engine/luck/trade-shuffle.js';
import { walkForwardWindows } from '../../src/backtest/engine/luck/walk-forward.js';
import { walkForwardEfficiency } from '../../src/backtest/engine/luck/walk-forward-efficiency.js';
import { Random } from '../../src/domain/random.js';
import { describeWithVectors, readVectors } from '../support/vectors.js';
import { columnsOf, expectClose, expectValue, type LuckVectors } from './luck-vectors.js';

describeWithVectors('luck vectors: resampling and windows', () => {
  const v = readVectors('overfitting.json') as LuckVectors;
  const seriesOf = (name: string): Float64Array => Float64Array.from(v.blockLength.find((row) => row.name === name)?.returns ?? []);

  it.each(v.blockLength)('block length: $name', ({ returns, m, bandwidth, threshold, stationary, circular }) => {
    const found = blockLength(Float64Array.from(returns));
    expect([found.lag, found.bandwidth]).toEqual([m, bandwidth]);
    expectClose([found.threshold, found.stationary, found.circular], [threshold, stationary, circular]);
  });

  it.each(v.stationaryBootstrapVarianceOfMean)('variance of a resampled mean, blocks of $expectedBlock, and a simulation of it', ({ series, expectedBlock, variance }) => {
    const returns = seriesOf(series);
    expectValue(stationaryVarianceOfMean(returns, expectedBlock), variance);
    const [random, rows] = [new Random(7), new Int32Array(returns.length)];
    const mean = returns.reduce((sum, value) => sum + value, 0) / returns.length;
    let simulated = 0;
    for (let b = 0; b < 10_000; b++) {
      drawStationary(rows, expectedBlock, random);
      let sum = 0;
      for (let i = 0; i < rows.length; i++) sum += returns[rows[i]];
      simulated += (sum / rows.length - mean) ** 2 / 10_000;
    }
    expect(Math.abs(simulated / variance - 1)).toBeLessThan(0.05);
  });

  it('bootstrap intervals from given rows', () => {
    const { series, indices, sharpe, totalReturn, observedSharpe, observedTotalReturn, percentile90, basic90, stdErrorSharpe, probSharpeBelowZero } = v.bootstrapFromIndices;
    const returns = seriesOf(series);
    const sharpes = resample(returns, indices, (drawn) => sharpeOf(drawn) ?? NaN);
    const totals = resample(returns, indices, totalReturnOf);
    expectClose(sharpes, sharpe);
    expectClose(totals, totalReturn);
    const ofSharpe = bootstrapInterval(sharpeOf(returns) ?? NaN, sharpes);
    const ofTotal = bootstrapInterval(totalReturnOf(returns), totals);
    expectClose([ofSharpe.observed, ofTotal.observed], [observedSharpe, observedTotalReturn]);
    expectClose([...ofSharpe.percentile, ...ofTotal.percentile], [...percentile90.sharpe, ...percentile90.totalReturn]);
    expectClose(ofSharpe.basic, basic90.sharpe);
    expectClose([ofSharpe.standardError, ofSharpe.notAboveZero], [stdErrorSharpe, probSharpeBelowZero]);
  });

  it('reality check and superior predictive ability', () => {
    const columns = columnsOf(v.realityCheck.returns);
    const { indices } = v.bootstrapFromIndices;
    const check = realityCheck(columns, indices);
    expectClose([check.statistic, check.pValue], [v.realityCheck['statistic'], v.realityCheck['pValue']]);
    expectClose(check.resampled, v.realityCheck.bootstrapStatistics);
    const { omega, statistic, threshold, lower, consistent, upper } = v.realityCheck.spa;
    const ability = superiorAbility(columns, indices, v.realityCheck['expectedBlock']);
    expectClose(ability.omega, omega);
    expectClose([ability.statistic, ability.threshold, ability.lower, ability.consistent, ability.upper], [statistic, threshold, lower, consistent, upper]);
  });

  it('shuffled trades', () => {
    const { startEquity, pnl, permutations, observed, maxDrawdown, maxDrawdownAbs, quantiles, finalEquityAll } = v.tradeShuffle;
    const seen = accountFall(startEquity, pnl);
    expectClose([seen.share, seen.amount, seen.finalEquity], [observed['maxDrawdown'], observed['maxDrawdownAbs'], observed['finalEquity']]);
    const falls = permutations.map((order) => accountFall(startEquity, pnl, order));
    expectClose(falls.map(({ share }) => share), maxDrawdown);
    expectClose(falls.map(({ amount }) => amount), maxDrawdownAbs);
    for (const { finalEquity } of falls) expectValue(finalEquity, finalEquityAll);
    const shares = falls.map(({ share }) => share);
    expectClose([0.05, 0.5, 0.95].map((q) => quantile(shares, q)), [quantiles['p05'], quantiles['p50'], quantiles['p95']]);
  });

  it('annualisation of dependent returns', () => {
    const { q, autocorrelations, eta, iid } = v.loAnnualisation;
    expectClose([loFactor(q, autocorrelations), loFactor(q, [])], [eta, iid]);
  });

  it.each(v.walkForwardWindows)('walk-forward windows: $n bars, step $step, anchored $anchored, purge $purge, partial $partial', ({ n, windows, ...plan }) => {
    expect(walkForwardWindows(n, plan).map(({ trainFrom, trainTo, testFrom, testTo }) => [trainFrom, trainTo, testFrom, testTo])).toEqual(windows);
  });

  it.each(v.purgedKFold)('purged folds: $folds of $n bars', ({ n, folds, purge, embargo, splits }) => {
    expect(purgedFolds(n, folds, purge, embargo)).toEqual(splits);
  });

  it('walk-forward efficiency', () => {
    const { inSample, outOfSample, periodsPerYear, ...expected } = v.walkForwardEfficiency;
    const found = walkForwardEfficiency(inSample, outOfSample, periodsPerYear);
    expectClose(found.inSampleAnnual, expected.inSampleAnnual);
    expectClose(found.outOfSampleAnnual, expected.outOfSampleAnnual);
    expectClose(found.perWindow, expected.perWindow);
    expectClose(
      [found.stitchedReturn, found.stitchedAnnual, found.meanInSampleAnnual, found.efficiency, found.profitableShare],
      [expected['stitchedTotalReturn'], expected['stitchedAnnual'], expected['meanInSampleAnnual'], expected['efficiency'], expected['profitableWindows']],
    );
  });
});
