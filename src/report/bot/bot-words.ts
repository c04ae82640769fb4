import { isZero } from '../../domain/decimal.js';
import { counted, exactPercent, grouped, moneyFormat, plainNumber, signed, type MoneyFormat } from '../numbers.js';
import { duration, fullTime } from '../times.js';
import type { BotReport } from './bot-report.js';

/** Amounts of the bot's currency, with the decimals that suit what one purchase spends. */
export function botMoney({ quote, result }: BotReport): MoneyFormat {
  return moneyFormat(quote, result.equity_curve[0].equity);
}

/** What the account won since the beginning of the period, open position included. */
export function wonBy({ equity_curve: curve }: BotReport['result']): number {
  return curve[curve.length - 1].equity - curve[0].equity;
}

/** `-1.2 bps`; above zero is to our loss. */
export function bps(value: number | null): string {
  return value === null ? '—' : `${signed(value, grouped(value, 1))} bps`;
}

/** The period in one sentence, in money: shares of an account that mostly lies still would say little. */
export function botVerdict(report: BotReport): string {
  const { result, test, period } = report;
  const money = botMoney(report);
  const own = wonBy(result);
  const { closed_trades: closed, total_trades: total } = result.metrics;
  const basis = total === 0 ? 'without a trade' : closed > 0 ? `on ${counted(closed, 'closed trade')}` : `on ${counted(total, 'trade')}, none of them closed`;
  const outcome = own === 0 ? 'Neither won nor lost' : `${own > 0 ? 'Won' : 'Lost'} ${money(Math.abs(own))}`;
  return `${outcome} in ${duration(period.toMs - period.fromMs)} ${basis}; the backtest of the same bars: ${signedMoney(money, wonBy(test))}.`;
}

export function signedMoney(money: MoneyFormat, value: number): string {
  return signed(value, money(value));
}

/** Everything in which the bot and the backtest differ, and why, in sentences. */
export function differenceWords(report: BotReport): string[] {
  const { account, pairing, period, base, assumedBps, slippage } = report;
  const { both, onlyBot, onlyTest, undecided } = pairing;
  const words: string[] = [];
  if (account.cameInLong) words.push(`The bot came into the period holding ${account.heldBefore} ${base}; a backtest begins with nothing.`);
  if (onlyTest.length > 0) words.push(`${counted(onlyTest.length, 'trade')} of the backtest the bot did not make: ${reasonsOf(report)}.`);
  if (onlyBot.length > 0) words.push(`${counted(onlyBot.length, 'trade')} of the bot the backtest did not make, the first on ${fullTime(onlyBot[0].entry_time)}.`);
  const otherExit = both.filter(({ bot, test }) => (bot.exit_time === null) !== (test.exit_time === null) || bot.bars_held !== test.bars_held);
  if (otherExit.length > 0) words.push(`${counted(otherExit.length, 'trade')} began on the same bar and ended on another.`);
  if (undecided > 0) words.push(`On ${counted(undecided, 'bar')} of the period the bot decided nothing: it was not running, or could not look.`);
  const others = [...new Set(period.decisions.map(({ strategy }) => strategy))].filter((name) => name !== report.test.manifest.strategy);
  if (others.length > 0) words.push(`A part of the decisions was made by another strategy (${others.join(', ')}); the backtest runs ${report.test.manifest.strategy} throughout.`);
  if (slippage.execution !== null && period.key.mode === 'live') words.push(`The backtest takes ${plainNumber(assumedBps)} bps of slippage per side; measured from the book to the fill it was ${bps(slippage.execution)}.`);
  for (const [asset, amount] of Object.entries(account.otherFees)) words.push(`Commissions of ${amount} ${asset} were taken in an asset of their own; they are in no figure of the bot.`);
  if (!isZero(account.takenOut)) words.push(`${account.takenOut} ${base} left by hand, at what they had cost; the curve falls by what they were worth beyond that.`);
  if (period.elsewhere > 0) words.push(`${counted(period.elsewhere, 'fill')} of this bot on another exchange ${period.elsewhere === 1 ? 'is' : 'are'} left out.`);
  if (words.length === 0) words.push('None: the bot made every trade that the backtest makes, and no other.');
  return words;
}

/** What the report takes for granted, in sentences. */
export function botAssumptions({ period, result, quote, test }: BotReport): string[] {
  const paper = period.key.mode === 'paper';
  const { fee_rate: fee } = test.config['backtest'] as { readonly fee_rate: number };
  return [
    `The ledger knows what changed, not what the wallet holds: the account is taken to have begun with backtest.initial_capital, and stood at ${moneyFormat(quote, result.equity_curve[0].equity)(result.equity_curve[0].equity)} when the period began. Equity is that, and what fills have moved since, with coins at each candle's close.`,
    paper
      ? `On paper the price paid is made from the market's by the very slippage that a backtest assumes, and the fee is ${exactPercent(fee)}: the last step from book to fill is that assumption, not a measurement.`
      : 'Prices and commissions are those that the exchange reported.',
    'The backtest beside it runs the same strategy with the same settings on the same bars, spends risk.max_position_size_usd on each purchase as the bot does, and knows no limits of risk.',
    'Holding means one such purchase at the first open, kept to the end.',
  ];
}

function reasonsOf({ pairing: { onlyTest } }: BotReport): string {
  const counts = new Map<string, number>();
  for (const { decided } of onlyTest) {
    const reason = decided === null ? 'nothing was decided on that bar' : `${decided.decision}, ${decided.reason}`;
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]).map(([reason, count]) => `${count} × ${reason}`).join('; ');
}
