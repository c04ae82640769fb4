import { ExchangeUnavailable } from '../../src/domain/errors.js';
import type { TradingClient } from '../../src/exchange/trading-client.js';
import type { Effect } from '../support/exchange/faults/effect.js';
import { secretsIn } from '../support/secrets.js';
import { clientOf, limitOrder, marketOrder, requestsOf, stillExchange, strike, SYMBOL } from '../support/trading-bench.js';

/** Every read, the endpoint it asks, and the field without which it has no answer. */
const READS: readonly { readonly name: string; readonly endpoint: string; readonly ask: (client: TradingClient) => Promise<unknown>; readonly spoiled: readonly (readonly [path: string, value: unknown])[] }[] = [
  { name: 'serverTime', endpoint: 'GET /api/v3/time', ask: (client) => client.serverTime(), spoiled: [['$.serverTime', null], ['$.serverTime', '1700000000000'], ['$.serverTime', 0], ['$.serverTime', -1], ['$.serverTime', 1e300], ['$.serverTime', 1_700_000_000]] },
  { name: 'rules', endpoint: 'GET /api/v3/exchangeInfo', ask: (client) => client.rules(SYMBOL), spoiled: [['$.symbols', null], ['$.symbols[0].filters', []], ['$.symbols[0].filters[0].tickSize', 'NaN'], ['$.symbols[0].filters[1].stepSize', '-0.1'], ['$.symbols[0].filters[1].minQty', 1e-5], ['$.symbols[0].baseAsset', 'ETH'], ['$.symbols[0].status', 7]] },
  { name: 'bookTop', endpoint: 'GET /api/v3/ticker/bookTicker', ask: (client) => client.bookTop(SYMBOL), spoiled: [['$.symbol', 'ETHUSDT'], ['$.bidPrice', '0.00000000'], ['$.bidPrice', '60000.00000000'], ['$.askPrice', '1e5'], ['$.askPrice', 50_000], ['$.askQty', '']] },
  { name: 'balances', endpoint: 'GET /api/v3/account', ask: (client) => client.balances(), spoiled: [['$.balances', null], ['$.balances', []], ['$.balances', {}], ['$.balances[0].free', '-1.00000000'], ['$.balances[0].free', null], ['$.balances[1].locked', 'NaN'], ['$.balances[1].asset', 'BTC'], ['$.balances[0].asset', '']] },
  { name: 'permissions', endpoint: 'GET /sapi/v1/account/apiRestrictions', ask: (client) => client.permissions(), spoiled: [['$.enableWithdrawals', null], ['$.enableWithdrawals', 'false'], ['$.ipRestrict', 0]] },
  { name: 'openOrders', endpoint: 'GET /api/v3/openOrders', ask: (client) => client.openOrders(SYMBOL), spoiled: [['$[0].symbol', 'ETHUSDT'], ['$[0].orderId', 2 ** 60], ['$[0].origQty', '0.00000000'], ['$[0].executedQty', '9.00000000'], ['$[0].status', 'FILLED'], ['$[0].side', 'LONG']] },
  { name: 'ordersSince', endpoint: 'GET /api/v3/allOrders', ask: (client) => client.ordersSince(SYMBOL, 1_699_999_000_000), spoiled: [['$[0].orderId', 2], ['$[0].time', null], ['$[0].clientOrderId', 7]] },
  { name: 'orderByClientId', endpoint: 'GET /api/v3/order', ask: (client) => client.orderByClientId(SYMBOL, 'tb-1'), spoiled: [['$.clientOrderId', 'tb-9'], ['$.symbol', 'ETHUSDT'], ['$.executedQty', '1e1'], ['$.status', 'NEW']] },
  { name: 'orderByExchangeId', endpoint: 'GET /api/v3/order', ask: (client) => client.orderByExchangeId(SYMBOL, '1'), spoiled: [['$.orderId', 2], ['$.status', '__proto__']] },
  { name: 'tradesOfOrder', endpoint: 'GET /api/v3/myTrades', ask: (client) => client.tradesOfOrder(SYMBOL, '1'), spoiled: [['$[0].orderId', 2], ['$[0].qty', '0.00000000'], ['$[0].price', '-50000.01000000'], ['$[0].commission', 'x'], ['$[0].commissionAsset', null], ['$[0].isBuyer', 'true']] },
  { name: 'tradesAfter', endpoint: 'GET /api/v3/myTrades', ask: (client) => client.tradesAfter(SYMBOL, '0', 0), spoiled: [['$[0].id', 2], ['$[0].id', -1], ['$[0].time', 0], ['$[0].symbol', 'ETHUSDT']] },
];

