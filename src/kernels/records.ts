/**
 * Places of fields in the records of kernels/assembly/records.ts: doubles one after another. Trades and holdings have the fields
 * of `TradeColumns` and `HoldingColumns`.
 */
export const RULES = {
  initialCapital: 0,
  slippage: 1,
  feeRate: 2,
  costFactor: 3,
  keptShare: 4,
  minNotional: 5,
  mostQuote: 6,
  mostShare: 7,
} as const;

export const ACCOUNT = {
  cash: 0,
  coins: 1,
  barsLong: 2,
  turnover: 3,
  refusedEntries: 4,
  refusedExits: 5,
  trades: 6,
  closedTrades: 7,
} as const;

/** The six sums before `peak` lie as at the beginning of `CurveTotals`. */
export const TOTALS = {
  sums: 0,
  peak: 6,
  peakFrom: 7,
  peakTo: 8,
  lowest: 9,
  deepestPeak: 10,
  deepestPeakFrom: 11,
  deepestPeakTo: 12,
  troughFrom: 13,
  troughTo: 14,
} as const;

export const TRADE_FIELDS = 9;
