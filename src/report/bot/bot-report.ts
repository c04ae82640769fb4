import type { BacktestResult } from '../../backtest/backtest-result.js';
import type { TradingRules } from '../../backtest/engine/simulate.js';
import type { Candles } from '../../domain/candles.js';
import { holdCurve } from '../html/hold-curve.js';
import type { BotAccount } from './bot-account.js';
import { botMetrics } from './bot-metrics.js';
import type { BotPeriod } from './bot-period.js';
import { pairTrades, type Pairing } from './differences.js';
import { measuredSlippage, type SlippageSummary } from './slippage.js';

/** What a bot really did, and beside it the backtest of the same bars. */
export interface BotReport {
  readonly period: BotPeriod;
  readonly account: BotAccount;
  /** What the bot did in the form of a result: the same figures by the same functions. */
  readonly result: BacktestResult;
  /** What a backtest of the same strategy and settings does on the same bars. */
  readonly test: BacktestResult;
  /** One position of the bot's size, bought at the first open and held; null where nothing could be bought. */
  readonly hold: Float64Array | null;
  readonly slippage: SlippageSummary;
  /** What a backtest assumes, hundredths of a percent per side. */
  readonly assumedBps: number;
  readonly pairing: Pairing;
  readonly base: string;
  readonly quote: string;
}

export interface BotReportParts {
  readonly period: BotPeriod;
  readonly account: BotAccount;
  /** Those of the period. */
  readonly candles: Candles;
  readonly test: BacktestResult;
  readonly rules: TradingRules;
}

/** Puts the parts together; pure. */
export function botReport({ period, account, candles, test, rules }: BotReportParts): BotReport {
  const slippage = measuredSlippage(period.orders);
  const { curve, trades } = account;
  const hold = holdOf(candles, rules, curve[0]);
  const [base = '', quote = ''] = period.key.symbol.split('/');
  return {
    period,
    account,
    result: {
      ...test,
      metrics: botMetrics(account, candles, slippage.cost, hold === null ? null : hold[hold.length - 1] / hold[0] - 1),
      trades,
      equity_curve: Array.from(curve, (equity, point) => ({ time: candles.openTime[0] + point * candles.timeframeMs, equity })),
      warnings: [],
    },
    test,
    hold,
    slippage,
    assumedBps: rules.costs.slippage * 10_000,
    pairing: pairTrades(trades, test.trades, period.decisions, candles.timeframe, candles.length),
    base,
    quote,
  };
}

/** The rest of the account lies still, as the bot's does. */
function holdOf(candles: Candles, rules: TradingRules, account: number): Float64Array | null {
  const invested = Math.min(rules.sizing.quoteAmount, account);
  return holdCurve(candles, { ...rules, initialCapital: invested })?.map((worth) => account - invested + worth) ?? null;
}
