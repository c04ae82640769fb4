import { inspect } from 'node:util';

import { ccxtFor, IN_PROCESS_URL } from '../../test/support/exchange/ccxt-client.js';
import { DEFAULT_KEY, DEFAULT_SECRET } from '../../test/support/exchange/config/config.js';
import { fetchFor } from '../../test/support/exchange/in-process.js';
import { secretsIn } from '../../test/support/secrets.js';
import { clientOf, limitOrder, marketOrder, POST_ORDER, requestsOf, stillExchange, strike, SYMBOL } from '../../test/support/trading-bench.js';
import { ExchangeUnavailable } from '../domain/errors.js';
import { BinanceDialect } from './binance-dialect.js';
import { CcxtTradingClient } from './ccxt-trading-client.js';
import type { Deadline } from './exchange-line.js';

const DAY_MS = 86_400_000;
const CANCEL = 'DELETE /api/v3/order';

describe('orders', () => {
  it('come back with every execution, and every amount as it was written', async () => {
    const client = await clientOf(stillExchange());
    expect(await client.place(marketOrder())).toEqual({
      kind: 'accepted',
      report: {
        symbol: SYMBOL, exchangeOrderId: '1', clientOrderId: 'tb-1', side: 'buy', state: 'FILLED', quantity: '0.7', executedQuantity: '0.7', reason: null, at: 1_700_000_000_000,
        trades: [
          { tradeId: '1', exchangeOrderId: '1', side: 'buy', price: '50000.01', quantity: '0.5', commission: '0.0005', commissionAsset: 'BTC', executedAt: 1_700_000_000_000 },
          { tradeId: '2', exchangeOrderId: '1', side: 'buy', price: '50000.02', quantity: '0.2', commission: '0.0002', commissionAsset: 'BTC', executedAt: 1_700_000_000_000 },
        ],
      },
    });
  });

  it.each([
    ['none', '$.fills', []],
    ['not all', '$.fills[0].qty', '0.10000000'],
    ['a damaged one', '$.fills[0].price', '0.00000000'],
    ['one twice', '$.fills[1].tradeId', 1],
  ])('F25 name no executions where the reply has %s of them', async (_, jsonPath, value) => {
    const exchange = stillExchange();
    const client = await clientOf(exchange);
    strike(exchange, POST_ORDER, { type: 'mutate', jsonPath, value });
    expect(await client.place(marketOrder())).toMatchObject({ kind: 'accepted', report: { executedQuantity: '0.7', trades: null } });
    expect(await client.tradesOfOrder(SYMBOL, '1')).toHaveLength(2);
  });

  it('F19 expire with what was executed on a thin book', async () => {
    const client = await clientOf(stillExchange({ book: { levels: 1, levelQty: '0.5' } }));
    expect(await client.place(marketOrder())).toMatchObject({ kind: 'accepted', report: { state: 'EXPIRED', executedQuantity: '0.5', quantity: '0.7' } });
  });

  it('F26 take no notice of a value below zero', async () => {
    const exchange = stillExchange();
    const client = await clientOf(exchange);
    strike(exchange, POST_ORDER, { type: 'mutate', jsonPath: '$.cummulativeQuoteQty', value: '-1.00000000' });
    expect(await client.place(marketOrder())).toMatchObject({ kind: 'accepted', report: { trades: [{ price: '50000.01' }, { price: '50000.02' }] } });
  });

  it.each<[string, (sent: Record<string, string>) => Record<string, string>]>([
    ['rounds', (sent) => ({ ...sent, quantity: '0.69' })],
    ['writes an exponent', (sent) => ({ ...sent, quantity: '7e-1' })],
    ['asks for a value instead', ({ quantity, ...sent }) => ({ ...sent, quoteOrderQty: quantity })],
    ['adds something', (sent) => ({ ...sent, icebergQty: '0.1' })],
    ['has an id of its own', (sent) => ({ ...sent, newClientOrderId: 'x-TKT5PX2F' })],
  ])('are not sent when the library %s', async (_, change) => {
    const exchange = stillExchange();
    const library = ccxtFor(exchange);
    const sign = library.sign.bind(library);
    library.sign = (path, api, method, params: Record<string, string>, headers, body) => sign(path, api, method, path === 'order' ? change(params) : params, headers, body);
    const client = new CcxtTradingClient(library, new BinanceDialect(library), { origins: new Set([IN_PROCESS_URL]), origin: IN_PROCESS_URL, timeoutMs: 15_000, recvWindowMs: 5000 });
    expect(await client.place(marketOrder())).toEqual({ kind: 'not_sent', message: 'nothing was sent: the library changed it on the way' });
    expect(requestsOf(exchange)).toEqual([]);
  });

  it('F84 are not sent to another host', async () => {
    const exchange = stillExchange();
    const library = ccxtFor(exchange);
    const client = new CcxtTradingClient(library, new BinanceDialect(library), { origins: new Set(['https://api.binance.com']), origin: 'https://api.binance.com', timeoutMs: 15_000, recvWindowMs: 5000 });
    expect(await client.place(marketOrder())).toEqual({ kind: 'not_sent', message: 'nothing was sent: it was about to go to another host than the exchange' });
    await expect(client.balances()).rejects.toMatchObject({ message: expect.stringContaining('another host') as unknown });
    expect(requestsOf(exchange)).toEqual([]);
  });
});

