import { normalCdf } from './normal.js';
import { minimumTrackRecord, probabilisticSharpe, probabilisticSharpeNull } from './probabilistic-sharpe.js';

/** Two years of monthly returns of a hedge fund, from the paper of 2012. */
const paper = { sharpe: 0.458, count: 24, skew: -2.448, kurtosis: 10.164 };

describe('probabilisticSharpe', () => {
  it('is 0.913 in the worked example of the paper', () => {
    expect(probabilisticSharpe(paper)).toBeCloseTo(0.913, 3);
  });

  it('is a half against itself', () => {
    expect(probabilisticSharpe(paper, 0.458)).toBe(0.5);
  });
});

describe('probabilisticSharpeNull', () => {
  it('does not care for skew against a benchmark of 0', () => {
    expect(probabilisticSharpeNull(paper)).toBeCloseTo(normalCdf(0.458 * Math.sqrt(24)), 13);
  });

  it('knows less when returns repeat', () => {
    // Correlation 1/2: r = 1, variance 1 + 2 = 3
    expect(probabilisticSharpeNull(paper, 0, 0.5)).toBeCloseTo(normalCdf(0.458 * Math.sqrt(24 / 3)), 13);
  });
});

describe('minimumTrackRecord', () => {
  it('is 2.73 years for 2 against 1 a year, daily and normal', () => {
    const daily = { sharpe: 2 / Math.sqrt(252), skew: 0, kurtosis: 3 };
    expect((minimumTrackRecord(daily, 1 / Math.sqrt(252), 0.95) ?? NaN) / 252).toBeCloseTo(2.73, 2);
  });

  it('is the length at which the probability is the confidence', () => {
    const count = minimumTrackRecord(paper, 0.1, 0.9) ?? NaN;
    expect(probabilisticSharpe({ ...paper, count }, 0.1)).toBeCloseTo(0.9, 12);
  });

  it('does not exist below the benchmark', () => {
    expect(minimumTrackRecord(paper, 0.458, 0.95)).toBeNull();
  });
});
