import { FakeBinance, type FakeConfig } from '../fake-binance.js';
import { get, getJson, signed, type Params } from '../requests.js';
import type { Assertion, Verdict } from './assertions.js';
import type { BotFill, BotLedger } from './bot-export.js';

const SYMBOL = { symbol: 'BTCUSDT' };
const MARKET = { side: 'BUY', type: 'MARKET', quantity: '0.001' };

const open = (config: FakeConfig = {}): FakeBinance =>
  new FakeBinance({ symbols: ['BTCUSDT'], feed: { BTCUSDT: { volBps: 0 } }, balances: { USDT: '10000', BTC: '1' }, ...config });
const place = (exchange: FakeBinance, params: Params) => signed(exchange, 'POST', '/api/v3/order', { ...SYMBOL, ...MARKET, ...params });
const judge = (exchange: FakeBinance, assertion: Assertion): Verdict => exchange.control({ command: 'assert', ...assertion }) as Verdict;
const problems = (exchange: FakeBinance, assertion: Assertion): string[] => judge(exchange, assertion).problems;

/** The ledger of a bot that noticed everything. */
function faithful(exchange: FakeBinance): BotLedger {
  const fills = exchange.journal.filter((entry) => entry.type === 'fill');
  const orders = exchange.journal
    .filter((entry) => entry.type === 'order')
    .map(({ orderId, clientOrderId, symbol, side }) => ({
      signalKey: `signal of ${clientOrderId}`,
      clientOrderId,
      exchangeOrderId: orderId,
      symbol: symbol.replace('USDT', '/USDT'),
      side: side.toLowerCase(),
      fills: fills
        .filter((fill) => fill.orderId === orderId)
        .map(({ id, price, qty, commission, commissionAsset }): BotFill => ({ tradeId: id, price, qty: qty.replace(/0+$/, ''), commission, commissionAsset })),
    }));
  return { orders };
}

describe('the ledger', () => {
  it('sums up what was traded, the client’s and the strangers’ apart', () => {
    const exchange = open();
    place(exchange, {});
    place(exchange, { side: 'SELL', quantity: '0.002' });
    exchange.control({ command: 'order', ...SYMBOL, side: 'BUY', quantity: '0.01' });
    expect(exchange.control({ command: 'ledger' })).toMatchObject({
      BTCUSDT: {
        api: {
          orders: [{ orderId: 1 }, { orderId: 2 }],
          trades: [{ id: 1 }, { id: 2 }],
          netBase: '-0.00100100', // 0.001 - 0.002 - 0.000001
          quoteFlow: '49.99997000', // 99.99998 - 50.00001
          commissions: { BTC: '0.00000100', USDT: '0.09999998' },
        },
        foreign: { orders: [{ orderId: 3 }], netBase: '0.00999000' },
      },
    });
  });
});