describe('cancelling', () => {
  it.each([true, false])('F17 gives the final report under the id of the order, cancelReplacesClientOrderId %s', async (cancelReplacesClientOrderId) => {
    const client = await clientOf(stillExchange({ cancelReplacesClientOrderId }));
    await client.place(limitOrder());
    expect(await client.cancel(SYMBOL, '1')).toMatchObject({ kind: 'done', report: { exchangeOrderId: '1', clientOrderId: 'tb-1', state: 'CANCELED', executedQuantity: '0' } });
    expect(await client.orderByExchangeId(SYMBOL, '1')).toMatchObject({ state: 'CANCELED' });
  });

  it('F16 of a filled order says that it is not open', async () => {
    const client = await clientOf(stillExchange());
    await client.place(marketOrder());
    expect(await client.cancel(SYMBOL, '1')).toEqual({ kind: 'not_open' });
  });

  it.each([
    ['the reply is lost', { type: 'reset' }],
    ['the reply is empty', { type: 'replace', kind: '{}' }],
    ['the reply is about another order', { type: 'mutate', jsonPath: '$.orderId', value: 7 }],
    ['the exchange is overloaded', { type: 'error', code: -1008 }],
    ['something else stands against it', { type: 'error', code: -2011, msg: 'Order was not canceled due to cancel restrictions.' }],
  ] as const)('F16 is unknown when %s, and sent once', async (_, effect) => {
    const exchange = stillExchange();
    const client = await clientOf(exchange);
    await client.place(limitOrder());
    strike(exchange, CANCEL, effect);
    expect(await client.cancel(SYMBOL, '1')).toMatchObject({ kind: 'unknown' });
    expect(requestsOf(exchange, CANCEL)).toHaveLength(1);
  });
});

describe('look-ups', () => {
  it('say null for -2013 and for nothing else', async () => {
    const exchange = stillExchange();
    const client = await clientOf(exchange);
    expect(await client.orderByClientId(SYMBOL, 'tb-1')).toBeNull();
    expect(await client.orderByExchangeId(SYMBOL, '1')).toBeNull();
    for (const effect of [{ type: 'error', code: -2026 }, { type: 'error', code: -2013, status: 500 }, { type: 'http', status: 404 }, { type: 'http', status: 200, body: '{"code":-2013,"msg":"Order does not exist."}' }] as const) {
      strike(exchange, 'GET /api/v3/order', effect);
      await expect(client.orderByClientId(SYMBOL, 'tb-1')).rejects.toMatchObject({ code: expect.stringMatching(/^EXCHANGE\./) as unknown });
    }
  });

  it('page through every order and every trade, each once', async () => {
    const exchange = stillExchange({ limits: { weightPerMin: 1e6, ordersPer10s: 1e6 } });
    const client = await clientOf(exchange);
    const firstMs = exchange.now;
    for (let i = 0; i < 1100; i++) {
      exchange.control({ command: 'order', symbol: 'BTCUSDT', side: i % 2 === 0 ? 'BUY' : 'SELL', type: 'MARKET', quantity: '0.001' });
      if (i % 100 === 0) exchange.advance(DAY_MS / 4);
    }
    const orders = await client.ordersSince(SYMBOL, firstMs - 5 * DAY_MS);
    expect(orders.map(({ exchangeOrderId }) => Number(exchangeOrderId))).toEqual(Array.from({ length: 1100 }, (_, i) => i + 1));
    const trades = await client.tradesAfter(SYMBOL, null, firstMs);
    expect(trades.map(({ tradeId }) => Number(tradeId))).toEqual(Array.from({ length: 1100 }, (_, i) => i + 1));
    expect((await client.tradesAfter(SYMBOL, '50', 0)).map(({ tradeId }) => tradeId).slice(0, 2)).toEqual(['51', '52']);
    expect(await client.tradesAfter(SYMBOL, '1100', 0)).toEqual([]);
  });

  it('page from the first one on when the moment is long ago, not day by day', async () => {
    const exchange = stillExchange();
    const client = await clientOf(exchange);
    await client.place(marketOrder());
    exchange.advance(40 * DAY_MS);
    await client.place(marketOrder({ clientOrderId: 'tb-2' }));
    expect(await client.tradesAfter(SYMBOL, null, 0)).toHaveLength(4);
    expect(await client.ordersSince(SYMBOL, exchange.now - 35 * DAY_MS)).toMatchObject([{ clientOrderId: 'tb-2' }]);
    expect(requestsOf(exchange).filter((request) => request.startsWith('GET'))).toHaveLength(2);
  });
});

