import type { ResultTrade } from '../../backtest/backtest-result.js';
import { barOpenAt, timeframeMs, type Timeframe } from '../../domain/timeframe.js';
import type { BotTrade } from './bot-account.js';
import type { BotDecision } from './bot-period.js';

/** Trades of a bot and of the backtest beside it, put together by the bar on which they began. */
export interface Pairing {
  readonly both: readonly { readonly bot: BotTrade; readonly test: ResultTrade }[];
  readonly onlyBot: readonly BotTrade[];
  /** With what the bot had decided on the bar that made the backtest buy; null where it decided nothing. */
  readonly onlyTest: readonly { readonly test: ResultTrade; readonly decided: BotDecision | null }[];
  /** Bars of the period on which the bot decided nothing. */
  readonly undecided: number;
}

export function pairTrades(bot: readonly BotTrade[], test: readonly ResultTrade[], decisions: readonly BotDecision[], timeframe: Timeframe, bars: number): Pairing {
  const barOf = (trade: ResultTrade): number => barOpenAt(trade.entry_time, timeframe);
  const tests = new Map(test.map((trade) => [barOf(trade), trade]));
  const bots = new Set(bot.map(barOf));
  const decided = new Map(decisions.map((decision) => [decision.candleOpenTime, decision]));
  return {
    both: bot.flatMap((trade) => {
      const twin = tests.get(barOf(trade));
      return twin === undefined ? [] : [{ bot: trade, test: twin }];
    }),
    onlyBot: bot.filter((trade) => !tests.has(barOf(trade))),
    // A purchase fills at the open after the bar that asked for it.
    onlyTest: test.filter((trade) => !bots.has(barOf(trade))).map((trade) => ({ test: trade, decided: decided.get(barOf(trade) - timeframeMs(timeframe)) ?? null })),
    undecided: bars - decided.size,
  };
}
