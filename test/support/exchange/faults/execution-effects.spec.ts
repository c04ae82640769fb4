import { FakeBinance, type FakeConfig } from '../fake-binance.js';
import { signed, type Params } from '../requests.js';
import type { Effect } from './effect.js';
import type { FaultRule } from './rule.js';

const SYMBOL = { symbol: 'BTCUSDT' };
const ORDER = '/api/v3/order';
const BUY = { ...SYMBOL, side: 'BUY', type: 'MARKET', quantity: '0.001', newClientOrderId: 'mine' };
const REST = { ...SYMBOL, side: 'BUY', type: 'LIMIT', timeInForce: 'GTC', quantity: '0.001', price: '49000', newClientOrderId: 'rest' };
const ON_ORDER = { method: 'POST', path: '^/api/v3/order$' };

const open = (config: FakeConfig = {}): FakeBinance =>
  new FakeBinance({ symbols: ['BTCUSDT'], feed: { BTCUSDT: { volBps: 0 } }, balances: { USDT: '10000', BTC: '1' }, ...config });

function struckBy(effect: Effect, more: Partial<FaultRule> = {}, config: FakeConfig = {}): FakeBinance {
  return open({ faults: [{ id: 'F', match: ON_ORDER, times: 1, effect, ...more }], ...config });
}

const place = (exchange: FakeBinance, params: Params = BUY) => signed(exchange, 'POST', ORDER, params);
const json = (exchange: FakeBinance, path: string, params: Params = {}): unknown => JSON.parse(signed(exchange, 'GET', path, params).body);
const find = (exchange: FakeBinance, params: Params = { origClientOrderId: 'mine' }): unknown => json(exchange, ORDER, { ...SYMBOL, ...params });
const orders = (exchange: FakeBinance): number => exchange.journal.filter(({ type }) => type === 'order').length;

