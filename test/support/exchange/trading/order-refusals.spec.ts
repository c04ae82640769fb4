import { FakeBinance } from '../fake-binance.js';
import { signed, type Params } from '../requests.js';

const SYMBOL = { symbol: 'BTCUSDT' };
const open = (): FakeBinance =>
  new FakeBinance({
    symbols: ['BTCUSDT', 'ETHBTC'],
    feed: { BTCUSDT: { volBps: 0 }, ETHBTC: { volBps: 0 } },
    balances: { USDT: '10000000', BTC: '1000', ETH: '1000' },
  });

const MARKET = { side: 'BUY', type: 'MARKET', quantity: '0.001' };
const LIMIT = { side: 'BUY', type: 'LIMIT', timeInForce: 'GTC', quantity: '0.001', price: '49000' };
const STOP = { side: 'SELL', type: 'STOP_LOSS_LIMIT', timeInForce: 'GTC', quantity: '0.001', price: '48000', stopPrice: '49000' };

function refusal(exchange: FakeBinance, params: Params): [number, number, string] {
  const reply = signed(exchange, 'POST', '/api/v3/order', { ...SYMBOL, ...params });
  const { code, msg } = JSON.parse(reply.body) as { code: number; msg: string };
  return [reply.status, code, msg];
}

const without = (params: Params, name: string): Params => Object.fromEntries(Object.entries(params).filter(([key]) => key !== name));
const mandatory = (name: string): string => `Mandatory parameter '${name}' was not sent, was empty/null, or malformed.`;

