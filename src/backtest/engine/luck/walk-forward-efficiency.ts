/** What a strategy made in one window. */
export interface WindowReturn {
  readonly totalReturn: number;
  readonly bars: number;
}

/** Out of sample against in sample (Pardo 2008). Shown, never decisive: a good ratio of two bad numbers is no good. */
export interface WalkForwardEfficiency {
  readonly inSampleAnnual: readonly number[];
  readonly outOfSampleAnnual: readonly number[];
  /** All tests one after the other. */
  readonly stitchedReturn: number;
  readonly stitchedAnnual: number;
  readonly meanInSampleAnnual: number;
  /** stitchedAnnual / meanInSampleAnnual; null when nothing was won in sample: a negative divisor would turn the sign. */
  readonly efficiency: number | null;
  /** Per window; null where nothing was won in sample. */
  readonly perWindow: readonly (number | null)[];
  /** Share of windows with a profit out of sample. */
  readonly profitableShare: number;
}

/** @param periodsPerYear bars in 365 days */
export function walkForwardEfficiency(inSample: readonly WindowReturn[], outOfSample: readonly WindowReturn[], periodsPerYear: number): WalkForwardEfficiency {
  const annual = ({ totalReturn, bars }: WindowReturn): number => (1 + totalReturn) ** (periodsPerYear / bars) - 1;
  const [inside, outside] = [inSample.map(annual), outOfSample.map(annual)];
  const stitchedReturn = outOfSample.reduce((product, { totalReturn }) => product * (1 + totalReturn), 1) - 1;
  const stitchedAnnual = annual({ totalReturn: stitchedReturn, bars: outOfSample.reduce((sum, { bars }) => sum + bars, 0) });
  const meanInSampleAnnual = inside.reduce((sum, value) => sum + value, 0) / inside.length;
  return {
    inSampleAnnual: inside,
    outOfSampleAnnual: outside,
    stitchedReturn,
    stitchedAnnual,
    meanInSampleAnnual,
    efficiency: meanInSampleAnnual > 0 ? stitchedAnnual / meanInSampleAnnual : null,
    perWindow: outside.map((value, i) => (inside[i] > 0 ? value / inside[i] : null)),
    profitableShare: outOfSample.filter(({ totalReturn }) => totalReturn > 0).length / outOfSample.length,
  };
}
