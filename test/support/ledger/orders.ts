import type { NewFill } from '../../../src/persistence/booking/book-fills.js';
import type { OrderEntity } from '../../../src/persistence/entities/order.entity.js';
import type { NewOrder, OrderRepository } from '../../../src/persistence/repositories/order-repository.js';
import type { NewSignal } from '../../../src/persistence/repositories/signal-repository.js';

export const HOUR = 3_600_000;
export const START = Date.UTC(2024, 0, 1);

/** A decision on the n-th hourly bar of 2024. */
export function newSignal(n: number, changes: Partial<NewSignal> = {}): NewSignal {
  return {
    botId: 'bot-1',
    mode: 'paper',
    strategy: 'sma_cross',
    symbol: 'BTC/USDT',
    timeframe: '1h',
    candleOpenTime: START + n * HOUR,
    value: 1,
    decision: 'buy',
    reason: 'SIGNAL.BUY',
    indicators: { fast: 42_000.5, slow: null },
    candle: { open: '42000', high: '42500', low: '41900', close: '42250.5', volume: '12.5' },
    candleHash: 'c0ffee',
    decidedAt: START + (n + 1) * HOUR + 1000,
    ...changes,
  };
}

/** An intent for the n-th bar. */
export function newOrder(n: number, changes: Partial<NewOrder> = {}): NewOrder {
  const side = changes.side ?? 'buy';
  const mode = changes.mode ?? 'paper';
  return {
    botId: 'bot-1',
    mode,
    exchange: 'binance',
    symbol: 'BTC/USDT',
    strategy: 'sma_cross',
    signalId: null,
    signalKey: `bot-1|${mode}|BTC/USDT|1h|${START + n * HOUR}|${side}`,
    attempt: 1,
    clientOrderId: `tb-${mode}-${n}-${side}`,
    side,
    type: 'market',
    timeInForce: null,
    purpose: side === 'buy' ? 'entry' : 'exit',
    reason: 'signal',
    quantity: '1',
    limitPrice: null,
    stopPrice: null,
    referencePrice: '42250.5',
    baseAsset: 'BTC',
    quoteAsset: 'USDT',
    lotStep: '0.00001',
    filters: { stepSize: '0.00001', minNotional: '5' },
    balancesBefore: { USDT: '10000' },
    lastTradeIdBefore: null,
    ...changes,
  };
}

export function newFill(tradeId: string, changes: Partial<NewFill> = {}): NewFill {
  return { tradeId, price: '42000', quantity: '1', commission: '0', commissionAsset: 'USDT', executedAt: START, ...changes };
}

/** An order that was planned, sent and executed at once. */
export async function executed(orders: OrderRepository, order: NewOrder, fills: readonly NewFill[], nowMs = START): Promise<OrderEntity> {
  const { id } = await orders.plan(order, nowMs);
  await orders.move(id, { to: 'SENDING', at: nowMs });
  return orders.move(id, { to: 'FILLED', at: nowMs, exchangeOrderId: `x-${order.clientOrderId}`, fills });
}
