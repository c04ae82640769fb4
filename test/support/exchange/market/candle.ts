import { format, larger, mulFloor, smaller, type Units } from '../base/decimal.js';
import { closeTimeOf, type Interval } from '../base/interval.js';
import type { Step } from './step-log.js';

/** One candle of a series. Never changed in place, except that `before` is let go. */
export interface Candle {
  openTime: number;
  open: Units;
  high: Units;
  low: Units;
  close: Units;
  volume: Units;
  quoteVolume: Units;
  trades: number;
  takerBase: Units;
  takerQuote: Units;
  /** The same candle without its last step; null when there was none before that step or it is no longer known. */
  before: Candle | null;
  /** Its wire form, once it was asked for. */
  row?: KlineRow;
}

/** A candle in which nothing was traded. */
export function flatCandle(openTime: number, price: Units): Candle {
  return {
    openTime,
    open: price,
    high: price,
    low: price,
    close: price,
    volume: 0n,
    quoteVolume: 0n,
    trades: 0,
    takerBase: 0n,
    takerQuote: 0n,
    before: null,
  };
}

/** The candle that a first step opens. */
export function openCandle(openTime: number, step: Step, before: Candle | null): Candle {
  return { ...addStep(flatCandle(openTime, step.price), step), before };
}

/** The candle after one more step. */
export function addStep(candle: Candle, step: Step): Candle {
  const quote = mulFloor(step.price, step.qty);
  candle.before = null; // or each version would keep all the earlier ones alive
  return {
    openTime: candle.openTime,
    open: candle.open,
    high: larger(candle.high, step.price),
    low: smaller(candle.low, step.price),
    close: step.price,
    volume: candle.volume + step.qty,
    quoteVolume: candle.quoteVolume + quote,
    trades: candle.trades + 1,
    takerBase: step.takerBuys ? candle.takerBase + step.qty : candle.takerBase,
    takerQuote: step.takerBuys ? candle.takerQuote + quote : candle.takerQuote,
    before: candle,
  };
}

/** The wire form, 12 columns. */
export type KlineRow = [
  openTime: number,
  open: string,
  high: string,
  low: string,
  close: string,
  volume: string,
  closeTime: number,
  quoteVolume: string,
  trades: number,
  takerBase: string,
  takerQuote: string,
  unused: '0',
];

/** The wire form; made once per candle, so not to be changed. */
export function klineRow(candle: Candle, interval: Interval): KlineRow {
  return (candle.row ??= makeRow(candle, interval));
}

function makeRow(candle: Candle, interval: Interval): KlineRow {
  return [
    candle.openTime,
    format(candle.open),
    format(candle.high),
    format(candle.low),
    format(candle.close),
    format(candle.volume),
    closeTimeOf(interval, candle.openTime),
    format(candle.quoteVolume),
    candle.trades,
    format(candle.takerBase),
    format(candle.takerQuote),
    '0',
  ];
}
