import { divFloor, larger, mulFloor, smaller, type Units } from '../base/decimal.js';
import type { StepLog } from './step-log.js';

const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;
export const AVERAGE_MINUTES = 5;

/** What was traded in a stretch of time; null prices when nothing was. */
export interface Traded {
  open: Units;
  high: Units;
  low: Units;
  close: Units;
  lastQty: Units;
  volume: Units;
  quoteVolume: Units;
  firstId: number;
  lastId: number;
  count: number;
}

/** Sums the trades of the steps after `fromMs`; null when there are none. */
export function tradedSince(log: StepLog, fromMs: number): Traded | null {
  let sum: Traded | null = null;
  for (let i = log.firstFrom(fromMs + 1); i < log.end; i++) {
    const { price, qty } = log.at(i);
    if (qty === 0n) continue;
    const quote = mulFloor(price, qty);
    sum ??= begin(price, i);
    sum.high = larger(sum.high, price);
    sum.low = smaller(sum.low, price);
    sum.close = price;
    sum.lastQty = qty;
    sum.volume += qty;
    sum.quoteVolume += quote;
    sum.lastId = i;
    sum.count++;
  }
  return sum;
}

function begin(price: Units, id: number): Traded {
  return {
    open: price,
    high: price,
    low: price,
    close: price,
    lastQty: 0n,
    volume: 0n,
    quoteVolume: 0n,
    firstId: id,
    lastId: id,
    count: 0,
  };
}

/** Volume-weighted average of the last minutes, or null without trades. */
export function averagePrice(log: StepLog, nowMs: number): Units | null {
  const traded = tradedSince(log, nowMs - AVERAGE_MINUTES * MINUTE_MS);
  return traded === null ? null : divFloor(traded.quoteVolume, traded.volume);
}
