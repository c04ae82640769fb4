// Records that the caller and the kernel share: doubles one after another, in this order. Their twins are in src/kernels/records.ts.

/** How to trade; written by the caller. */
@unmanaged
export class Rules {
  initialCapital: f64;
  slippage: f64;
  feeRate: f64;
  /** 1 + fee rate where the fee of a purchase comes on top, else 1: what a coin costs, in prices. */
  costFactor: f64;
  /** 1 - fee rate where the fee is taken from the coins, else 1: what arrives of a coin bought. */
  keptShare: f64;
  minNotional: f64;
  /** Most quote currency that a purchase may use, and share of the equity that it may use; infinite where there is no such limit. */
  mostQuote: f64;
  mostShare: f64;
}

/** What came of it; written by the kernel. */
@unmanaged
export class Account {
  cash: f64;
  coins: f64;
  barsLong: f64;
  turnover: f64;
  refusedEntries: f64;
  refusedExits: f64;
  trades: f64;
  closedTrades: f64;
}

/** One round trip: a row of `TradeColumns`. */
@unmanaged
export class Trade {
  entryBar: f64;
  entryPrice: f64;
  quantity: f64;
  spent: f64;
  exitBar: f64;
  exitPrice: f64;
  proceeds: f64;
  fees: f64;
  slippage: f64;
}

/** What is held before row `until`, from where the holding before this one ends: a row of `HoldingColumns`. */
@unmanaged
export class Holding {
  until: f64;
  cash: f64;
  coins: f64;
}

/** Totals of the curve so far. Returns of even and of odd rows are summed apart: the two lanes of a SIMD register. */
@unmanaged
export class Totals {
  sumEven: f64;
  sumOdd: f64;
  squaresEven: f64;
  squaresOdd: f64;
  /** Four times the squares of the negative returns. */
  shortfallsEven: f64;
  shortfallsOdd: f64;
  /** Highest point so far; it is the first of its height among the points after `peakFrom`, up to `peakTo`. */
  peak: f64;
  peakFrom: f64;
  peakTo: f64;
  /** Smallest point / peak so far. */
  lowest: f64;
  /** The peak that it was measured from. */
  deepestPeak: f64;
  deepestPeakFrom: f64;
  deepestPeakTo: f64;
  /** The first point that is `lowest * deepestPeak` is among those after `troughFrom`, up to `troughTo`. */
  troughFrom: f64;
  troughTo: f64;
}
