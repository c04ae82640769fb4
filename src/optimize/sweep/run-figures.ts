import { returnsOf } from '../../backtest/engine/distribution.js';
import { equityMetrics } from '../../backtest/engine/equity-metrics.js';
import { probabilisticSharpe } from '../../backtest/engine/luck/probabilistic-sharpe.js';
import { returnShape } from '../../backtest/engine/luck/return-shape.js';
import type { Trading } from '../../backtest/engine/simulate.js';
import { tradeMetrics } from '../../backtest/engine/trade-metrics.js';
import type { Candles } from '../../domain/candles.js';
import type { TrialTotals } from '../../kernels/sweep-kernel.js';
import { DAY_MS, periodsPerYear, YEAR_MS } from '../../domain/timeframe.js';
import type { EventTotals } from './event-totals.js';
import type { Figures } from './figures.js';

/** Figures of the curve that need its bars. */
export interface CurveFigures {
  readonly totalReturn: number;
  readonly cagr: number | null;
  readonly sharpe: number | null;
  readonly sortino: number | null;
  readonly calmar: number | null;
  /** 1 - deepest point / its peak. */
  readonly depth: number;
}

/** As `equityMetrics`: with less spread than this share of the squares left, digits are lost and the curve itself has to be asked. */
const CANCELLED = 1e-3;

/**
 * Figures of a curve from its totals alone.
 *
 * @returns null when the returns hardly vary about their mean: then the curve itself is needed
 */
export function curveFigures({ lastEquity, sum, squares, shortfalls, lowest }: EventTotals, initialCapital: number, candles: Candles): CurveFigures | null {
  const count = candles.length;
  const years = (count * candles.timeframeMs) / YEAR_MS;
  const mean = sum / count;
  const spread = squares - mean * sum;
  if (count < 2 || (squares > 0 && !(spread > CANCELLED * squares))) return null;
  const root = Math.sqrt(periodsPerYear(candles.timeframe));
  const deviation = Math.sqrt(spread / (count - 1));
  const downside = Math.sqrt(shortfalls / count);
  const cagr = (lastEquity / initialCapital) ** (1 / years) - 1;
  const depth = 1 - lowest;
  return {
    totalReturn: lastEquity / initialCapital - 1,
    cagr,
    sharpe: squares > 0 ? (mean / deviation) * root : null,
    sortino: downside > 0 ? (mean / downside) * root : null,
    calmar: depth > 0 ? cagr / depth : null,
    depth,
  };
}

/** What the figures need to know of the trades. */
export interface TradeFigures {
  readonly total: number;
  readonly closed: number;
  readonly winRate: number | null;
  readonly profitFactor: number | null;
  readonly expectancy: number | null;
  readonly sqn: number | null;
  readonly barsLong: number;
  readonly turnover: number;
}

export function tradeFigures({ trades, barsLong, turnover }: Trading): TradeFigures {
  const { trades: closed, winRate, profitFactor, expectancy, sqn } = tradeMetrics(trades.profits());
  return { total: trades.count, closed, winRate, profitFactor, expectancy, sqn, barsLong, turnover };
}

/** From sums over the profits: those of `tradeMetrics`. */
export function tradeFiguresOf({ trades, closed, wins, grossProfit, grossLoss, profits, largest, distances, barsLong, turnover }: TrialTotals): TradeFigures {
  const mean = closed > 0 ? profits / closed : null;
  const deviation = Math.sqrt(distances / (closed - 1));
  return {
    total: trades,
    closed,
    winRate: closed > 0 ? wins / closed : null,
    profitFactor: grossLoss > 0 ? grossProfit / grossLoss : null,
    expectancy: mean,
    sqn: mean !== null && closed > 1 && deviation > 1e-10 * largest ? (Math.sqrt(closed) * mean) / deviation : null,
    barsLong,
    turnover,
  };
}

/**
 * @param daily equity at the start and at the end of each day; null for bars longer than a day
 * @param withPsr whether the shape of the daily returns is asked for, which takes as long as the rest
 */
export function figuresOf(curve: CurveFigures, daily: Float64Array | null, trades: TradeFigures, bars: number, withPsr: boolean): Figures {
  const shape = daily === null || !withPsr ? null : returnShape(returnsOf(daily));
  return {
    total_return: curve.totalReturn,
    cagr: curve.cagr,
    sharpe_daily: daily === null ? null : equityMetrics(daily, { periodsPerYear: 365, years: 0 }).sharpe,
    sharpe: curve.sharpe,
    sortino: curve.sortino,
    calmar: curve.calmar,
    psr: shape === null ? null : probabilisticSharpe(shape),
    max_drawdown: curve.depth,
    profit_factor: trades.profitFactor,
    win_rate: trades.winRate,
    expectancy: trades.expectancy,
    sqn: trades.sqn,
    closed_trades: trades.closed,
    total_trades: trades.total,
    exposure: bars > 0 ? trades.barsLong / bars : 0,
    turnover: trades.turnover,
  };
}

/** The last row of each UTC day; a bar belongs to the day of its open. Null for bars longer than a day. */
export function dayEnds({ openTime, length, timeframeMs }: Candles): Int32Array | null {
  if (timeframeMs > DAY_MS) return null;
  const ends: number[] = [];
  for (let bar = 0; bar < length; ) {
    const dayEnd = (Math.floor(openTime[bar] / DAY_MS) + 1) * DAY_MS;
    const next = Math.min(length, Math.ceil((dayEnd - openTime[0]) / timeframeMs));
    ends.push(next - 1);
    bar = next;
  }
  return Int32Array.from(ends);
}
