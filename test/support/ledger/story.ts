import type { LedgerDatabase } from '../../../src/persistence/ledger-database.js';
import { AdjustmentRepository } from '../../../src/persistence/repositories/adjustment-repository.js';
import { BotStateRepository } from '../../../src/persistence/repositories/bot-state-repository.js';
import { bookedAsExternal } from '../../../src/persistence/booking/external-fills.js';
import { OrderRepository } from '../../../src/persistence/repositories/order-repository.js';
import { SignalRepository } from '../../../src/persistence/repositories/signal-repository.js';
import { executed, HOUR, newFill, newOrder, newSignal, START } from './orders.js';

/**
 * Two days of a bot: two round trips, a commission in each kind of asset, a partial fill, dust, an order refused and one unknown.
 *
 * @param version of the schema that the story is told in: from 2 on, coins of a third purchase leave by hand
 */
export async function tellStory(database: LedgerDatabase, version = 1): Promise<void> {
  const signals = new SignalRepository(database);
  const orders = new OrderRepository(database);
  const state = new BotStateRepository(database);
  const book = { botId: 'bot-1', mode: 'paper' } as const;
  await state.recordEvent({ ...book, kind: 'start', at: START, configHash: 'cafe', details: { version: '0.1.0' } });
  await state.setRiskState({ ...book, level: 'ACTIVE', reason: '', counters: { consecutive_errors: 0 }, updatedAt: START });

  const trade = async (n: number, side: 'buy' | 'sell', quantity: string, fills: ReturnType<typeof newFill>[], changes: Parameters<typeof newOrder>[1] = {}): Promise<void> => {
    const at = START + (n + 1) * HOUR;
    const { id: signalId } = await signals.record(newSignal(n, { value: side === 'buy' ? 1 : -1, decision: side, reason: `SIGNAL.${side.toUpperCase()}`, decidedAt: at + 1000 }));
    const { id } = await orders.plan(newOrder(n, { side, quantity, signalId, ...changes }), at + 1100);
    await orders.move(id, { to: 'SENDING', at: at + 1200 });
    const times = fills.map((fill) => ({ ...fill, executedAt: at + 1300 }));
    if (times.length > 1) await orders.move(id, { to: 'PARTIAL', at: at + 1400, exchangeOrderId: `9000${n}`, fills: times.slice(0, 1) });
    if (times.length > 0) await orders.move(id, { to: 'FILLED', at: at + 1500, exchangeOrderId: `9000${n}`, fills: times });
  };
  await trade(0, 'buy', '0.025', [newFill('501', { price: '42100.10', quantity: '0.025', commission: '0.000025', commissionAsset: 'BTC' })]);
  await signals.record(newSignal(1, { value: 0, decision: 'hold', reason: 'SIGNAL.NONE' }));
  await trade(6, 'sell', '0.02497', [newFill('502', { price: '42650.00', quantity: '0.01', commission: '0.4265', commissionAsset: 'USDT' }), newFill('503', { price: '42649.5', quantity: '0.01497', commission: '0.638463015', commissionAsset: 'USDT' })]);
  await trade(26, 'buy', '0.02', [newFill('504', { price: '43000', quantity: '0.02', commission: '0.0021', commissionAsset: 'BNB' })]);
  await trade(31, 'sell', '0.02', [newFill('505', { price: '42500', quantity: '0.02', commission: '0.00208', commissionAsset: 'BNB' })], { reason: 'stop_loss' });
  await trade(40, 'buy', '0.01', []);
  const { id } = await orders.plan(newOrder(41), START + 42 * HOUR);
  await orders.move(id, { to: 'SENDING', at: START + 42 * HOUR });
  await orders.move(id, { to: 'REFUSED', at: START + 42 * HOUR + 50, reason: 'EXCHANGE.INSUFFICIENT_FUNDS' });
  const external = [{ ...newFill('777', { quantity: '0.5', executedAt: START + 10 * HOUR }), ...book, exchange: 'binance', symbol: 'BTC/USDT', side: 'sell' as const }];
  await database.write((transaction) => bookedAsExternal(transaction, external, START + 11 * HOUR));
  await state.setDailyEquity({ ...book, exchange: 'binance', quoteAsset: 'USDT', day: START, cash: '10011.32', positionValue: '0.21', equity: '10011.53', updatedAt: START + 24 * HOUR });
  if (version >= 2) {
    const market = { symbol: 'ETH/USDT', baseAsset: 'ETH' };
    await executed(orders, newOrder(44, { ...market, quantity: '0.5' }), [newFill('506', { price: '2300', quantity: '0.5', commission: '0.0005', commissionAsset: 'ETH', executedAt: START + 45 * HOUR })], START + 45 * HOUR);
    const key = { ...book, exchange: 'binance', symbol: 'ETH/USDT' };
    await new AdjustmentRepository(database).acceptMismatch({ ...key, held: '0.4995', there: '0.2', at: START + 46 * HOUR, reason: 'by_hand', details: { free: '0.2', locked: '0' } });
  }
}
