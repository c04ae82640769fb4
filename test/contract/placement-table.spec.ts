import ccxt from 'ccxt';

import { ccxtFor } from '../support/exchange/ccxt-client.js';
import type { Effect } from '../support/exchange/faults/effect.js';
import { clientOf, marketOrder, POST_ORDER, requestsOf, stillExchange, strike, TIMEOUT_MS } from '../support/trading-bench.js';

/**
 * What the library makes of each reply to an order, and what became of the order for us. The classes are pinned: an upgrade of the library
 * that changes one shows here, though nothing of ours is decided by them.
 */
interface Row {
  readonly reply: string;
  readonly effect: Effect;
  /** Class of what the library throws on Binance's own address, or `returned`. */
  readonly library: string;
}

interface Refused extends Row {
  readonly code: string;
  readonly consequence: string;
  readonly retryAfterMs?: number;
}

const PAGE = '<html><body><h1>Bad Gateway</h1></body></html>';
const error = (code: number, msg = 'Something.', status?: number): Effect => ({ type: 'error', code, msg, ...(status === undefined ? {} : { status }) });
const page = (status: number, headers?: Record<string, string>): Effect => ({ type: 'http', status, body: PAGE, headers });
const change = (field: string, value: unknown): Effect => ({ type: 'mutate', jsonPath: `$.${field}`, value });

async function libraryOf(effect: Effect, phase: 'before' | 'after'): Promise<string> {
  const exchange = stillExchange();
  const client = ccxtFor(exchange, { timeout: TIMEOUT_MS }, { bodyTimeoutMs: TIMEOUT_MS });
  // Some of its classes depend on the address; nothing of this leaves the process.
  client.urls.api = new ccxt.binance().urls.api;
  await client.loadMarkets();
  strike(exchange, POST_ORDER, effect, phase);
  try {
    await client.createOrder('BTC/USDT', 'market', 'buy', 0.7, undefined, { newClientOrderId: 'tb-1' });
    return 'returned';
  } catch (thrown) {
    const { name, constructor } = thrown as Error;
    return constructor.name === 'Error' ? name : constructor.name;
  }
}

