import { timeframeMs } from '../../domain/timeframe.js';
import type { BotReport } from '../bot/bot-report.js';
import { comparison, slippageRows } from '../bot/bot-text.js';
import { botAssumptions, botMoney, botVerdict, bps, differenceWords, signedMoney, wonBy } from '../bot/bot-words.js';
import { oneLine } from '../columns.js';
import { openPositionNotice } from '../notices.js';
import { count, counted, grouped, percent, price, signedPercent } from '../numbers.js';
import { paramWords } from '../params.js';
import { duration, fullTime } from '../times.js';
import { figuresIn, tradeOf } from './backtest-page.js';
import { definitionOf } from './definitions.js';
import { html, type Html } from './html.js';
import type { Figure, FigureGroup, PageModel, PriceView } from './page-model.js';
import { toned, TONES } from './tones.js';

const LONGEST_WORD = 60;
const MOST_ORDERS = 200;
const HOLDING = 'one purchase of the size of the bot at the first open, with the same fee and slippage, held to the last close';
const SHORTFALL = 'price paid against the close that was decided on, times the quantity, over all orders; above zero is to our loss';
const FEW_TRADES = 30;

/** What a bot really did, as a page shows it: the parts of a backtest's page, slippage, and the backtest beside it. */
export function botPage(report: BotReport, view: PriceView): PageModel {
  const { period, result, test, account, hold, base, quote } = report;
  const { key, fromMs, toMs } = period;
  const { manifest, params } = test;
  const figures = figuresIn(result, quote);
  return {
    kind: key.mode === 'paper' ? 'Paper bot' : 'Live bot',
    about: [key.botId, oneLine(manifest.strategy), key.symbol, manifest.timeframe],
    headline: botVerdict(report),
    facts: [`${fullTime(fromMs)} → ${fullTime(toMs)}`, duration(toMs - fromMs), counted(view.candles.length, 'bar'), counted(result.metrics.total_trades, 'trade')],
    alarm: manifest.real_data ? null : 'This market is made up. No result on it says anything about a real one.',
    notices: noticesOf(report),
    tiles: tilesOf(report),
    groups: figures.groups.map(renamed),
    footnote: figures.footnote,
    base,
    quote,
    timeframe: manifest.timeframe,
    firstMs: fromMs,
    bars: view.candles.length,
    price: view,
    curves: [
      { name: 'Bot', values: account.curve },
      ...(hold === null ? [] : [{ name: 'Holding', values: hold }]),
      { name: 'Backtest of the same bars', values: Float64Array.from(test.equity_curve, ({ equity }) => equity) },
    ],
    trades: account.trades.map((trade) => ({ ...tradeOf(trade), stop: trade.stop, reason: trade.reason })),
    markLagMs: 0,
    sections: [
      { id: 'slippage', title: 'Slippage, measured and assumed', body: slippagePart(report) },
      { id: 'beside', title: 'Beside the backtest', body: besidePart(report) },
    ],
    assumptions: botAssumptions(report),
    settings: paramWords(params, [], LONGEST_WORD).map((word) => ({ name: word.slice(0, word.indexOf('=')), value: word.slice(word.indexOf('=') + 1) })),
    origin: [
      { name: 'Made', value: `${fullTime(manifest.created_at)} UTC` },
      { name: 'Bot', value: `${key.botId}, ${key.mode}` },
      { name: 'Strategy', value: `${oneLine(manifest.strategy)}, version ${oneLine(manifest.strategy_version)}` },
      { name: 'Decisions in the ledger', value: count(period.decisions.length) },
      { name: 'SHA-256 of the candles', value: manifest.candles_sha256 },
    ],
  };
}

function noticesOf({ result, quote, account, base }: BotReport): string[] {
  const { closed_trades: closed } = result.metrics;
  const open = openPositionNotice(result.trades, quote);
  return [
    ...(closed < FEW_TRADES ? [`Only ${counted(closed, 'closed trade')}: with fewer than ${FEW_TRADES} the figures are mostly luck.`] : []),
    ...(account.cameInLong ? [`The period began with ${account.heldBefore} ${base} held; the trade they belong to is listed whole, the curve begins at their value then.`] : []),
    ...(open === null ? [] : [`${open}.`]),
  ];
}