describe('the outcome of an order', () => {
  const spoilers: Effect[] = [
    { type: 'reset' },
    { type: 'close' },
    { type: 'stall' },
    { type: 'error', code: -1007 },
    { type: 'error', code: -1006 },
    { type: 'error', code: -1008 },
    { type: 'http', status: 502, body: '<html></html>' },
    { type: 'replace', kind: '{}' },
    { type: 'truncate' },
  ];

  it.each(spoilers)('is executed behind %j in phase after', (effect) => {
    const exchange = struckBy(effect);
    place(exchange);
    expect(find(exchange)).toMatchObject({ status: 'FILLED' });
    expect(exchange.journal.find(({ type }) => type === 'request')).toMatchObject({ rule: 'F', phase: 'after', executed: true, orderId: 1 });
  });

  it.each(spoilers)('is nothing behind %j in phase before', (effect) => {
    const exchange = struckBy(effect, { phase: 'before' });
    place(exchange);
    expect(find(exchange)).toMatchObject({ code: -2013 });
    expect(orders(exchange)).toBe(0);
  });

  it('comes late with delayExec, after an unknown answer', () => {
    const exchange = struckBy({ type: 'delayExec', ms: 4000 });
    expect(place(exchange)).toMatchObject({ status: 504, body: expect.stringContaining('-1007') as unknown });
    exchange.advance(3999);
    expect(find(exchange)).toMatchObject({ code: -2013 });
    exchange.advance(1);
    expect(find(exchange)).toMatchObject({ status: 'FILLED', time: exchange.now });
  });

  it('never comes when the delay is longer than recvWindow', () => {
    const exchange = struckBy({ type: 'delayExec', ms: 5001 });
    place(exchange);
    exchange.advance(60_000);
    expect(orders(exchange)).toBe(0);
  });

  it('is not delayed but refused at once when the request itself is wrong', () => {
    const exchange = struckBy({ type: 'delayExec', ms: 10 });
    expect(signed(exchange, 'POST', ORDER, BUY, { secret: 'T'.repeat(64) })).toMatchObject({ status: 400 });
  });

  it('comes twice with dupExec, while one reply tells of one', () => {
    const exchange = struckBy({ type: 'dupExec' });
    expect(JSON.parse(place(exchange).body)).toMatchObject({ orderId: 1 });
    expect(json(exchange, '/api/v3/allOrders', SYMBOL)).toMatchObject([{ clientOrderId: 'mine' }, { clientOrderId: 'mine' }]);
  });

  it('is checked again after a latency before the engine', () => {
    const exchange = struckBy({ type: 'latency', ms: 5001 }, { phase: 'before' });
    expect(place(exchange).body).toContain('-1021');
    const inTime = struckBy({ type: 'latency', ms: 5000 }, { phase: 'before' });
    expect(JSON.parse(place(inTime).body)).toMatchObject({ status: 'FILLED', transactTime: 1_700_000_005_000 });
  });

  it('is told wrongly by mutate, however it really was', () => {
    const exchange = struckBy({ type: 'mutate', jsonPath: '$.fills[0].qty', value: '9.00000000' });
    expect(JSON.parse(place(exchange).body)).toMatchObject({ fills: [{ qty: '9.00000000' }] });
    expect(json(exchange, '/api/v3/myTrades', SYMBOL)).toMatchObject([{ qty: '0.00100000' }]);
  });

  it('comes at a worse price with slip, for the order struck only', () => {
    const exchange = struckBy({ type: 'slip', ticks: 200 });
    expect(JSON.parse(place(exchange).body)).toMatchObject({ fills: [{ price: '50002.01000000' }] });
    expect(JSON.parse(place(exchange).body)).toMatchObject({ fills: [{ price: '50000.01000000' }] });
  });

  it('does not hand a slip on when the order struck is refused', () => {
    const exchange = struckBy({ type: 'slip', ticks: 200 });
    expect(place(exchange, { ...BUY, quantity: '0' }).status).toBe(400);
    expect(JSON.parse(place(exchange).body)).toMatchObject({ fills: [{ price: '50000.01000000' }] });
  });

  it('is partial with liquidity, for a while', () => {
    const exchange = struckBy({ type: 'liquidity', levels: 1, levelQty: '0.0004', forMs: 1000 });
    expect(JSON.parse(place(exchange).body)).toMatchObject({ status: 'EXPIRED', executedQty: '0.00040000' });
    exchange.advance(1000);
    expect(JSON.parse(place(exchange).body)).toMatchObject({ status: 'FILLED' });
  });

  it('of a cancel can be lost too', () => {
    const exchange = open({ faults: [{ match: { method: 'DELETE' }, effect: { type: 'reset' } }] });
    place(exchange, REST);
    signed(exchange, 'DELETE', ORDER, { ...SYMBOL, origClientOrderId: 'rest' });
    expect(find(exchange, { orderId: 1 })).toMatchObject({ status: 'CANCELED' });
  });
});

describe('state effects as rules', () => {
  it.each<[Effect, RegExp]>([
    [{ type: 'key', active: false }, /-2015/],
    [{ type: 'symbol', status: 'HALT' }, /Market is closed/],
    [{ type: 'symbol', delist: true }, /-1121/],
    [{ type: 'symbol', filters: { minNotional: '100' } }, /NOTIONAL/],
    [{ type: 'filters', filters: { step: '0.01' } }, /LOT_SIZE/],
    [{ type: 'weight', used: 6000 }, /-1003/],
    [{ type: 'ban', sec: 60 }, /IP banned until/],
    [{ type: 'skew', ms: 6000 }, /outside of the recvWindow/],
    [{ type: 'skew', ms: -1000 }, /1000ms ahead/],
    [{ type: 'maintenance', ms: 1000 }, /System maintenance/],
    [{ type: 'balance', asset: 'USDT', bps: -10_000 }, /insufficient balance/],
  ])('%j refuses the order in phase before, the next one in phase after', (effect, message) => {
    expect(place(struckBy(effect, { phase: 'before' })).body).toMatch(message);
    const exchange = struckBy(effect);
    expect(place(exchange).body).toContain('FILLED');
    expect(place(exchange).body).toMatch(message);
  });

  it('lag hides what is new for a while', () => {
    const exchange = struckBy({ type: 'lag', endpoint: 'order', ms: 3000, forMs: 1000 });
    place(exchange);
    expect(find(exchange)).toMatchObject({ code: -2013 });
    exchange.advance(1000);
    expect(find(exchange)).toMatchObject({ status: 'FILLED' });
  });
});