describe('an order that is certainly refused', () => {
  it.each<Refused>([
    { reply: '400 -1013 LOT_SIZE', effect: error(-1013, 'Filter failure: LOT_SIZE'), library: 'InvalidOrder', code: '-1013', consequence: 'reread_rules' },
    { reply: '400 -1013 NOTIONAL', effect: error(-1013, 'Filter failure: NOTIONAL'), library: 'BadRequest', code: '-1013', consequence: 'reread_rules' },
    { reply: '400 -1013 PRICE_FILTER', effect: error(-1013, 'Filter failure: PRICE_FILTER'), library: 'InvalidOrder', code: '-1013', consequence: 'reread_rules' },
    ...[-1100, -1101, -1102, -1103, -1104, -1105, -1106, -1108, -1114, -1115, -1116, -1117, -1118, -1128, -1130, -1131].map((code) => ({ reply: `400 ${code}`, effect: error(code), library: 'BadRequest', code: String(code), consequence: 'none' })),
    { reply: '400 -1111', effect: error(-1111), library: 'BadRequest', code: '-1111', consequence: 'reread_rules' },
    { reply: '400 -1121', effect: error(-1121, 'Invalid symbol.'), library: 'BadSymbol', code: '-1121', consequence: 'reread_rules' },
    ...[
      ['Account has insufficient balance for requested action.', 'InsufficientFunds', 'none'],
      ['Market is closed.', 'MarketClosed', 'reread_rules'],
      ['Order would immediately match and take.', 'OrderImmediatelyFillable', 'none'],
      ['Stop price would trigger immediately.', 'OrderImmediatelyFillable', 'none'],
      ['Order would immediately trigger.', 'InvalidOrder', 'none'],
      ['This action is disabled on this account.', 'AccountSuspended', 'halt'],
      ['Rest API trading is not enabled.', 'PermissionDenied', 'halt'],
      ['Market orders are not supported for this symbol.', 'InvalidOrder', 'reread_rules'],
      ['This symbol is restricted for this account.', 'PermissionDenied', 'halt'],
    ].map(([text, library, consequence]) => ({ reply: `400 -2010 ${text}`, effect: error(-2010, text), library, code: '-2010', consequence })),
    { reply: '400 -1022', effect: error(-1022), library: 'AuthenticationError', code: '-1022', consequence: 'halt' },
    { reply: '401 -2014', effect: error(-2014, 'API-key format invalid.', 401), library: 'AuthenticationError', code: '-2014', consequence: 'halt' },
    { reply: '401 -2015', effect: error(-2015, 'Invalid API-key, IP, or permissions for action.', 401), library: 'AuthenticationError', code: '-2015', consequence: 'halt' },
    { reply: '429 -1003', effect: error(-1003, 'Too much request weight used.', 429), library: 'DDoSProtection', code: '-1003', consequence: 'wait', retryAfterMs: 60_000 },
    { reply: '429 -1015', effect: error(-1015, 'Too many new orders.', 429), library: 'DDoSProtection', code: '-1015', consequence: 'wait', retryAfterMs: 60_000 },
    { reply: '429 -1015 with Retry-After', effect: { type: 'http', status: 429, body: '{"code":-1015,"msg":"Too many new orders."}', headers: { 'retry-after': '7' } }, library: 'DDoSProtection', code: '-1015', consequence: 'wait', retryAfterMs: 7000 },
    { reply: '418 -1003', effect: error(-1003, 'IP banned until 1700000120000.', 418), library: 'DDoSProtection', code: '-1003', consequence: 'wait', retryAfterMs: 120_000 },
    { reply: '418 HTML', effect: page(418, { 'retry-after': '300' }), library: 'DDoSProtection', code: '-1003', consequence: 'wait', retryAfterMs: 300_000 },
  ])('$reply', async ({ effect, library, code, consequence, retryAfterMs = 0 }) => {
    expect(await libraryOf(effect, 'before')).toBe(library);
    const exchange = stillExchange();
    const client = await clientOf(exchange);
    strike(exchange, POST_ORDER, effect, 'before');
    expect(await client.place(marketOrder())).toMatchObject({ kind: 'refused', code, consequence, retryAfterMs });
    expect(requestsOf(exchange)).toEqual([POST_ORDER]);
    expect(client.waitMs()).toBe(retryAfterMs);
  });

  it('F81 is refused for good with -2015 after a good call, though the library calls it a rate limit', async () => {
    const exchange = stillExchange();
    const library = ccxtFor(exchange);
    await library.createOrder('BTC/USDT', 'market', 'buy', 0.1);
    strike(exchange, POST_ORDER, error(-2015, 'Invalid API-key, IP, or permissions for action.', 401), 'before');
    await expect(library.createOrder('BTC/USDT', 'market', 'buy', 0.1)).rejects.toBeInstanceOf(ccxt.DDoSProtection);

    const client = await clientOf(exchange);
    await client.balances();
    exchange.control({ command: 'effect', type: 'key', active: false });
    expect(await client.place(marketOrder())).toMatchObject({ kind: 'refused', code: '-2015', consequence: 'halt' });
    await expect(client.balances()).rejects.toMatchObject({ code: 'EXCHANGE.AUTH', exitCode: 3 });
  });
});

