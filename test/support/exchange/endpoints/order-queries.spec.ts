import { FakeBinance, type FakeConfig } from '../fake-binance.js';
import { signed, type Params } from '../requests.js';

const SYMBOL = { symbol: 'BTCUSDT' };
const DAY = 86_400_000;
const MARKET = { side: 'BUY', type: 'MARKET', quantity: '0.001' };
const LIMIT = { side: 'BUY', type: 'LIMIT', timeInForce: 'GTC', quantity: '0.001', price: '49000' };

const open = (config: FakeConfig = {}): FakeBinance =>
  new FakeBinance({ symbols: ['BTCUSDT'], feed: { BTCUSDT: { volBps: 0 } }, ...config });

type Row = Record<string, unknown>;
const ask = (exchange: FakeBinance, method: string, path: string, params: Params = {}): unknown =>
  JSON.parse(signed(exchange, method, `/api/v3/${path}`, params).body);
const place = (exchange: FakeBinance, params: Params): Row => ask(exchange, 'POST', 'order', { ...SYMBOL, ...params }) as Row;
const rows = (exchange: FakeBinance, path: string, params: Params = {}): Row[] =>
  ask(exchange, 'GET', path, { ...SYMBOL, ...params }) as Row[];
const find = (exchange: FakeBinance, params: Params): Row => ask(exchange, 'GET', 'order', { ...SYMBOL, ...params }) as Row;

describe('looking an order up', () => {
  it('wants a number or a client order id, and both to agree', () => {
    const exchange = open();
    place(exchange, { ...LIMIT, newClientOrderId: 'mine' });
    expect(find(exchange, {})).toEqual({
      code: -1102,
      msg: "Param 'origClientOrderId' or 'orderId' must be sent, but both were empty/null!",
    });
    expect(find(exchange, { orderId: 1, origClientOrderId: 'mine' })).toMatchObject({ orderId: 1 });
    expect(find(exchange, { orderId: 1, origClientOrderId: 'other' })).toEqual({
      code: -2039,
      msg: 'Client order ID is not correct for this order ID.',
    });
    expect(find(exchange, { orderId: 2 })).toMatchObject({ code: -2013 });
    expect(ask(exchange, 'DELETE', 'order', { ...SYMBOL, orderId: 1, origClientOrderId: 'other' })).toMatchObject({ code: -2011 });
  });

  it('does not find it before the lag is over, nor its news', () => {
    const exchange = open({ lag: { order: 1000 } });
    const { orderId } = place(exchange, LIMIT);
    const id = { orderId: Number(orderId) };
    exchange.advance(999);
    expect(find(exchange, id)).toMatchObject({ code: -2013 });
    exchange.advance(1);
    expect(find(exchange, id)).toMatchObject({ status: 'NEW' });
    ask(exchange, 'DELETE', 'order', { ...SYMBOL, ...id });
    expect(find(exchange, id)).toMatchObject({ status: 'NEW' });
    exchange.advance(1000);
    expect(find(exchange, id)).toMatchObject({ status: 'CANCELED' });
  });

  it.each([
    [true, { code: -2013 }, 'web'],
    [false, { status: 'CANCELED' }, 'mine'],
  ])('after a cancel that replaces the client order id (%p)', (cancelReplacesClientOrderId, byOldId, clientOrderId) => {
    const exchange = open({ cancelReplacesClientOrderId });
    place(exchange, { ...LIMIT, newClientOrderId: 'mine' });
    ask(exchange, 'DELETE', 'order', { ...SYMBOL, orderId: 1, newClientOrderId: 'web' });
    expect(find(exchange, { origClientOrderId: 'mine' })).toMatchObject(byOldId);
    expect(find(exchange, { orderId: 1 })).toMatchObject({ clientOrderId, status: 'CANCELED' });
  });

  it('is too late for an order that ended unfilled more than 90 days ago', () => {
    const exchange = open({ feed: { BTCUSDT: { volBps: 0, stepMs: DAY } } });
    place(exchange, LIMIT);
    place(exchange, MARKET);
    ask(exchange, 'DELETE', 'order', { ...SYMBOL, orderId: 1 });
    exchange.advance(90 * DAY);
    expect(find(exchange, { orderId: 1 })).toMatchObject({ status: 'CANCELED' });
    exchange.advance(1);
    expect(find(exchange, { orderId: 1 })).toEqual({
      code: -2026,
      msg: 'Order was canceled or expired with no executed qty over 90 days ago and has been archived.',
    });
    expect(find(exchange, { orderId: 2 })).toMatchObject({ status: 'FILLED' });
  });
});