const BODIES: readonly (readonly [name: string, effect: Effect])[] = [
  ...(['empty', 'null', '{}', 'html', 'binary', 'deep'] as const).map((kind) => [kind, { type: 'replace', kind }] as const),
  ['truncated', { type: 'truncate' }],
  ['cut in two', { type: 'truncate', bytes: 1 }],
  ['a number', { type: 'http', status: 200, body: '0' }],
  ['a text', { type: 'http', status: 200, body: '"ok"' }],
  ['an error with status 200', { type: 'http', status: 200, body: '{"code":-1000,"msg":"An unknown error occurred."}' }],
  ['a list of nothing', { type: 'http', status: 200, body: '[null]' }],
  ['503 HTML', { type: 'http', status: 503, body: '<html></html>' }],
  ['404 HTML', { type: 'http', status: 404, body: '<html></html>' }],
  ['500 -1000', { type: 'error', code: -1000 }],
  ['400 -1001', { type: 'error', code: -1001 }],
  ['reset', { type: 'reset' }],
  ['silence', { type: 'stall', atByte: 1 }],
  ['a redirect', { type: 'redirect', location: 'https://example.org' }],
];

const LISTS = new Set(['openOrders', 'ordersSince', 'tradesOfOrder', 'tradesAfter']);

describe.each(READS)('$name, answered badly,', ({ name, endpoint, ask, spoiled }) => {
  const bodies = LISTS.has(name) ? BODIES : [...BODIES, ['[]', { type: 'replace', kind: '[]' }] as const];

  it.each(bodies.map(([body, effect]) => ({ body, effect })))('throws, and gives no default: $body', async ({ effect }) => {
    const { exchange, client } = await opened();
    strike(exchange, endpoint, effect);
    const thrown = await ask(client).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(ExchangeUnavailable);
    expect(secretsIn(String(thrown))).toEqual([]);
    expect(requestsOf(exchange, endpoint)).toHaveLength(1);
    await expect(ask(client)).resolves.toBeDefined();
  });

  it.each(spoiled.map(([path, value]) => ({ path, value })))('throws when $path is $value', async ({ path, value }) => {
    const { exchange, client } = await opened();
    strike(exchange, endpoint, { type: 'mutate', jsonPath: path, value });
    await expect(ask(client)).rejects.toBeInstanceOf(ExchangeUnavailable);
  });

  it('is a matter for a person when the key is refused', async () => {
    const { exchange, client } = await opened();
    strike(exchange, endpoint, { type: 'error', code: -2015, status: 401 });
    await expect(ask(client)).rejects.toMatchObject({ code: 'EXCHANGE.AUTH', retryable: false });
  });
});

it('F44 reads no further than 48 MiB', async () => {
  const { exchange, client } = await opened();
  strike(exchange, 'GET /api/v3/account', { type: 'replace', kind: 'huge' });
  await expect(client.balances()).rejects.toBeInstanceOf(ExchangeUnavailable);
});

async function opened(): Promise<{ exchange: ReturnType<typeof stillExchange>; client: TradingClient }> {
  const exchange = stillExchange();
  const client = await clientOf(exchange);
  await client.place(marketOrder());
  await client.place(limitOrder({ clientOrderId: 'tb-2' }));
  return { exchange, client };
}
