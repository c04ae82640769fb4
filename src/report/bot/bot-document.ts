import { isoTime } from '../../domain/instant.js';
import type { BotReport } from './bot-report.js';
import { differenceWords, wonBy } from './bot-words.js';

/** The report for machines: names in snake_case, amounts in quote currency, slippage in hundredths of a percent. */
export function botDocument(report: BotReport): Record<string, unknown> {
  const { period, result, test, slippage, assumedBps, pairing, account } = report;
  return {
    bot_id: period.key.botId,
    mode: period.key.mode,
    symbol: period.key.symbol,
    timeframe: test.manifest.timeframe,
    strategy: test.manifest.strategy,
    from: isoTime(period.fromMs),
    to: isoTime(period.toMs),
    held_before: account.heldBefore,
    bot: { result: wonBy(result), metrics: result.metrics, trades: result.trades, equity_curve: result.equity_curve },
    backtest: { result: wonBy(test), metrics: test.metrics, trades: test.trades },
    slippage: {
      assumed_bps: assumedBps,
      decision_to_book_bps: slippage.delay,
      book_to_fill_bps: slippage.execution,
      decision_to_fill_bps: slippage.total,
      cost: slippage.cost,
      orders: slippage.orders.map(({ order, fillPrice, value, total, delay, execution }) => ({
        planned_at: isoTime(order.plannedAt),
        side: order.side,
        quantity: order.executedQuantity,
        decision_price: order.decisionPrice,
        arrival_price: order.arrivalPrice,
        fill_price: fillPrice,
        value,
        decision_to_book_bps: delay,
        book_to_fill_bps: execution,
        decision_to_fill_bps: total,
      })),
    },
    pairs: { both: pairing.both.length, only_bot: pairing.onlyBot.length, only_backtest: pairing.onlyTest.length, bars_undecided: pairing.undecided },
    differences: differenceWords(report),
  };
}
