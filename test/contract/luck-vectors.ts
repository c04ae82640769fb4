import type { ReturnShape } from '../../src/backtest/engine/luck/return-shape.js';
import type { WalkForwardPlan } from '../../src/backtest/engine/luck/walk-forward.js';
import type { WindowReturn } from '../../src/backtest/engine/luck/walk-forward-efficiency.js';

export type Numbers = readonly number[];
export type Row = Readonly<Record<string, number>> & { readonly name?: string };
type Range = readonly [number, number];

/** `overfitting.json`. */
export interface LuckVectors {
  readonly normal: { readonly cdf: readonly Row[]; readonly ppf: readonly Row[] };
  readonly psr: readonly Row[];
  readonly psrFromReturns: Row & { readonly returns: Numbers; readonly benchmarks: readonly Row[]; readonly minTrl: readonly Row[] };
  readonly minTrackRecordLength: readonly Row[];
  readonly expectedMaxStandardNormal: readonly Row[];
  readonly deflatedSharpe: readonly Row[];
  readonly trials: Row & { readonly returns: readonly Numbers[]; readonly sharpe: Numbers; readonly dsr: readonly Row[] };
  readonly minBacktestLength: readonly Row[];
  readonly cscv: readonly (Row & { readonly returns: readonly Numbers[]; readonly selected: Numbers; readonly logits: Numbers; readonly isSharpe: Numbers; readonly oosSharpe: Numbers })[];
  readonly multipleTesting: Readonly<Record<'pValues' | 'bonferroni' | 'sidak' | 'holm' | 'bhy' | 'bh', Numbers>>;
  readonly haircutSharpe: Row & { readonly annualSharpe: Numbers; readonly tStat: Numbers; readonly pValue: Numbers } & Readonly<
      Record<'bonferroni' | 'holm' | 'bhy', { readonly pAdjusted: Numbers; readonly haircutSharpe: Numbers; readonly haircut: Numbers }>
    >;
  readonly haircutSharpeSidak: readonly Row[];
  readonly blockLength: readonly (Row & { readonly returns: Numbers })[];
  readonly stationaryBootstrapVarianceOfMean: readonly { readonly series: string; readonly expectedBlock: number; readonly variance: number }[];
  readonly bootstrapFromIndices: Row & {
    readonly series: string;
    readonly indices: readonly Numbers[];
    readonly sharpe: Numbers;
    readonly totalReturn: Numbers;
    readonly percentile90: { readonly sharpe: Numbers; readonly totalReturn: Numbers };
    readonly basic90: { readonly sharpe: Numbers };
  };
  readonly realityCheck: Row & { readonly returns: readonly Numbers[]; readonly bootstrapStatistics: Numbers; readonly spa: Row & { readonly omega: Numbers } };
  readonly tradeShuffle: {
    readonly startEquity: number;
    readonly pnl: Numbers;
    readonly permutations: readonly Numbers[];
    readonly observed: Row;
    readonly maxDrawdown: Numbers;
    readonly maxDrawdownAbs: Numbers;
    readonly quantiles: Row;
    readonly finalEquityAll: number;
  };
  readonly loAnnualisation: { readonly q: number; readonly autocorrelations: Numbers; readonly eta: number; readonly iid: number };
  readonly walkForwardWindows: readonly (WalkForwardPlan & { readonly n: number; readonly windows: readonly Numbers[] })[];
  readonly purgedKFold: readonly (Row & { readonly splits: readonly { readonly test: Range; readonly train: readonly Range[] }[] })[];
  readonly walkForwardEfficiency: Row & {
    readonly inSample: readonly WindowReturn[];
    readonly outOfSample: readonly WindowReturn[];
    readonly inSampleAnnual: Numbers;
    readonly outOfSampleAnnual: Numbers;
    readonly perWindow: readonly (number | null)[];
  };
}

const TOLERANCE = 1e-8;

/** Rows of a matrix as columns. */
export function columnsOf(rows: readonly Numbers[]): Float64Array[] {
  return rows[0].map((_, k) => Float64Array.from(rows, (row) => row[k]));
}

/** Every number within the relative tolerance of the one expected (0 within 1e-15); null stands for itself. */
export function expectClose(actual: ArrayLike<number | null>, expected: ArrayLike<number | null>, tolerance = TOLERANCE): void {
  const off = Array.from(expected, (value, i) => ({ i, actual: actual[i], expected: value })).filter(({ actual: found, expected: wanted }) =>
    found === null || wanted === null ? found !== wanted : !(Math.abs(found - wanted) <= (wanted === 0 ? 1e-15 : tolerance * Math.abs(wanted))),
  );
  expect(off).toEqual([]);
  expect(actual).toHaveLength(expected.length);
}

export const expectValue = (actual: number | null, expected: number | null): void => expectClose([actual], [expected]);

export const shapeOfRow = ({ sharpe, n = NaN, skew, kurtosis }: Row): ReturnShape => ({ sharpe, count: n, skew, kurtosis });