describe('an order that the exchange has executed behind its reply', () => {
  it.each<Row & { readonly alarm?: boolean }>([
    { reply: 'F03 reset', effect: { type: 'reset' }, library: 'NetworkError' },
    { reply: 'F03 closed', effect: { type: 'close' }, library: 'NetworkError' },
    { reply: 'F04 504 -1007', effect: error(-1007, undefined, 504), library: 'RequestTimeout' },
    { reply: 'F04 408 -1007', effect: error(-1007, undefined, 408), library: 'RequestTimeout' },
    { reply: 'F04 500 -1006', effect: error(-1006, undefined, 500), library: 'OperationFailed' },
    { reply: 'F04 500 -1000', effect: error(-1000, undefined, 500), library: 'OperationFailed' },
    { reply: 'F04 400 -1000', effect: error(-1000, undefined, 400), library: 'OperationFailed' },
    { reply: 'F04 400 -1001', effect: error(-1001, undefined, 400), library: 'OperationFailed' },
    { reply: 'F04 503 -1008', effect: error(-1008, undefined, 503), library: 'OperationFailed' },
    { reply: 'F04 503 -1016', effect: error(-1016, 'This service is no longer available.', 503), library: 'BadRequest' },
    { reply: 'F04 500 -1013, a refusal from no place that refuses', effect: error(-1013, 'Filter failure: LOT_SIZE', 500), library: 'InvalidOrder' },
    { reply: 'F04 401 -1013', effect: error(-1013, 'Filter failure: LOT_SIZE', 401), library: 'InvalidOrder' },
    { reply: 'F04 400 with a code nobody knows', effect: error(-9999), library: 'ExchangeError' },
    { reply: 'F04 400 -2010 with words nobody knows', effect: error(-2010, 'Something new.'), library: 'InvalidOrder' },
    { reply: 'F04 400 HTML', effect: page(400), library: 'ExchangeNotAvailable' },
    { reply: 'F04 403 HTML', effect: page(403), library: 'ExchangeNotAvailable' },
    { reply: 'F04 404 HTML', effect: page(404), library: 'ExchangeNotAvailable' },
    { reply: 'F04 429 HTML', effect: page(429), library: 'DDoSProtection' },
    { reply: 'F04 500 HTML', effect: page(500), library: 'ExchangeNotAvailable' },
    { reply: 'F04 502 HTML', effect: page(502), library: 'ExchangeNotAvailable' },
    { reply: 'F04 503 HTML', effect: page(503), library: 'ExchangeNotAvailable' },
    { reply: 'F04 504 HTML', effect: page(504), library: 'RequestTimeout' },
    { reply: 'F04 520 HTML', effect: page(520), library: 'ExchangeNotAvailable' },
    { reply: 'F07 204', effect: { type: 'http', status: 204, body: '' }, library: 'TypeError' },
    { reply: 'F07 200 empty', effect: { type: 'replace', kind: 'empty' }, library: 'TypeError' },
    { reply: 'F07 200 null', effect: { type: 'replace', kind: 'null' }, library: 'TypeError' },
    { reply: 'F07 200 {}', effect: { type: 'replace', kind: '{}' }, library: 'returned' },
    { reply: 'F07 200 []', effect: { type: 'replace', kind: '[]' }, library: 'returned' },
    { reply: 'F07 200 HTML', effect: { type: 'replace', kind: 'html' }, library: 'TypeError' },
    { reply: 'F07 200 of any bytes', effect: { type: 'replace', kind: 'binary' }, library: 'TypeError' },
    { reply: 'F07 200 of ten thousand brackets', effect: { type: 'replace', kind: 'deep' }, library: 'TypeError' },
    { reply: 'F07 200 truncated', effect: { type: 'truncate' }, library: 'TypeError' },
    { reply: 'F07 200 with a refusal inside', effect: { type: 'http', status: 200, body: '{"code":-1013,"msg":"Filter failure: LOT_SIZE"}' }, library: 'BadRequest' },
    { reply: 'F12 30 s late', effect: { type: 'latency', ms: 30_000 }, library: 'RequestTimeout' },
    { reply: 'F13 headers, then silence', effect: { type: 'stall', atByte: 10 }, library: 'BodyTimeoutError' },
    { reply: 'F13 body cut by the peer', effect: { type: 'close', atByte: 10 }, library: 'SocketError' },
    { reply: 'F13 body reset', effect: { type: 'reset', atByte: 10 }, library: 'Error' },
    { reply: 'F14 another symbol', effect: change('symbol', 'ETHUSDT'), library: 'returned', alarm: true },
    { reply: 'F14 the other side', effect: change('side', 'SELL'), library: 'returned', alarm: true },
    { reply: 'F14 another id', effect: change('clientOrderId', 'tb-2'), library: 'returned', alarm: true },
    { reply: 'F14 another type', effect: change('type', 'LIMIT'), library: 'returned', alarm: true },
    { reply: 'F14 another quantity', effect: change('origQty', '7.00000000'), library: 'returned', alarm: true },
    { reply: 'F14 more executed than asked', effect: change('executedQty', '7.00000000'), library: 'returned', alarm: true },
    { reply: 'F14 executed below 0', effect: change('executedQty', '-0.70000000'), library: 'returned' },
    { reply: 'F14 executed no number', effect: change('executedQty', 'NaN'), library: 'SyntaxError' },
    { reply: 'F14 a status nobody knows', effect: change('status', 'DONE'), library: 'returned' },
    { reply: 'F14 no order id', effect: change('orderId', null), library: 'returned' },
    { reply: 'F14 no time', effect: change('transactTime', 'now'), library: 'returned' },
    { reply: 'F84 redirected', effect: { type: 'redirect', location: 'https://example.org' }, library: 'NetworkError', alarm: true },
  ])('is unknown, sent once and found by its id: $reply', async ({ effect, library, alarm = false }) => {
    expect(await libraryOf(effect, 'after')).toBe(library);
    const exchange = stillExchange();
    const client = await clientOf(exchange);
    strike(exchange, POST_ORDER, effect);
    expect(await client.place(marketOrder())).toMatchObject({ kind: 'unknown', alarm });
    expect(requestsOf(exchange)).toEqual([POST_ORDER]);
    exchange.advance(client.waitMs());
    expect(await client.orderByClientId('BTC/USDT', 'tb-1')).toMatchObject({ clientOrderId: 'tb-1', state: 'FILLED', executedQuantity: '0.7' });
  });

  it('F07 is unknown after 64 MiB that were not read to the end', async () => {
    const exchange = stillExchange();
    const client = await clientOf(exchange);
    strike(exchange, POST_ORDER, { type: 'replace', kind: 'huge' });
    expect(await client.place(marketOrder())).toMatchObject({ kind: 'unknown', alarm: false });
  });
});