describe('orders are refused', () => {
  it.each<[string, Params, number, string]>([
    ['without a side', without(MARKET, 'side'), -1102, mandatory('side')],
    ['without a type', without(MARKET, 'type'), -1102, mandatory('type')],
    ['as a limit without a price', without(LIMIT, 'price'), -1102, mandatory('price')],
    ['as a limit without a time in force', without(LIMIT, 'timeInForce'), -1102, mandatory('timeInForce')],
    ['as a stop without a stop price', without(STOP, 'stopPrice'), -1102, mandatory('stopPrice')],
    ['at market without any quantity', without(MARKET, 'quantity'), -1102, "Param 'quantity' or 'quoteOrderQty' must be sent, but both were empty/null!"],
    ['at market with both quantities', { ...MARKET, quoteOrderQty: '50' }, -1128, 'Combination of optional parameters invalid.'],
    ['at market with a time in force', { ...MARKET, timeInForce: 'GTC' }, -1106, "Parameter 'timeInForce' sent when not required."],
    ['with a wrong side', { ...MARKET, side: 'HOLD' }, -1117, 'Invalid side.'],
    ['with a wrong type', { ...MARKET, type: 'STOP' }, -1116, 'Invalid orderType.'],
    ['with a wrong time in force', { ...LIMIT, timeInForce: 'GTD' }, -1115, 'Invalid timeInForce.'],
    ['with a wrong response type', { ...MARKET, newOrderRespType: 'ALL' }, -1130, "Data sent for parameter 'newOrderRespType' is not valid."],
    ['with a wrong client order id', { ...MARKET, newClientOrderId: 'a b' }, -1100, "Illegal characters found in parameter 'newClientOrderId'; legal range is '^[a-zA-Z0-9-_]{1,36}$'."],
    ['with something nobody asked for', { ...MARKET, foo: '1' }, -1104, "Not all sent parameters were read; read '7' parameter(s) but was sent '8'."],
    ['below the lowest price', { ...LIMIT, price: '0' }, -1013, 'Filter failure: PRICE_FILTER'],
    ['off the tick with the stop price', { ...STOP, stopPrice: '49000.001' }, -1013, 'Filter failure: PRICE_FILTER'],
    ['above five times the price', { ...LIMIT, price: '250000.01' }, -1013, 'Filter failure: PERCENT_PRICE_BY_SIDE'],
    ['below a fifth of the price', { ...LIMIT, price: '9999.99' }, -1013, 'Filter failure: PERCENT_PRICE_BY_SIDE'],
    ['below the smallest quantity', { ...MARKET, quantity: '0' }, -1013, 'Filter failure: LOT_SIZE'],
    ['above the largest quantity', { ...LIMIT, quantity: '9000.00001' }, -1013, 'Filter failure: LOT_SIZE'],
    ['above the largest quantity at market', { ...MARKET, quantity: '100.00001' }, -1013, 'Filter failure: MARKET_LOT_SIZE'],
    ['below the smallest notional', { ...LIMIT, quantity: '0.0001' }, -1013, 'Filter failure: NOTIONAL'],
    ['below the smallest notional in quote', { ...without(MARKET, 'quantity'), quoteOrderQty: '4.99' }, -1013, 'Filter failure: NOTIONAL'],
    ['above the largest notional', { ...LIMIT, quantity: '200' }, -1013, 'Filter failure: NOTIONAL'],
    ['below the smallest notional of another market', { ...LIMIT, symbol: 'ETHBTC', quantity: '0.0001', price: '0.01201' }, -1013, 'Filter failure: NOTIONAL'],
  ])('%s', (_, params, code, msg) => {
    expect(refusal(open(), params)).toEqual([400, code, msg]);
  });

  it('when price times quantity comes to nothing', () => {
    const exchange = open();
    exchange.control({ command: 'price', symbol: 'ETHBTC', price: '0.00001' });
    exchange.control({ command: 'clock', advance: 300_000 });
    expect(refusal(exchange, { ...LIMIT, symbol: 'ETHBTC', quantity: '0.0001', price: '0.00001' })).toEqual([
      400,
      -2010,
      'Price * QTY is zero or less.',
    ]);
  });

  it('when too many are open', () => {
    const exchange = open();
    exchange.control({ command: 'symbol', ...SYMBOL, filters: { maxNumOrders: 2, maxNumAlgoOrders: 1 } });
    const status = (params: Params): number => signed(exchange, 'POST', '/api/v3/order', { ...SYMBOL, ...params }).status;
    expect(status(STOP)).toBe(200);
    expect(refusal(exchange, STOP)[2]).toBe('Filter failure: MAX_NUM_ALGO_ORDERS');
    expect(status(LIMIT)).toBe(200);
    expect(refusal(exchange, LIMIT)[2]).toBe('Filter failure: MAX_NUM_ORDERS');
    expect(status(MARKET)).toBe(200);
  });

  it('when too many are sent, with the time to wait; filled ones do not count', () => {
    const exchange = new FakeBinance({ symbols: ['BTCUSDT'], limits: { ordersPer10s: 2, ordersPerDay: 3 } });
    const place = (params: Params) => signed(exchange, 'POST', '/api/v3/order', { ...SYMBOL, ...params });
    expect([MARKET, MARKET, MARKET, LIMIT, LIMIT].map((params) => place(params).status)).toEqual([200, 200, 200, 200, 200]);
    exchange.advance(3500); // 1700000000000 begins a window of 10 s
    expect(place(LIMIT)).toMatchObject({
      status: 429,
      headers: { 'retry-after': '7' },
      body: '{"code":-1015,"msg":"Too many new orders; current limit is 2 orders per 10 SECOND."}',
    });
    exchange.advance(7000);
    expect(place(LIMIT).headers).toMatchObject({ 'x-mbx-order-count-10s': '1', 'x-mbx-order-count-1d': '3' });
    expect(place(LIMIT).body).toContain('3 orders per 1 DAY');
  });

  it('by the test endpoint just the same, which executes nothing', () => {
    const exchange = open();
    const test = (params: Params): string => signed(exchange, 'POST', '/api/v3/order/test', { ...SYMBOL, ...params }).body;
    expect(test({ ...MARKET, quantity: '0.000015' })).toBe('{"code":-1013,"msg":"Filter failure: LOT_SIZE"}');
    expect(test(MARKET)).toBe('{}');
    expect(exchange.journal.some(({ type }) => type === 'order')).toBe(false);
  });

  it('free of weight only when they are accepted', () => {
    const exchange = open();
    const weight = (params: Params): string => signed(exchange, 'POST', '/api/v3/order', { ...SYMBOL, ...params }).headers['x-mbx-used-weight'];
    expect([weight(MARKET), weight({ ...MARKET, quantity: '0' }), weight(MARKET)]).toEqual(['0', '1', '1']);
  });
});
