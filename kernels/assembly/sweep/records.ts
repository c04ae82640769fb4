// Doubles one after another; their twin is in src/kernels/sweep-records.ts.

/** A trial on its way through the bars: written by the caller at first, read by it in the end. */
@unmanaged
export class Trial {
  /** Addresses: of the next signal's row and value, and behind the row of the last one. */
  nextRow: f64;
  nextValue: f64;
  endRows: f64;
  /** Addresses where the profit of the next closed trade and the next mark go. */
  nextProfit: f64;
  nextMark: f64;
  /** Marks that are written. */
  marked: f64;
  /** Quote currency and coins held now. */
  cash: f64;
  coins: f64;
  /** What the open trade has cost, and the bar of its entry. */
  spent: f64;
  entryBar: f64;
  /** Bars whose close is in the totals, and the equity at the last of them. */
  done: f64;
  equity: f64;
  /** Highest point of the curve, and the deepest one / its peak. */
  peak: f64;
  lowest: f64;
  /** Of all returns of the curve: their sum, their squares, the squares of the negative ones. */
  sum: f64;
  squares: f64;
  shortfalls: f64;
  barsLong: f64;
  turnover: f64;
  /** Trades, the open one included, and those that have an exit. */
  trades: f64;
  closed: f64;
  wins: f64;
  grossProfit: f64;
  grossLoss: f64;
  /** Of the profits of closed trades: their sum, the largest size, and the squares of their distances from the mean. */
  profits: f64;
  largest: f64;
  distances: f64;
}