function tilesOf(report: BotReport): Figure[] {
  const { result, test, hold, slippage } = report;
  const money = botMoney(report);
  const won = (value: number): string => TONES.bySign(value, signedMoney(money, value));
  const held = hold === null ? null : hold[hold.length - 1] - hold[0];
  return [
    { label: 'Result', value: won(wonBy(result)), meaning: 'what the account won in the period, the open position at the last close included' },
    { label: 'Backtest', value: won(wonBy(test)), meaning: 'what a backtest of the same strategy and settings wins on the same bars' },
    { label: 'Holding', value: held === null ? '—' : won(held), meaning: HOLDING },
    { label: 'Max drawdown', value: percent(result.metrics.max_drawdown), meaning: definitionOf('Max drawdown') },
    { label: 'Book to fill', value: bps(slippage.execution), meaning: slippageRows(report)[1].meaning },
    { label: 'Closed trades', value: count(result.metrics.closed_trades), meaning: null },
  ];
}

/** Two figures mean something else here than in a backtest. */
function renamed({ title, figures }: FigureGroup): FigureGroup {
  const others: Readonly<Record<string, Partial<Figure>>> = { 'Buy and hold': { label: 'Holding', meaning: HOLDING }, Slippage: { label: 'Decision to fill', meaning: SHORTFALL }, 'Initial capital': { label: 'Equity at the start' } };
  return { title, figures: figures.map((figure) => ({ ...figure, ...others[figure.label] })) };
}

function slippagePart(report: BotReport): Html {
  const { slippage, period, assumedBps, quote } = report;
  if (slippage.orders.length === 0) return html`<p class="empty">No order traded in the period.</p>`;
  const note = period.key.mode === 'paper' ? html`<p class="note">On paper the step from book to fill is made by the assumption itself; only decision to book is measured.</p>` : null;
  const orders = slippage.orders.slice(-MOST_ORDERS);
  const rest = slippage.orders.length - orders.length;
  return html`<dl class="rows plain">${slippageRows(report).map(({ name, value, meaning }) => html`<div><dt>${name}<br><small>${meaning}</small></dt><dd>${value}</dd></div>`)}</dl>${note}
<details><summary>Order by order</summary><div class="scroll" tabindex="0" role="region" aria-label="Slippage order by order, a table that may be wider than the screen"><table class="plain wide"><thead><tr>${['Planned', 'Side', 'Decision', 'Book', 'Fill', `Value${quote === '' ? '' : `, ${quote}`}`, 'Decision to book', 'Book to fill', `Against ${grouped(assumedBps, 1)} bps`].map((name) => html`<th scope="col">${name}</th>`)}</tr></thead><tbody>${orders.map(
    ({ order, fillPrice, value, delay, execution }) =>
      html`<tr><th scope="row">${fullTime(order.plannedAt)}</th><td>${order.side}</td><td>${price(Number(order.decisionPrice))}</td><td>${price(order.arrivalPrice)}</td><td>${price(fillPrice)}</td><td>${grouped(value, 2)}</td><td>${bps(delay)}</td><td>${bps(execution)}</td><td>${execution === null ? '—' : bps(execution - assumedBps)}</td></tr>`,
  )}</tbody></table></div>${rest > 0 ? html`<p class="note">The newest ${MOST_ORDERS} of ${count(slippage.orders.length)}; \`report --json\` has all of them.</p>` : null}</details>`;
}

function besidePart(report: BotReport): Html {
  const { both } = report.pairing;
  const twins = both.length === 0 ? null : html`<h3 class="above">The same trades, bot against backtest</h3><div class="scroll" tabindex="0" role="region" aria-label="Trades of bot and backtest side by side, a table that may be wider than the screen"><table class="plain wide"><thead><tr>${['Entry', 'Bot paid', 'Backtest paid', 'Difference', 'Bot, return', 'Backtest, return'].map((name) => html`<th scope="col">${name}</th>`)}</tr></thead><tbody>${both.slice(-MOST_ORDERS).map(
    ({ bot, test }) =>
      html`<tr><th scope="row">${fullTime(Math.floor(test.entry_time / timeframeMs(report.test.manifest.timeframe)) * timeframeMs(report.test.manifest.timeframe))}</th><td>${price(bot.entry_price)}</td><td>${price(test.entry_price)}</td><td>${bps((bot.entry_price / test.entry_price - 1) * 10_000)}</td><td>${toned(TONES.bySign(bot.return, signedPercent(bot.return)))}</td><td>${toned(TONES.bySign(test.return, signedPercent(test.return)))}</td></tr>`,
  )}</tbody></table></div>`;
  return html`<table class="plain"><thead><tr><th scope="col">Figure</th><th scope="col">Bot</th><th scope="col">Backtest</th></tr></thead><tbody>${comparison(report).map(({ name, bot, test }) => html`<tr><th scope="row">${name}</th><td>${bot}</td><td>${test}</td></tr>`)}</tbody></table>
<h3 class="above">Differences</h3><ul class="differences">${differenceWords(report).map((words) => html`<li>${words}</li>`)}</ul>${twins}`;
}
