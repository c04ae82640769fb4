/** Figures of a list of closed trades. `null` = undefined. */
export interface TradeMetrics {
  readonly trades: number;
  readonly wins: number;
  readonly losses: number;
  /** wins / all; trades that break even count in the denominator. */
  readonly winRate: number | null;
  readonly grossProfit: number;
  /** Positive. */
  readonly grossLoss: number;
  /** gross profit / gross loss */
  readonly profitFactor: number | null;
  /** Mean profit of a trade, quote currency. */
  readonly expectancy: number | null;
  /** sqrt(n) * mean / sample deviation of the profits (Van Tharp). */
  readonly sqn: number | null;
  readonly longestWinningStreak: number;
  readonly longestLosingStreak: number;
}

/** @param profits after all costs, quote currency, in order of exit */
export function tradeMetrics(profits: ArrayLike<number>): TradeMetrics {
  const n = profits.length;
  let [wins, losses, grossProfit, grossLoss, sum, largest] = [0, 0, 0, 0, 0, 0];
  let [winning, losing, longestWinning, longestLosing] = [0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    const profit = profits[i];
    sum += profit;
    largest = Math.max(largest, Math.abs(profit));
    winning = profit > 0 ? winning + 1 : 0;
    losing = profit < 0 ? losing + 1 : 0;
    longestWinning = Math.max(longestWinning, winning);
    longestLosing = Math.max(longestLosing, losing);
    if (profit > 0) {
      wins++;
      grossProfit += profit;
    } else if (profit < 0) {
      losses++;
      grossLoss -= profit;
    }
  }
  const mean = n > 0 ? sum / n : null;
  return {
    trades: n,
    wins,
    losses,
    winRate: n > 0 ? wins / n : null,
    grossProfit,
    grossLoss,
    profitFactor: grossLoss > 0 ? grossProfit / grossLoss : null,
    expectancy: mean,
    sqn: mean === null ? null : systemQuality(profits, mean, largest),
    longestWinningStreak: longestWinning,
    longestLosingStreak: longestLosing,
  };
}

function systemQuality(profits: ArrayLike<number>, mean: number, largest: number): number | null {
  const n = profits.length;
  if (n < 2) return null;
  let squares = 0;
  for (let i = 0; i < n; i++) {
    const distance = profits[i] - mean;
    squares += distance * distance; // ** 2 is a call of pow
  }
  const deviation = Math.sqrt(squares / (n - 1));
  return deviation > 1e-10 * largest ? (Math.sqrt(n) * mean) / deviation : null;
}