describe('an order around which nothing was executed', () => {
  it('F01 is unknown when the request was lost on its way', async () => {
    const exchange = stillExchange();
    const client = await clientOf(exchange);
    strike(exchange, POST_ORDER, { type: 'reset' }, 'before');
    expect(await client.place(marketOrder())).toMatchObject({ kind: 'unknown' });
    expect(await client.orderByClientId('BTC/USDT', 'tb-1')).toBeNull();
  });

  it('F02 was not sent when the connection was refused', async () => {
    expect(await libraryOf({ type: 'refuse', ms: 1 }, 'before')).toBe('NetworkError');
    const exchange = stillExchange();
    const client = await clientOf(exchange);
    strike(exchange, POST_ORDER, { type: 'refuse', ms: 1 }, 'before');
    expect(await client.place(marketOrder())).toEqual({ kind: 'not_sent', message: 'nothing was sent: ECONNREFUSED' });
  });

  it.each(['ENOTFOUND', 'EAI_AGAIN'])('F02 was not sent when the name was not found: %s', async (code) => {
    const exchange = stillExchange();
    const fetch = async (): Promise<never> => {
      throw new TypeError('fetch failed', { cause: Object.assign(new Error(`getaddrinfo ${code} api.binance.com`), { code }) });
    };
    const client = await clientOf(exchange, { fetch });
    expect(await client.place(marketOrder())).toEqual({ kind: 'not_sent', message: `nothing was sent: ${code}` });
  });

  it('F10 is unknown when its id is open already: then one of ours is there', async () => {
    const exchange = stillExchange();
    const client = await clientOf(exchange);
    const order = { ...marketOrder(), type: 'limit' as const, timeInForce: 'GTC' as const, limitPrice: '49000' };
    expect(await client.place(order)).toMatchObject({ kind: 'accepted' });
    expect(await client.place(order)).toMatchObject({ kind: 'unknown', alarm: false });
    await expect(ccxtFor(exchange).createOrder('BTC/USDT', 'limit', 'buy', 0.7, 49_000, { newClientOrderId: 'tb-1' })).rejects.toBeInstanceOf(ccxt.InvalidOrder);
  });

  it('F49 is sent once more after -1021, with the clock set', async () => {
    expect(await libraryOf(error(-1021, 'Timestamp for this request is outside of the recvWindow.'), 'before')).toBe('InvalidNonce');
    const exchange = stillExchange();
    const client = await clientOf(exchange, { milliseconds: () => exchange.now - 60_000 });
    expect(await client.place(marketOrder())).toMatchObject({ kind: 'accepted', report: { state: 'FILLED' } });
    expect(requestsOf(exchange)).toEqual([POST_ORDER, 'GET /api/v3/time', POST_ORDER]);
  });

  it('F49 is refused after a second -1021, and not sent a third time', async () => {
    const exchange = stillExchange();
    const client = await clientOf(exchange);
    strike(exchange, POST_ORDER, error(-1021), 'before', -1);
    expect(await client.place(marketOrder())).toMatchObject({ kind: 'refused', code: '-1021', consequence: 'resync_clock' });
    expect(requestsOf(exchange, POST_ORDER)).toHaveLength(2);
  });

  it('F49 is refused after one -1021 when the time cannot be read', async () => {
    const exchange = stillExchange();
    const client = await clientOf(exchange);
    exchange.control({ command: 'faults', rules: [{ match: { path: 'time$' }, effect: { type: 'reset' } }, { match: { method: 'POST' }, phase: 'before', effect: error(-1021) }] });
    expect(await client.place(marketOrder())).toMatchObject({ kind: 'refused', code: '-1021' });
    expect(requestsOf(exchange, POST_ORDER)).toHaveLength(1);
  });
});
