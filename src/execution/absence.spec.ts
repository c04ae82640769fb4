import { wireReport, wireTrade } from '../../test/support/execution/scripted-client.js';
import { newOrder } from '../../test/support/ledger/orders.js';
import type { WireReport, WireTrade } from '../exchange/trading-client.js';
import type { OrderEntity } from '../persistence/entities/order.entity.js';
import { doubtsOfAbsence, type AbsenceEvidence } from './absence.js';

const BEFORE = { USDT: { free: '10000', locked: '0' }, BTC: { free: '0.1', locked: '0.4' } };
const ORDER = { ...newOrder(0, { mode: 'live', clientOrderId: 'tb-lost', balancesBefore: BEFORE }), id: 'x', state: 'UNKNOWN', exchangeOrderId: null, plannedAt: -1 } as OrderEntity;
const NOTHING: AbsenceEvidence = { orders: [], trades: [], holdings: { USDT: '10000', BTC: '0.5' }, ownOrderIds: new Set() };

const report = (changes: Partial<WireReport>): WireReport => wireReport({ clientOrderId: 'web_1', ...changes });
const trade = (changes: Partial<WireTrade> = {}): WireTrade => wireTrade('70', { price: '4000', executedAt: 0, ...changes });

describe('the absence of an order', () => {
  it('is doubted by nothing when no order, no trade and no balance tells of it', () => {
    expect(doubtsOfAbsence(ORDER, NOTHING)).toEqual([]);
  });

  it.each<{ why: string; evidence: Partial<AbsenceEvidence>; doubt: string }>([
    { why: 'an order has its id', evidence: { orders: [report({ clientOrderId: 'tb-lost' })] }, doubt: 'order 7 of the exchange has its id' },
    { why: 'there is a trade of an order that nobody can name', evidence: { trades: [trade()] }, doubt: 'trade 70 of order 7 may be its execution' },
    { why: 'coins have come', evidence: { holdings: { USDT: '10000', BTC: '1.5' } }, doubt: '1.5 BTC is held where 0.5 should be' },
    { why: 'money has gone', evidence: { holdings: { USDT: '6000', BTC: '0.5' } }, doubt: '6000 USDT is held where 10000 should be' },
    { why: 'the account says that it holds nothing', evidence: { holdings: {} }, doubt: '0 BTC is held where 0.5 should be; 0 USDT is held where 10000 should be' },
  ])('is doubted when $why', ({ evidence, doubt }) => {
    expect(doubtsOfAbsence(ORDER, { ...NOTHING, ...evidence }).join('; ')).toBe(doubt);
  });

  it('is not doubted for an asset that was not held before, and is not now', () => {
    expect(doubtsOfAbsence({ ...ORDER, balancesBefore: { USDT: BEFORE.USDT } }, { ...NOTHING, holdings: { USDT: '10000' } })).toEqual([]);
  });

  it('is doubted when nothing was kept of the account', () => {
    expect(doubtsOfAbsence({ ...ORDER, balancesBefore: {} }, NOTHING)).toHaveLength(2);
    expect(doubtsOfAbsence({ ...ORDER, balancesBefore: { BTC: '0.5', USDT: { free: '1e4', locked: '0' } } }, NOTHING)).toHaveLength(2);
  });

  it('is not doubted for what somebody else traded meanwhile, whichever asset the commission was taken in', () => {
    const orders = [report({ clientOrderId: 'web_1' })];
    // 10000 - 1 * 4000; 0.5 + 1 - 0.001
    expect(doubtsOfAbsence(ORDER, { ...NOTHING, orders, trades: [trade()], holdings: { USDT: '6000', BTC: '1.499' } })).toEqual([]);
    expect(doubtsOfAbsence(ORDER, { ...NOTHING, orders, trades: [trade({ commission: '0.01', commissionAsset: 'BNB' })], holdings: { USDT: '6000', BTC: '1.5', BNB: '3' } })).toEqual([]);
    expect(doubtsOfAbsence(ORDER, { ...NOTHING, orders, trades: [trade({ side: 'sell', quantity: '0.5', commission: '2', commissionAsset: 'USDT' })], holdings: { USDT: '11998', BTC: '0' } })).toEqual([]);
  });

  it('is not doubted for what another order of the bot has done', () => {
    expect(doubtsOfAbsence(ORDER, { ...NOTHING, trades: [trade()], holdings: { USDT: '6000', BTC: '1.499' }, ownOrderIds: new Set(['7']) })).toEqual([]);
  });

  it('is not doubted for a trade from before the request, whether the balances of that time had it in them or not', () => {
    const sent = { ...ORDER, plannedAt: 1000 };
    const evidence = { ...NOTHING, ownOrderIds: new Set(['7']) };
    const before = trade({ executedAt: 900 });
    expect(doubtsOfAbsence(sent, { ...evidence, trades: [before] })).toEqual([]);
    expect(doubtsOfAbsence(sent, { ...evidence, trades: [before], holdings: { USDT: '6000', BTC: '1.499' } })).toEqual([]);
    expect(doubtsOfAbsence(sent, { ...evidence, trades: [before], holdings: { USDT: '6000', BTC: '1.5' } })).toEqual(['1.5 BTC is held where 1.499 should be']);
    // What came after it cannot have been in them.
    expect(doubtsOfAbsence(sent, { ...evidence, trades: [trade({ executedAt: 1100 })] })).not.toEqual([]);
    expect(doubtsOfAbsence(sent, { ...evidence, trades: [before, trade({ tradeId: '71', executedAt: 1100 })], holdings: { USDT: '6000', BTC: '1.499' } })).toEqual([]);
  });

  it('is doubted when it could have rested, and an order like it stands under another name: a cancel changes names', () => {
    const resting = { ...ORDER, type: 'limit', timeInForce: 'GTC' } as const;
    const evidence = { ...NOTHING, orders: [report({ clientOrderId: 'cancel-1', state: 'CANCELED' })], trades: [trade()], holdings: { USDT: '6000', BTC: '1.499' } };
    expect(doubtsOfAbsence(resting, evidence)).not.toEqual([]);
    expect(doubtsOfAbsence({ ...resting, timeInForce: 'IOC' }, evidence)).toEqual([]);
    expect(doubtsOfAbsence({ ...resting, quantity: '2' }, evidence)).toEqual([]);
  });
});