describe('cancelling', () => {
  it('keeps to its restrictions', () => {
    const exchange = open();
    place(exchange, LIMIT);
    const cancel = (cancelRestrictions: string): unknown => ask(exchange, 'DELETE', 'order', { ...SYMBOL, orderId: 1, cancelRestrictions });
    expect(cancel('ONLY_PARTIALLY_FILLED')).toEqual({ code: -2011, msg: 'Order was not canceled due to cancel restrictions.' });
    expect(cancel('ONLY_NEW')).toMatchObject({ status: 'CANCELED' });
  });

  it('ends every open order of the symbol, or says that there is none', () => {
    const exchange = open();
    place(exchange, { ...LIMIT, newClientOrderId: 'one' });
    place(exchange, { ...LIMIT, newClientOrderId: 'two' });
    const all = ask(exchange, 'DELETE', 'openOrders', SYMBOL) as Row[];
    expect(all.map(({ origClientOrderId, status }) => [origClientOrderId, status])).toEqual([
      ['one', 'CANCELED'],
      ['two', 'CANCELED'],
    ]);
    expect(ask(exchange, 'DELETE', 'openOrders', SYMBOL)).toEqual({ code: -2011, msg: 'Unknown order sent.' });
  });
});

describe('open orders', () => {
  it('come by ascending number, of one symbol or of all at a higher price', () => {
    const exchange = open();
    place(exchange, { ...LIMIT, newClientOrderId: 'one' });
    place(exchange, MARKET);
    place(exchange, { ...LIMIT, newClientOrderId: 'two' });
    expect(rows(exchange, 'openOrders').map(({ orderId }) => orderId)).toEqual([1, 3]);
    const weight = (params: Params): number => {
      const used = (): number => Number(signed(exchange, 'GET', '/api/v3/rateLimit/order').headers['x-mbx-used-weight']);
      const before = used();
      signed(exchange, 'GET', '/api/v3/openOrders', params);
      return used() - before - 40;
    };
    expect([weight(SYMBOL), weight({})]).toEqual([6, 80]);
  });

  it('stay as they last were for the time of the lag, new ones show at once', () => {
    const exchange = open({ lag: { openOrders: 30_000 } });
    place(exchange, { ...LIMIT, newClientOrderId: 'one' });
    exchange.advance(1000);
    ask(exchange, 'DELETE', 'order', { ...SYMBOL, orderId: 1 });
    place(exchange, { ...LIMIT, newClientOrderId: 'two' });
    exchange.advance(29_999);
    expect(rows(exchange, 'openOrders')).toMatchObject([
      { clientOrderId: 'one', status: 'NEW' },
      { clientOrderId: 'two', status: 'NEW' },
    ]);
    exchange.advance(1);
    expect(rows(exchange, 'openOrders')).toMatchObject([{ clientOrderId: 'two' }]);
  });
});

describe('all orders', () => {
  it('begin at a number or time when one is given, else end with the newest', () => {
    const exchange = open();
    const times = [1, 2, 3, 4].map(() => {
      place(exchange, MARKET);
      exchange.advance(1000);
      return exchange.now - 1000;
    });
    const ids = (params: Params): unknown[] => rows(exchange, 'allOrders', params).map(({ orderId }) => orderId);
    expect(ids({})).toEqual([1, 2, 3, 4]);
    expect(ids({ limit: 2 })).toEqual([3, 4]);
    expect(ids({ orderId: 2, limit: 2 })).toEqual([2, 3]);
    expect(ids({ startTime: times[1], endTime: times[2] })).toEqual([2, 3]);
    expect(rows(exchange, 'allOrders', { startTime: 0, endTime: DAY + 1 })).toEqual({
      code: -1127,
      msg: 'More than 24 hours between startTime and endTime.',
    });
  });

  it('trail by their own lag', () => {
    const exchange = open({ lag: { allOrders: 500 } });
    place(exchange, MARKET);
    expect(rows(exchange, 'allOrders')).toEqual([]);
    exchange.advance(500);
    expect(rows(exchange, 'allOrders')).toHaveLength(1);
  });
});