describe('an exchange that wants to be left alone', () => {
  it.each([
    ['F78 429', { type: 'http', status: 429, body: '{"code":-1003,"msg":"Too much."}', headers: { 'retry-after': '30' } }],
    ['F79 418', { type: 'http', status: 418, body: '', headers: { 'retry-after': '30' } }],
  ] as const)('%s is left alone by every call until the time is over', async (_, effect) => {
    const exchange = stillExchange();
    const client = await clientOf(exchange);
    strike(exchange, 'GET /api/v3/account', effect);
    await expect(client.balances()).rejects.toMatchObject({ code: 'EXCHANGE.UNAVAILABLE', retryAfterMs: 30_000 });
    exchange.advance(29_999);
    expect(client.waitMs()).toBe(1);
    expect(await client.place(marketOrder())).toMatchObject({ kind: 'not_sent' });
    expect(await client.cancel(SYMBOL, '1')).toMatchObject({ kind: 'unknown' });
    await expect(client.serverTime()).rejects.toBeInstanceOf(ExchangeUnavailable);
    expect(requestsOf(exchange)).toHaveLength(1);
    exchange.advance(1);
    expect(await client.place(marketOrder())).toMatchObject({ kind: 'accepted' });
  });

  it('F79 is left alone after a restart, too', async () => {
    const exchange = stillExchange();
    const client = await clientOf(exchange);
    client.waitUntil(exchange.now + 5000);
    client.waitUntil(exchange.now + 1000); // an older wish does not shorten it
    expect(client.waitMs()).toBe(5000);
    await expect(client.balances()).rejects.toMatchObject({ retryAfterMs: 5000 });
    expect(requestsOf(exchange)).toEqual([]);
  });

  it('F108 tells how much of the weight is used, and leaves the last of it to orders', async () => {
    const exchange = stillExchange();
    const client = await clientOf(exchange);
    expect(client.weightUsed()).toBeNull();
    exchange.control({ command: 'effect', type: 'weight', used: 5900 });
    await client.rules(SYMBOL);
    expect(client.weightUsed()).toBeCloseTo(5920 / 6000, 10);
    await expect(client.balances()).rejects.toMatchObject({ code: 'EXCHANGE.UNAVAILABLE', retryAfterMs: 40_000 });
    expect(await client.place(marketOrder())).toMatchObject({ kind: 'accepted' });
    exchange.advance(40_000);
    expect(client.weightUsed()).toBe(0);
    expect(await client.balances()).toMatchObject({ BTC: { locked: '0' } });
  });
});

