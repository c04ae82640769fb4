import { compare, isZero, sum, ZERO } from '../domain/decimal.js';
import type { Side } from '../domain/order.js';
import { plainReport, type PlacedReport } from './placement.js';
import type { WireOrder, WireReport, WireTrade } from './trading-client.js';
import { amountIn, flagIn, idIn, listOf, Malformed, objectOf, Contradiction, positiveIn, signedIn, textIn, timeIn, type Raw } from './wire-shape.js';

/** `BTC/USDT` as Binance writes it. */
export function marketId(symbol: string): string {
  return symbol.replace('/', '');
}

const STATES: Readonly<Record<string, WireReport['state']>> = {
  NEW: 'OPEN',
  PENDING_NEW: 'OPEN',
  PENDING_CANCEL: 'OPEN',
  PARTIALLY_FILLED: 'PARTIAL',
  FILLED: 'FILLED',
  CANCELED: 'CANCELED',
  EXPIRED: 'EXPIRED',
  EXPIRED_IN_MATCH: 'EXPIRED',
  REJECTED: 'EXPIRED',
};

const TYPES: Readonly<Record<string, WireOrder['type']>> = { MARKET: 'market', LIMIT: 'limit', STOP_LOSS_LIMIT: 'stop_loss_limit' };

/**
 * An order as any endpoint tells it. Money is never read from `cummulativeQuoteQty`, which is negative for old orders.
 *
 * @throws Malformed
 */
export function orderOf(value: unknown, symbol: string): PlacedReport {
  const raw = objectOf(value, 'the order');
  const quantity = amountIn(raw, 'origQty');
  const executedQuantity = amountIn(raw, 'executedQty');
  const status = textIn(raw, 'status');
  const state = stateOf(status, quantity, executedQuantity);
  const report = {
    symbol: symbolOf(raw, symbol),
    exchangeOrderId: idIn(raw, 'orderId'),
    // After a cancel `clientOrderId` is the cancel's, and the order's own stands beside it.
    clientOrderId: raw['origClientOrderId'] === undefined ? textIn(raw, 'clientOrderId') : textIn(raw, 'origClientOrderId'),
    side: sideOf(textIn(raw, 'side')),
    type: TYPES[textIn(raw, 'type')] ?? ('other' as const),
    state,
    quantity,
    executedQuantity,
    reason: reasonOf(raw, status),
    limitPrice: raw['price'] === undefined ? null : amountIn(raw, 'price'),
    at: timeIn(raw, raw['transactTime'] === undefined ? 'time' : 'transactTime'),
  };
  return { ...report, trades: isZero(executedQuantity) ? [] : fillsOf(raw, report) };
}

/** @throws Malformed */
export function ordersOf(value: unknown, symbol: string): readonly WireReport[] {
  return listOf(value, 'the reply').map((row) => plainReport(orderOf(row, symbol)));
}

/** One row of the account's trades. @throws Malformed */
export function tradeOf(value: unknown, symbol: string): WireTrade {
  const raw = objectOf(value, 'the trade');
  symbolOf(raw, symbol);
  return {
    tradeId: idIn(raw, 'id'),
    exchangeOrderId: idIn(raw, 'orderId'),
    side: flagIn(raw, 'isBuyer') ? 'buy' : 'sell',
    price: positiveIn(raw, 'price'),
    quantity: positiveIn(raw, 'qty'),
    commission: signedIn(raw, 'commission'),
    commissionAsset: textIn(raw, 'commissionAsset'),
    executedAt: timeIn(raw, 'time'),
  };
}

/** The executions that came with the reply; null when they are missing, damaged, or not all: then their own endpoint is asked. */
function fillsOf(raw: Raw, order: Omit<WireReport, 'trades'>): readonly WireTrade[] | null {
  if (!Array.isArray(raw['fills'])) return null;
  try {
    const trades = raw['fills'].map((row) => fillOf(objectOf(row, 'the fill'), order));
    const isWhole = compare(sum(trades.map(({ quantity }) => quantity)), order.executedQuantity) === 0;
    const isUnique = new Set(trades.map(({ tradeId }) => tradeId)).size === trades.length;
    return isWhole && isUnique ? trades : null;
  } catch (error) {
    if (error instanceof Malformed) return null;
    throw error;
  }
}

function fillOf(raw: Raw, { exchangeOrderId, side, at }: Omit<WireReport, 'trades'>): WireTrade {
  return {
    tradeId: idIn(raw, 'tradeId'),
    exchangeOrderId,
    side,
    price: positiveIn(raw, 'price'),
    quantity: positiveIn(raw, 'qty'),
    commission: signedIn(raw, 'commission'),
    commissionAsset: textIn(raw, 'commissionAsset'),
    executedAt: at,
  };
}

/** The state, provided that it goes with the amounts. */
function stateOf(status: string, quantity: string, executed: string): WireReport['state'] {
  const state = Object.hasOwn(STATES, status) ? STATES[status] : undefined;
  if (state === undefined) throw new Malformed('its status is none that is known');
  if (isZero(quantity)) throw new Malformed('its quantity is 0');
  if (compare(executed, quantity) > 0) throw new Contradiction('more was executed than there was');
  const isWhole = compare(executed, quantity) === 0;
  const isNone = compare(executed, ZERO) === 0;
  // A market order by quote amount may be told as expired with all of its quantity executed: what it is called then is up to the exchange.
  const isEarlyEnd = state === 'EXPIRED' || state === 'CANCELED';
  if ((isWhole !== (state === 'FILLED') && !isEarlyEnd) || (status === 'REJECTED' && !isNone) || (status === 'NEW' && !isNone) || (state === 'PARTIAL' && isNone)) {
    throw new Contradiction('its status does not go with what was executed');
  }
  return state;
}

function symbolOf(raw: Raw, symbol: string): string {
  if (textIn(raw, 'symbol') !== marketId(symbol)) throw new Contradiction('it is about another market');
  return symbol;
}

function sideOf(text: string): Side {
  if (text !== 'BUY' && text !== 'SELL') throw new Malformed('its side is neither BUY nor SELL');
  return text === 'BUY' ? 'buy' : 'sell';
}

function reasonOf(raw: Raw, status: string): string | null {
  const reason = raw['expiryReason'];
  if (typeof reason === 'string' && /^[A-Z0-9_]{1,60}$/.test(reason)) return reason;
  return status === 'REJECTED' || status === 'EXPIRED_IN_MATCH' ? status : null;
}
