import { ccxtFor, IN_PROCESS_URL } from '../../test/support/exchange/ccxt-client.js';
import type { FakeBinance } from '../../test/support/exchange/fake-binance.js';
import type { Effect } from '../../test/support/exchange/faults/effect.js';
import { limitOrder, marketOrder, POST_ORDER, requestsOf, stillExchange, strike, SYMBOL } from '../../test/support/trading-bench.js';
import { CcxtTradingClient } from './ccxt-trading-client.js';
import { UnifiedDialect } from './unified-dialect.js';

/** The test exchange as any other one: by the library's own terms alone. */
function clientOf(exchange: FakeBinance): CcxtTradingClient {
  const library = ccxtFor(exchange, {}, { bodyTimeoutMs: 15_000 });
  library.number = String as never;
  return new CcxtTradingClient(library, new UnifiedDialect(library), { origins: new Set([IN_PROCESS_URL]), origin: IN_PROCESS_URL, timeoutMs: 15_000, recvWindowMs: 5000 });
}

describe('an exchange that only the library can read', () => {
  it('takes orders and tells of them', async () => {
    const client = clientOf(stillExchange());
    expect(await client.place(marketOrder())).toMatchObject({ kind: 'accepted', report: { clientOrderId: 'tb-1', state: 'FILLED', executedQuantity: '0.7', trades: null } });
    expect(await client.place(limitOrder({ clientOrderId: 'tb-2' }))).toMatchObject({ kind: 'accepted', report: { state: 'OPEN', trades: [] } });
    expect(await client.place(limitOrder({ clientOrderId: 'tb-3', type: 'stop_loss_limit', side: 'sell', limitPrice: '48000', stopPrice: '48500' }))).toMatchObject({ kind: 'accepted', report: { state: 'OPEN' } });
    expect(await client.orderByClientId(SYMBOL, 'tb-1')).toMatchObject({ exchangeOrderId: '1', state: 'FILLED' });
    expect(await client.orderByExchangeId(SYMBOL, '2')).toMatchObject({ clientOrderId: 'tb-2', state: 'OPEN' });
    expect(await client.orderByClientId(SYMBOL, 'tb-9')).toBeNull();
    expect(await client.openOrders(SYMBOL)).toHaveLength(2);
    expect(await client.tradesOfOrder(SYMBOL, '1')).toMatchObject([{ tradeId: '1', quantity: '0.5', commission: '0.0005', commissionAsset: 'BTC' }, { tradeId: '2', quantity: '0.2' }]);
    expect(await client.tradesAfter(SYMBOL, '1', 1_699_999_000_000)).toMatchObject([{ tradeId: '2' }]);
    expect(await client.tradesAfter(SYMBOL, null, 1_699_999_000_000)).toHaveLength(2);
    expect(await client.ordersSince(SYMBOL, 1_699_999_000_000)).toHaveLength(3);
    expect(await client.cancel(SYMBOL, '2')).toMatchObject({ kind: 'done', report: { state: 'CANCELED' } });
    expect(await client.cancel(SYMBOL, '9')).toEqual({ kind: 'not_open' });
  });

  it('tells of the market and the account', async () => {
    const exchange = stillExchange();
    const client = clientOf(exchange);
    expect(await client.serverTime()).toBe(exchange.now);
    expect(await client.rules(SYMBOL)).toMatchObject({ status: 'trading', priceStep: '0.01', lotStep: '0.00001', minNotional: '5' });
    expect(await client.rules('XYZ/USDT')).toMatchObject({ status: 'gone' });
    expect(await client.bookTop(SYMBOL)).toEqual({ bid: '49999.99', bidQuantity: '0.5', ask: '50000.01', askQuantity: '0.5' });
    expect(await client.balances()).toMatchObject({ USDT: { free: '100000', locked: '0' }, BTC: { free: '1' } });
    expect(await client.permissions()).toMatchObject({ canTrade: null, canWithdraw: null });
  });

  it.each<[string, Effect]>([
    ['a refusal, for none is known to be certain', { type: 'error', code: -2010, msg: 'Account has insufficient balance for requested action.' }],
    ['a limit', { type: 'error', code: -1015, status: 429 }],
    ['no reply', { type: 'reset' }],
    ['nothing', { type: 'replace', kind: '{}' }],
    ['a list', { type: 'replace', kind: '[]' }],
    ['a page', { type: 'replace', kind: 'html' }],
    ['half a reply', { type: 'truncate' }],
    ['another order', { type: 'mutate', jsonPath: '$.clientOrderId', value: 'tb-9' }],
  ])('F04 leaves an order unknown after %s, and sent once', async (_, effect) => {
    const exchange = stillExchange();
    const client = clientOf(exchange);
    strike(exchange, POST_ORDER, effect);
    expect(await client.place(marketOrder())).toMatchObject({ kind: 'unknown' });
    expect(requestsOf(exchange, POST_ORDER)).toHaveLength(1);
  });

  it('is not asked for an order whose amount the library would round', async () => {
    const exchange = stillExchange();
    expect(await clientOf(exchange).place(marketOrder({ quantity: '0.7000001' }))).toEqual({ kind: 'not_sent', message: 'nothing was sent: the library changed an amount on the way' });
    expect(requestsOf(exchange, POST_ORDER)).toEqual([]);
  });

  it.each<[string, Effect]>([['{}', { type: 'replace', kind: '{}' }], ['half a reply', { type: 'truncate' }], ['a page', { type: 'replace', kind: 'html' }], ['nothing', { type: 'replace', kind: 'empty' }]])('never reads an empty account from %s', async (_, effect) => {
    const exchange = stillExchange();
    const client = clientOf(exchange);
    await client.balances();
    strike(exchange, 'GET /api/v3/account', effect);
    await expect(client.balances()).rejects.toMatchObject({ code: 'EXCHANGE.UNAVAILABLE' });
  });
});