describe('my trades', () => {
  const traded = (config: FakeConfig = {}): FakeBinance => {
    const exchange = open({ book: { levelQty: '0.001' }, ...config });
    place(exchange, { ...MARKET, quantity: '0.002' }); // trades 1 and 2
    exchange.advance(60_000);
    place(exchange, MARKET); // trade 3
    return exchange;
  };
  const ids = (exchange: FakeBinance, params: Params): unknown => {
    const found = rows(exchange, 'myTrades', params);
    return Array.isArray(found) ? found.map(({ id }) => id) : found;
  };

  it.each<[Params, number[]]>([
    [{}, [1, 2, 3]],
    [{ limit: 1 }, [3]],
    [{ orderId: 1 }, [1, 2]],
    [{ fromId: 2, limit: 1 }, [2]],
    [{ orderId: 1, fromId: 2 }, [2]],
    [{ startTime: 1_700_000_060_000 }, [3]],
    [{ endTime: 1_700_000_059_999 }, [1, 2]],
    [{ startTime: 1_700_000_000_000, endTime: 1_700_000_060_000, limit: 2 }, [1, 2]],
  ])('take %j', (params, expected) => {
    expect(ids(traded(), params)).toEqual(expected);
  });

  it.each([{ orderId: 1, startTime: 1 }, { fromId: 1, startTime: 1 }, { fromId: 1, endTime: 1 }, { orderId: 1, endTime: 1 }])(
    'do not take %j',
    (params) => {
      expect(ids(traded(), params as unknown as Params)).toEqual({ code: -1128, msg: 'Combination of optional parameters invalid.' });
    },
  );

  it('trail by their own lag', () => {
    const exchange = traded({ lag: { myTrades: 100 } });
    expect(ids(exchange, {})).toEqual([1, 2]);
    exchange.advance(100);
    expect(ids(exchange, {})).toEqual([1, 2, 3]);
  });
});

describe('the account', () => {
  it('trails by its own lag', () => {
    const exchange = open({ lag: { account: 2000 } });
    const seen = (): unknown => {
      const { balances, updateTime } = ask(exchange, 'GET', 'account') as { balances: Row[]; updateTime: number };
      return [balances.find(({ asset }) => asset === 'BTC')?.free, updateTime];
    };
    exchange.advance(5000);
    place(exchange, MARKET);
    const tradedAt = exchange.now;
    exchange.advance(1999);
    expect(seen()).toEqual(['0.00000000', 1_700_000_000_000]);
    exchange.advance(1);
    expect(seen()).toEqual(['0.00099900', tradedAt]);
  });

  it('can leave out what it does not have', () => {
    const { balances } = ask(open(), 'GET', 'account', { omitZeroBalances: 'true' }) as { balances: Row[] };
    expect(balances.map(({ asset }) => asset)).toEqual(['USDT']);
  });

  it('tells rates, order counts, key restrictions and an empty list of coins', () => {
    const exchange = open({ keys: [{ restrictions: { enableWithdrawals: true } }] });
    place(exchange, LIMIT);
    expect(ask(exchange, 'GET', 'account/commission', SYMBOL)).toMatchObject({
      symbol: 'BTCUSDT',
      standardCommission: { maker: '0.00100000', taker: '0.00100000' },
      discount: { enabledForAccount: false, discountAsset: 'BNB', discount: '0.75000000' },
    });
    expect(ask(exchange, 'GET', 'rateLimit/order')).toEqual([
      { rateLimitType: 'ORDERS', interval: 'SECOND', intervalNum: 10, limit: 100, count: 1 },
      { rateLimitType: 'ORDERS', interval: 'DAY', intervalNum: 1, limit: 200_000, count: 1 },
    ]);
    const sapi = (path: string): unknown => JSON.parse(signed(exchange, 'GET', `/sapi/v1/${path}`).body);
    expect(sapi('account/apiRestrictions')).toMatchObject({
      ipRestrict: true,
      enableReading: true,
      enableWithdrawals: true,
      enableSpotAndMarginTrading: true,
    });
    expect(sapi('capital/config/getall')).toEqual([]);
  });
});