describe('assertions on trading', () => {
  it('conservation holds on a sound account', () => {
    const exchange = open();
    place(exchange, {});
    expect(judge(exchange, { name: 'conservation' })).toEqual({ name: 'conservation', ok: true, problems: [] });
  });

  it('oneOrderPerIntent sees an id or a signal executed twice', () => {
    const exchange = open();
    place(exchange, { newClientOrderId: 'tb-1' });
    place(exchange, { newClientOrderId: 'tb-2' });
    expect(judge(exchange, { name: 'oneOrderPerIntent', args: { prefix: 'tb-', ledger: faithful(exchange) } }).ok).toBe(true);
    const ledger = faithful(exchange);
    ledger.orders[1].signalKey = ledger.orders[0].signalKey;
    expect(problems(exchange, { name: 'oneOrderPerIntent', args: { ledger } })).toEqual(['signal signal of tb-1 was executed more than once']);
    place(exchange, { newClientOrderId: 'tb-1' });
    place(exchange, { newClientOrderId: 'web' });
    place(exchange, { newClientOrderId: 'web' });
    expect(problems(exchange, { name: 'oneOrderPerIntent', args: { prefix: 'tb-' } })).toEqual([
      'client order id tb-1 was executed more than once',
    ]);
  });

  it('ledgerEqual takes a faithful ledger and no other', () => {
    const exchange = open();
    place(exchange, { newClientOrderId: 'tb-1' });
    place(exchange, { newClientOrderId: 'tb-2' });
    exchange.control({ command: 'order', ...SYMBOL, side: 'BUY', quantity: '0.01' });
    const own = (): BotLedger => ({ orders: faithful(exchange).orders.slice(0, 2) });
    const after = (change: (ledger: BotLedger) => void): string[] => {
      const ledger = own();
      change(ledger);
      return problems(exchange, { name: 'ledgerEqual', args: { ledger } });
    };
    expect(after(() => undefined)).toEqual([]);
    expect(after(({ orders }) => orders.pop())).toEqual([
      'order 2 (tb-2): expected once in the ledger; was there 0 times',
      'trade BTCUSDT:2 is missing in the ledger',
    ]);
    expect(after(({ orders }) => orders.push(orders[0]))).toEqual([
      'order 1 (tb-1): expected once in the ledger; was there 2 times',
      'trade BTCUSDT:1 is in the ledger more than once',
    ]);
    expect(after(({ orders }) => (orders[0].fills[0].price = '50000'))).toEqual([
      'trade BTCUSDT:1: expected price 50000.01000000; was 50000',
    ]);
    expect(after(({ orders }) => (orders[0].fills[0].commissionAsset = 'BNB'))).toEqual([
      'trade BTCUSDT:1: expected commissionAsset BTC; was BNB',
    ]);
    expect(after(({ orders }) => (orders[0].side = 'SELL'))).toEqual(['order 1: expected BUY BTCUSDT; was SELL BTC/USDT']);
    expect(after(({ orders }) => (orders[0].fills[0].tradeId = 3))).toEqual([
      'trade BTCUSDT:3 of the ledger is none that was made through the API',
      'trade BTCUSDT:1 is missing in the ledger',
    ]);
  });

  it('maxPosition sees a position worth too much, be it only because the price rose', () => {
    const exchange = open();
    place(exchange, {});
    const within = (limit: string): boolean => judge(exchange, { name: 'maxPosition', args: { ...SYMBOL, limit } }).ok;
    expect([within('50'), within('49')]).toEqual([true, false]); // 49.95 at most; 1 % is allowed
    exchange.control({ command: 'price', ...SYMBOL, price: '60000' });
    expect(within('50')).toBe(false);
  });

  it('neverShortOwn sees the owner’s coins sold', () => {
    const exchange = open();
    place(exchange, {});
    place(exchange, { side: 'SELL', quantity: '0.00099' });
    expect(judge(exchange, { name: 'neverShortOwn', args: SYMBOL }).ok).toBe(true);
    place(exchange, { side: 'SELL' });
    expect(problems(exchange, { name: 'neverShortOwn', args: SYMBOL })).toEqual(['trade 3 sold 0.00099100 BTC more than was bought']);
  });

  it('traded sees an empty run', () => {
    const exchange = open();
    expect(problems(exchange, { name: 'traded', args: { min: 1 } })).toEqual(['expected at least 1 executed orders; were 0']);
    place(exchange, {});
    expect(judge(exchange, { name: 'traded', args: { min: 1 } }).ok).toBe(true);
  });
});