describe('a deadline', () => {
  /** Ends when it is told to. */
  const byHand = (): { end: () => void; startDeadline: () => Deadline } => {
    let end = (): void => {};
    return { end: () => end(), startDeadline: () => ({ over: new Promise((resolve) => (end = resolve)), cancel: () => {} }) };
  };

  it('F13 ends a call whose body never comes, and the next call is a new one', async () => {
    const exchange = stillExchange();
    const { end, startDeadline } = byHand();
    const client = await clientOf(exchange, { startDeadline }, { onStall: 'hang' });
    strike(exchange, POST_ORDER, { type: 'stall', atByte: 5 });
    const placed = client.place(marketOrder());
    while (requestsOf(exchange).length === 0) await Promise.resolve();
    end();
    expect(await placed).toEqual({ kind: 'unknown', message: 'no whole reply came (DEADLINE)', alarm: false });
    expect(await client.orderByClientId(SYMBOL, 'tb-1')).toMatchObject({ state: 'FILLED' });
  });

  it('F12 keeps a late reply away from the call that came after it', async () => {
    const exchange = stillExchange();
    const answer = fetchFor(exchange);
    let arrive = (): void => {};
    const asked: unknown[] = [];
    const slow: typeof fetch = async (input, init) => {
      const reply = await answer(input, init);
      asked.push(input);
      if (asked.length === 1) {
        await new Promise<void>((resolve) => (arrive = resolve));
      }
      return reply;
    };
    const { end, startDeadline } = byHand();
    const client = await clientOf(exchange, { startDeadline, fetch: slow });
    const placed = client.place(marketOrder());
    while (asked.length === 0) await Promise.resolve();
    end();
    expect(await placed).toMatchObject({ kind: 'unknown' });
    const second = client.orderByClientId(SYMBOL, 'tb-2');
    arrive();
    expect(await second).toBeNull();
  });

  it('lets nothing leave after it: what was not sent stays so', async () => {
    const exchange = stillExchange();
    const startDeadline = (): Deadline => ({ over: Promise.resolve(), cancel: () => {} });
    const client = await clientOf(exchange, { startDeadline });
    expect(await client.place(marketOrder())).toMatchObject({ kind: 'not_sent' });
    for (let turn = 0; turn < 100; turn++) await new Promise((resolve) => setImmediate(resolve));
    expect(requestsOf(exchange)).toEqual([]);
  });
});

describe('calls', () => {
  it('go out one after the other, each with its own reply', async () => {
    const exchange = stillExchange();
    const client = await clientOf(exchange);
    const [time, top, placed, balances] = await Promise.all([client.serverTime(), client.bookTop(SYMBOL), client.place(marketOrder()), client.balances()]);
    expect(time).toBe(exchange.now);
    expect(top).toMatchObject({ bid: '49999.99', ask: '50000.01' });
    expect(placed).toMatchObject({ kind: 'accepted' });
    expect(balances['BTC'].free).toMatch(/^1(\.6993)?$/); // before or after the order, but whole
  });
});

describe('secrets', () => {
  it('F106 are in nothing that can be printed of the client', async () => {
    const client = await clientOf(stillExchange());
    await client.balances();
    for (const text of [inspect(client, { depth: 20, showHidden: true, getters: true }), JSON.stringify(client), Object.entries(client).join()]) expect(secretsIn(text)).toEqual([]);
    expect(JSON.parse(JSON.stringify(client))).toEqual({ exchange: 'binance', origin: 'http://127.0.0.1:1', recvWindowMs: 5000 });
  });

  it('F106 are in no text, also where the exchange sends the request back', async () => {
    const exchange = stillExchange();
    const client = await clientOf(exchange);
    const echo = `${DEFAULT_KEY} ${DEFAULT_SECRET} signature=${'a'.repeat(64)}`;
    const effects = [{ type: 'http', status: 400, body: JSON.stringify({ code: -1013, msg: echo }) }, { type: 'http', status: 200, body: JSON.stringify({ symbol: echo, balances: echo, origQty: echo }) }, { type: 'http', status: 500, body: echo }, { type: 'reset' }, { type: 'redirect', location: `https://example.org/?${echo}` }] as const;
    for (const effect of effects) {
      strike(exchange, POST_ORDER, effect);
      expect(secretsIn(JSON.stringify(await client.place(marketOrder())))).toEqual([]);
      strike(exchange, 'GET /api/v3/account', effect);
      const thrown = await client.balances().catch((error: unknown) => error);
      expect(secretsIn(inspect(thrown, { depth: 20, showHidden: true }))).toEqual([]);
    }
  });
});