describe('other people', () => {
  it('trade on the same account', () => {
    const exchange = open();
    exchange.control({ command: 'order', ...SYMBOL, side: 'SELL', quantity: '0.5' });
    exchange.control({ command: 'effect', type: 'foreignOrder', order: { side: 'BUY', quoteOrderQty: '100' } });
    expect(json(exchange, '/api/v3/allOrders', SYMBOL)).toMatchObject([
      { side: 'SELL', clientOrderId: expect.stringMatching(/^web_/) as unknown },
      { side: 'BUY' },
    ]);
    expect(exchange.journal.filter(({ type }) => type === 'order')).toMatchObject([{ source: 'foreign' }, { source: 'foreign' }]);
    expect(() => exchange.control({ command: 'order', ...SYMBOL, side: 'SELL', quantity: '5' })).toThrow('insufficient balance');
  });

  it('cancel the client’s orders, the newest when none is named', () => {
    const exchange = open();
    place(exchange, REST);
    place(exchange, { ...REST, newClientOrderId: 'second' });
    exchange.control({ command: 'effect', type: 'cancelForeign' });
    expect(json(exchange, '/api/v3/openOrders', SYMBOL)).toMatchObject([{ clientOrderId: 'rest' }]);
    exchange.control({ command: 'effect', type: 'cancelForeign', orderId: 1 });
    exchange.control({ command: 'effect', type: 'cancelForeign' });
    expect(json(exchange, '/api/v3/openOrders', SYMBOL)).toEqual([]);
  });

  it('at the exchange end orders for reasons of their own', () => {
    const exchange = open();
    place(exchange, REST);
    exchange.control({ command: 'effect', type: 'exchangeCancel' });
    expect(find(exchange, { origClientOrderId: 'rest' })).toMatchObject({ status: 'EXPIRED', expiryReason: 'EXCHANGE_CANCELED' });
  });

  it('move money in and out, never more than is free', () => {
    const exchange = open();
    const free = (): string | undefined =>
      (json(exchange, '/api/v3/account') as { balances: { asset: string; free: string }[] }).balances.find(({ asset }) => asset === 'BTC')?.free;
    exchange.control({ command: 'balance', asset: 'BTC', delta: '0.5', reason: 'deposit' });
    expect(free()).toBe('1.50000000');
    exchange.control({ command: 'effect', type: 'balance', asset: 'BTC', bps: -2000 });
    expect(free()).toBe('1.20000000');
    exchange.control({ command: 'balance', asset: 'BTC', delta: '-7' });
    expect(free()).toBe('0.00000000');
    expect(exchange.journal.filter(({ type }) => type === 'external')).toMatchObject([
      { asset: 'BTC', delta: '0.50000000', reason: 'deposit' },
      { delta: '-0.30000000', reason: 'by hand' },
      { delta: '-1.20000000' },
    ]);
    expect(exchange.control({ command: 'assert', name: 'conservation' })).toMatchObject({ ok: true });
  });
});

describe('a rule with an effect nobody knows', () => {
  it('is refused', () => {
    const effect = { type: 'nonsense' } as unknown as Effect;
    expect(() => open({ faults: [{ effect }] })).toThrow(/effect: expected one of latency, .*; was nonsense/);
  });
});
