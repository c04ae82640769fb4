import { padLeft, padRight, wrap } from '../columns.js';
import { count, percent, ratio } from '../numbers.js';
import { fullTime } from '../times.js';
import type { BotReport } from './bot-report.js';
import { botMoney, botVerdict, bps, differenceWords, signedMoney, wonBy } from './bot-words.js';

const WIDTH = 80;
const LABEL = 24;
const CELL = 22;

/** The report for a terminal: lines of at most 80 columns. */
export function botText(report: BotReport): string {
  const { period, slippage, test } = report;
  const { key, fromMs, toMs } = period;
  return [
    `${key.botId} (${key.mode}) on ${key.symbol} ${test.manifest.timeframe}, ${fullTime(fromMs)} → ${fullTime(toMs)}`,
    ...wrap(botVerdict(report), WIDTH),
    '',
    row('', 'bot', 'backtest'),
    ...comparison(report).map(({ name, bot, test: other }) => row(name, bot, other)),
    '',
    'Slippage, weighted by value; above zero is to our loss',
    ...slippageRows(report).map(({ name, value }) => row(name, value, '')),
    ...(slippage.orders.length === 0 ? ['No order traded.'] : []),
    '',
    'Differences from the backtest',
    ...differenceWords(report).flatMap((words) => wrap(words, WIDTH, '- ')),
  ]
    .map((line) => line.trimEnd())
    .join('\n');
}

/** The same figures of both, side by side. */
export function comparison(report: BotReport): { readonly name: string; readonly bot: string; readonly test: string }[] {
  const { result, test } = report;
  const money = botMoney(report);
  const pair = (name: string, value: (of: BotReport['result']) => string): { name: string; bot: string; test: string } => ({ name, bot: value(result), test: value(test) });
  return [
    pair('Result', (of) => signedMoney(money, wonBy(of))),
    pair('Max drawdown', ({ metrics }) => percent(metrics.max_drawdown)),
    pair('Sharpe', ({ metrics }) => ratio(metrics.sharpe)),
    pair('Trades, closed', ({ metrics }) => `${count(metrics.total_trades)}, ${count(metrics.closed_trades)}`),
    pair('Won / lost', ({ metrics }) => `${count(metrics.winning_trades)} / ${count(metrics.losing_trades)}`),
    pair('Expectancy', ({ metrics }) => (metrics.expectancy === null ? '—' : signedMoney(money, metrics.expectancy))),
    pair('Fees', ({ metrics }) => money(metrics.fees_paid)),
    pair('Exposure', ({ metrics }) => percent(metrics.exposure)),
  ];
}

/** Decision → arrival → fill, and what a backtest takes for the last step. */
export function slippageRows(report: BotReport): { readonly name: string; readonly value: string; readonly meaning: string }[] {
  const { slippage, assumedBps } = report;
  const money = botMoney(report);
  return [
    { name: 'Decision to book', value: bps(slippage.delay), meaning: 'from the close of the candle that was decided on to the middle of the order book when the order was planned' },
    { name: 'Book to fill', value: bps(slippage.execution), meaning: 'from the middle of the order book when the order was planned to the price paid' },
    { name: 'Decision to fill', value: bps(slippage.total), meaning: 'from the close of the candle that was decided on to the price paid' },
    { name: 'Assumed, book to fill', value: bps(assumedBps), meaning: 'backtest.slippage_bps: what a backtest takes per side' },
    { name: 'Decision to fill, cost', value: signedMoney(money, slippage.cost), meaning: 'price paid against the close that was decided on, times the quantity, over all orders' },
    { name: 'Orders, with a book', value: `${count(slippage.orders.length)}, ${count(slippage.withBook)}`, meaning: 'orders that traded, and of how many the order book at planning is known: the gates look at it for entries only' },
  ];
}

function row(name: string, first: string, second: string): string {
  return `  ${padRight(name, LABEL)}${padLeft(first, CELL)}${padLeft(second, CELL)}`;
}