describe('noOrderWhile', () => {
  const ok = (exchange: FakeBinance): boolean => judge(exchange, { name: 'noOrderWhile' }).ok;
  const orderAfter = (exchange: FakeBinance): boolean => {
    place(exchange, {});
    return ok(exchange);
  };

  it('lets the first order find the market halted, but no second one', () => {
    const exchange = open();
    exchange.control({ command: 'symbol', ...SYMBOL, status: 'HALT' });
    expect([orderAfter(exchange), orderAfter(exchange)]).toEqual([true, false]);
  });

  it('counts what exchangeInfo told', () => {
    const exchange = open();
    exchange.control({ command: 'symbol', ...SYMBOL, status: 'BREAK' });
    getJson(exchange, '/api/v3/exchangeInfo');
    expect(orderAfter(exchange)).toBe(false);
    const resumed = open();
    resumed.control({ command: 'symbol', ...SYMBOL, status: 'BREAK', forMs: 10 });
    getJson(resumed, '/api/v3/exchangeInfo');
    resumed.advance(10);
    expect(orderAfter(resumed)).toBe(true);
  });

  it('counts maintenance from its first page to its end', () => {
    const exchange = open();
    exchange.control({ command: 'effect', type: 'maintenance', ms: 1000 });
    expect(orderAfter(exchange)).toBe(true);
    exchange.advance(1000);
    expect(orderAfter(exchange)).toBe(true);
    exchange.control({ command: 'effect', type: 'maintenance', ms: 1000 });
    get(exchange, '/sapi/v1/system/status');
    place(exchange, {});
    expect(problems(exchange, { name: 'noOrderWhile' })[0]).toMatch(/^request \d+ \(POST \/api\/v3\/order\) was sent during maintenance$/);
  });

  it('counts a ban', () => {
    const exchange = open();
    exchange.control({ command: 'effect', type: 'ban', sec: 1 });
    expect([orderAfter(exchange), orderAfter(exchange)]).toEqual([true, false]);
    expect(judge(exchange, { name: 'noOrderWhile', args: { state: 'HALT' } }).ok).toBe(true);
  });

  it('counts a refused key until an operator has acted', () => {
    const exchange = open();
    exchange.control({ command: 'effect', type: 'key', active: false, forMs: 10 });
    expect(orderAfter(exchange)).toBe(true);
    exchange.advance(10);
    exchange.control({ command: 'operator' });
    expect(orderAfter(exchange)).toBe(true);
    exchange.control({ command: 'effect', type: 'key', active: false, forMs: 10 });
    place(exchange, {});
    exchange.advance(10);
    expect(orderAfter(exchange)).toBe(false);
  });
});

describe('assertions on requests', () => {
  it('backoffRespected sees any request inside a wait that was told', () => {
    const exchange = open();
    exchange.control({ command: 'effect', type: 'ban', sec: 10 });
    get(exchange, '/api/v3/ping');
    exchange.advance(10_000);
    get(exchange, '/api/v3/ping');
    expect(judge(exchange, { name: 'backoffRespected' }).ok).toBe(true);
    exchange.control({ command: 'effect', type: 'ban', sec: 10 });
    get(exchange, '/api/v3/ping');
    exchange.advance(9999);
    get(exchange, '/api/v3/time');
    expect(problems(exchange, { name: 'backoffRespected' })[0]).toMatch(/\(GET \/api\/v3\/time\) was sent 1 ms too early$/);
  });

  it('backoffRespected does not blame a client that was never told', () => {
    const exchange = open({ faults: [{ times: 1, effect: { type: 'reset' } }] });
    exchange.control({ command: 'effect', type: 'ban', sec: 10 });
    get(exchange, '/api/v3/ping');
    get(exchange, '/api/v3/ping');
    expect(judge(exchange, { name: 'backoffRespected' }).ok).toBe(true);
  });

  it('noSignedInPaper sees a signed request', () => {
    const exchange = open();
    get(exchange, '/api/v3/time');
    expect(judge(exchange, { name: 'noSignedInPaper' }).ok).toBe(true);
    signed(exchange, 'GET', '/api/v3/account');
    expect(problems(exchange, { name: 'noSignedInPaper' })[0]).toMatch(/was signed$/);
  });

  it('weightBelow sees too much weight used', () => {
    const exchange = open({ limits: { weightPerMin: 40 } });
    getJson(exchange, '/api/v3/exchangeInfo');
    expect(judge(exchange, { name: 'weightBelow', args: { pct: 50 } }).ok).toBe(true);
    get(exchange, '/api/v3/ping');
    expect(problems(exchange, { name: 'weightBelow', args: { pct: 50 } })[0]).toMatch(/expected a used weight of at most 20; was 21$/);
  });
});
