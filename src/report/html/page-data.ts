import { fullTime } from '../times.js';
import { packedCandles, packedIndicator, priceDigits, type PackedCandles } from './candle-columns.js';
import { drawnCurve, falls } from './curve-columns.js';
import { digitsFor, packed, type PackedColumn } from './packed.js';
import type { PageModel, PageTrade } from './page-model.js';
import type { RollingSharpe } from './rolling-sharpe.js';
import type { Timeline } from './timeline.js';

/** A line as the page carries it; times in seconds. */
export interface PackedLine {
  readonly name: string;
  readonly times: PackedColumn;
  readonly values: PackedColumn;
}

/** What the page's script draws. */
export interface PageData {
  readonly base: string;
  readonly quote: string;
  /** Decimals of prices and of amounts of quote currency. */
  readonly price_digits: number;
  readonly money_digits: number;
  readonly bar_seconds: number;
  /** Seconds from the open of the bar on whose candle a fill is marked. */
  readonly mark_lag: number;
  readonly candles: PackedCandles | null;
  readonly indicators: readonly { readonly name: string; readonly own_scale: boolean; readonly values: PackedColumn }[];
  readonly curves: readonly PackedLine[];
  readonly falls: PackedLine;
  readonly sharpe: PackedLine | null;
  readonly trades: PackedTrades;
}

/** Round trips by columns, oldest first. */
export interface PackedTrades {
  readonly entry: PackedColumn;
  readonly entry_price: PackedColumn;
  readonly exit: PackedColumn;
  readonly exit_price: PackedColumn;
  readonly stop: PackedColumn | null;
  readonly quantity: PackedColumn;
  readonly fees: PackedColumn;
  readonly pnl: PackedColumn;
  readonly gain: PackedColumn;
  readonly bars: PackedColumn;
  /** null where no trade says why it ended. */
  readonly reason: readonly (string | null)[] | null;
}

const MONEY_FIGURES = 6;
const FALL_DIGITS = 5;
const SHARPE_DIGITS = 3;
const GAIN_DIGITS = 6;
const QUANTITY_FIGURES = 8;
/** What is mostly within half and double of the price is a price itself. */
const FAR = 2;
const MOSTLY = 0.9;

export function pageData(model: PageModel, timeline: Timeline, sharpe: RollingSharpe | null): PageData {
  const { price, curves, trades, base, quote } = model;
  const [account] = curves;
  const view = typeof price === 'string' ? null : price;
  const priceDecimals = view === null ? digitsFor(trades.map(({ entryPrice }) => entryPrice), MONEY_FIGURES) : priceDigits(view.candles);
  const money = digitsFor(account.values.subarray(0, 1), MONEY_FIGURES);
  return {
    base,
    quote,
    price_digits: priceDecimals,
    money_digits: money,
    bar_seconds: timeline.barMs / 1000,
    mark_lag: model.markLagMs / 1000,
    candles: view === null ? null : packedCandles(view.candles, timeline),
    indicators: view === null ? [] : Object.entries(view.indicators).map(([name, values]) => ({ name, own_scale: !isPriceLike(values, view.candles.close), values: packedIndicator(values, timeline, Math.max(priceDecimals, digitsFor(values, MONEY_FIGURES))) })),
    curves: curves.map(({ name, values }) => line(name, values, timeline, money)),
    falls: line('Below the highest point', falls(account.values), timeline, FALL_DIGITS),
    sharpe: sharpe === null ? null : { name: `Sharpe, ${sharpe.window} days`, times: seconds(sharpe.times), values: packed(sharpe.values, SHARPE_DIGITS) },
    trades: packedTrades(trades, priceDecimals, money),
  };
}

/** How long series were made to fit, in one sentence; null where every bar is drawn. */
export function decimationNote({ group, barMs, bars, firstMs }: Timeline): string | null {
  if (group === 1) return null;
  const hours = (group * barMs) / 3_600_000;
  const length = hours % 24 === 0 ? `${hours / 24} d` : hours >= 1 ? `${Number(hours.toFixed(2))} h` : `${hours * 60} min`;
  return `${bars.toLocaleString('en-US')} bars from ${fullTime(firstMs)} on are drawn in groups of ${group} (${length}): each candle keeps open, highest, lowest and close of its group, each curve its lowest and highest point. Every entry and exit is there. All figures come from the bars themselves.`;
}

function line(name: string, curve: Float64Array, timeline: Timeline, digits: number): PackedLine {
  const { times, values } = drawnCurve(curve, timeline);
  return { name, times: seconds(times), values: packed(values, digits) };
}

function seconds(times: Float64Array): PackedColumn {
  return packed(times.map((time) => Math.floor(time / 1000)), 0);
}

function packedTrades(trades: readonly PageTrade[], priceDecimals: number, money: number): PackedTrades {
  const column = (value: (trade: PageTrade) => number | null, digits: number): PackedColumn => packed(Float64Array.from(trades, (trade) => value(trade) ?? NaN), digits);
  return {
    entry: column(({ entryTime }) => entryTime / 1000, 0),
    entry_price: column(({ entryPrice }) => entryPrice, priceDecimals),
    exit: column(({ exitTime }) => (exitTime === null ? null : exitTime / 1000), 0),
    exit_price: column(({ exitPrice }) => exitPrice, priceDecimals),
    stop: trades.some(({ stop }) => stop !== null) ? column(({ stop }) => stop, priceDecimals) : null,
    quantity: column(({ quantity }) => quantity, digitsFor(trades.map(({ quantity }) => quantity), QUANTITY_FIGURES)),
    fees: column(({ fees }) => fees, money),
    pnl: column(({ pnl }) => pnl, money),
    gain: column(({ gain }) => gain, GAIN_DIGITS),
    bars: column(({ bars }) => bars, 0),
    reason: trades.some(({ reason }) => reason !== null) ? trades.map(({ reason }) => reason) : null,
  };
}

/** Whether an indicator can be drawn over the candles: an average can, an oscillator from 0 to 100 would press them flat. */
function isPriceLike(values: Float64Array, close: Float64Array): boolean {
  let known = 0;
  let near = 0;
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i])) continue;
    known++;
    if (values[i] > close[i] / FAR && values[i] < close[i] * FAR) near++;
  }
  return near >= known * MOSTLY;
}
