import { FakeBinance, type FakeConfig } from '../fake-binance.js';
import { get, signed, type Params } from '../requests.js';

const SYMBOL = { symbol: 'BTCUSDT' };

/** A still market at 50000 with 0.5 BTC on each of ten levels, and an account with both coins. */
function still(config: FakeConfig = {}): FakeBinance {
  return new FakeBinance({
    symbols: ['BTCUSDT', 'BNBUSDT'],
    feed: { BTCUSDT: { volBps: 0 }, BNBUSDT: { volBps: 0 } },
    book: { levels: 10, levelQty: '0.5' },
    balances: { USDT: '100000', BTC: '1', BNB: '0' },
    ...config,
  });
}

type Body = Record<string, unknown> & { fills?: Record<string, unknown>[] };

function place(exchange: FakeBinance, params: Params): Body {
  return JSON.parse(signed(exchange, 'POST', '/api/v3/order', { ...SYMBOL, newOrderRespType: 'FULL', ...params }).body) as Body;
}

const limit = (side: string, quantity: string, price: string, more: Params = {}): Params => ({
  side,
  type: 'LIMIT',
  timeInForce: 'GTC',
  quantity,
  price,
  ...more,
});
const find = (exchange: FakeBinance, orderId: unknown): Body =>
  JSON.parse(signed(exchange, 'GET', '/api/v3/order', { ...SYMBOL, orderId: Number(orderId) }).body) as Body;
const price = (exchange: FakeBinance, value: string): unknown => exchange.control({ command: 'price', ...SYMBOL, price: value });

function balance(exchange: FakeBinance, asset: string): { free: number; locked: number } {
  const { balances } = JSON.parse(signed(exchange, 'GET', '/api/v3/account').body) as {
    balances: { asset: string; free: string; locked: string }[];
  };
  const found = balances.find((row) => row.asset === asset);
  return { free: Number(found?.free), locked: Number(found?.locked) };
}

afterEach(() => {
  for (const exchange of checked) expect(exchange.control({ command: 'assert', name: 'conservation' })).toMatchObject({ problems: [] });
  checked.length = 0;
});

const checked: FakeBinance[] = [];
const opened = (config?: FakeConfig): FakeBinance => {
  const exchange = still(config);
  checked.push(exchange);
  return exchange;
};

describe('taking', () => {
  it('gives one fill per level, best first', () => {
    const order = place(opened(), { side: 'BUY', type: 'MARKET', quantity: '1.2' });
    expect(order).toMatchObject({ status: 'FILLED', executedQty: '1.20000000', cummulativeQuoteQty: '60000.02100000' });
    expect(order.fills?.map(({ price, qty }) => [price, qty])).toEqual([
      ['50000.01000000', '0.50000000'],
      ['50000.02000000', '0.50000000'],
      ['50000.03000000', '0.20000000'],
    ]);
  });

  it('finds taken liquidity gone until the next step', () => {
    const exchange = opened();
    place(exchange, { side: 'SELL', type: 'MARKET', quantity: '0.5' });
    const best = (): string => (JSON.parse(get(exchange, '/api/v3/ticker/bookTicker', SYMBOL).body) as { bidPrice: string }).bidPrice;
    expect(best()).toBe('49999.98000000');
    exchange.advance(60_000);
    expect(best()).toBe('49999.99000000');
  });

  it('stops a limit order at its price and rests the remainder', () => {
    const exchange = opened();
    const order = place(exchange, limit('BUY', '0.8', '50000.01'));
    expect(order).toMatchObject({ status: 'PARTIALLY_FILLED', executedQty: '0.50000000' });
    expect(balance(exchange, 'USDT').locked).toBe(15_000.003); // 0.3 at 50000.01
  });

  it.each([
    ['IOC', 'EXPIRED', '0.50000000', 'UNFILLED_IOC_QUANTITY_EXPIRED'],
    ['FOK', 'EXPIRED', '0.00000000', 'UNFILLED_FOK_ORDER_EXPIRED'],
  ])('ends an unfilled %s order at once and unlocks its money', (timeInForce, status, executedQty, expiryReason) => {
    const exchange = opened();
    expect(place(exchange, limit('BUY', '0.8', '50000.01', { timeInForce }))).toMatchObject({ status, executedQty, expiryReason });
    expect(balance(exchange, 'USDT').locked).toBe(0);
  });

  it('fills a FOK order that the book can fill', () => {
    expect(place(opened(), limit('BUY', '0.8', '50000.02', { timeInForce: 'FOK' }))).toMatchObject({ status: 'FILLED' });
  });

  it('expires a market order that finds nothing at all', () => {
    const exchange = opened({ book: { levels: 0 } });
    expect(place(exchange, { side: 'BUY', type: 'MARKET', quantity: '0.1' })).toMatchObject({
      status: 'EXPIRED',
      executedQty: '0.00000000',
      fills: [],
      expiryReason: 'INSUFFICIENT_LIQUIDITY',
    });
  });

  it('spends at most quoteOrderQty, in whole steps', () => {
    const order = place(opened(), { side: 'BUY', type: 'MARKET', quoteOrderQty: '100' });
    expect(order).toMatchObject({
      status: 'FILLED',
      origQty: '0.00199000', // 100 / 50000.01 = 0.0019999996, cut to 0.00001
      cummulativeQuoteQty: '99.50001990',
      origQuoteOrderQty: '100.00000000',
    });
  });

  it('refuses a quoteOrderQty that buys less than the smallest quantity', () => {
    const exchange = opened();
    price(exchange, '900000');
    expect(place(exchange, { side: 'BUY', type: 'MARKET', quoteOrderQty: '8' })).toEqual({
      code: -2010,
      msg: 'Order book liquidity is less than `LOT_SIZE` filter minimum quantity.',
    });
  });

  it('moves the book against the taker by a slip, once', () => {
    const exchange = opened();
    exchange.control({ command: 'effect', type: 'slip', ticks: 100 });
    const buy = { side: 'BUY', type: 'MARKET', quantity: '0.1' };
    expect(place(exchange, buy).fills?.[0].price).toBe('50001.01000000');
    expect(place(exchange, buy).fills?.[0].price).toBe('50000.01000000');
  });
});

describe('resting', () => {
  it('fills at its own price as maker when the book reaches it', () => {
    const exchange = opened({ makerRate: '0.0005' });
    const { orderId } = place(exchange, limit('BUY', '0.1', '49000'));
    price(exchange, '48999.99');
    expect(find(exchange, orderId)).toMatchObject({ status: 'FILLED', cummulativeQuoteQty: '4900.00000000' });
    const [trade] = JSON.parse(signed(exchange, 'GET', '/api/v3/myTrades', SYMBOL).body) as Body[];
    expect(trade).toMatchObject({ isMaker: true, price: '49000.00000000', commission: '0.00005000', commissionAsset: 'BTC' });
  });

  it('does not fill while the best offer is above it', () => {
    const exchange = opened();
    const { orderId } = place(exchange, limit('BUY', '0.1', '49000'));
    price(exchange, '49000');
    expect(find(exchange, orderId)).toMatchObject({ status: 'NEW' });
  });

  it('fills a share of the rest per step with makerFillRatio, a step of quantity at least', () => {
    const exchange = opened({ makerFillRatio: '0.3' });
    const { orderId } = place(exchange, limit('SELL', '0.00003', '200000'));
    const { orderId: large } = place(exchange, limit('SELL', '0.1', '200000'));
    price(exchange, '200001');
    expect(find(exchange, large)).toMatchObject({ status: 'PARTIALLY_FILLED', executedQty: '0.03000000' });
    expect(find(exchange, orderId)).toMatchObject({ executedQty: '0.00001000' }); // 0.3 × 0.00003 is less than one step
    exchange.advance(60_000);
    expect(find(exchange, large)).toMatchObject({ executedQty: '0.05100000' });
  });

  it('locks what an order may cost and gives back what it did not', () => {
    const exchange = opened();
    const { orderId } = place(exchange, limit('BUY', '0.1', '60000'));
    expect(find(exchange, orderId)).toMatchObject({ status: 'FILLED' });
    expect(balance(exchange, 'USDT')).toEqual({ free: 100_000 - 5000.001, locked: 0 });
    place(exchange, limit('SELL', '0.4', '60000'));
    expect(balance(exchange, 'BTC').locked).toBe(0.4);
    signed(exchange, 'DELETE', '/api/v3/openOrders', SYMBOL);
    expect(balance(exchange, 'BTC').locked).toBe(0);
  });

  it('refuses a LIMIT_MAKER that would take', () => {
    const exchange = opened();
    const maker = (price: string): Params => ({ side: 'BUY', type: 'LIMIT_MAKER', quantity: '0.1', price });
    expect(place(exchange, maker('50000.01'))).toEqual({ code: -2010, msg: 'Order would immediately match and take.' });
    expect(place(exchange, maker('50000'))).toMatchObject({ status: 'NEW' });
  });

  it('matches nothing while the market is halted', () => {
    const exchange = opened();
    const { orderId } = place(exchange, limit('BUY', '0.1', '49000'));
    exchange.control({ command: 'symbol', ...SYMBOL, status: 'HALT' });
    price(exchange, '40000');
    expect(find(exchange, orderId)).toMatchObject({ status: 'NEW' });
    exchange.control({ command: 'symbol', ...SYMBOL, status: 'TRADING' });
    exchange.advance(60_000);
    expect(find(exchange, orderId)).toMatchObject({ status: 'FILLED' });
  });
});

describe('stops', () => {
  const stop = (side: string, type: string, stopPrice: string, more: Params = {}): Params => ({
    side,
    type,
    quantity: '0.1',
    stopPrice,
    ...more,
  });

  it.each([
    ['SELL', 'STOP_LOSS', '49000', '48999'],
    ['BUY', 'STOP_LOSS', '51000', '51001'],
    ['SELL', 'TAKE_PROFIT', '51000', '51001'],
    ['BUY', 'TAKE_PROFIT', '49000', '48999'],
  ])('%s %s waits for %s and then takes', (side, type, stopPrice, reached) => {
    const exchange = opened();
    const { orderId, ...placed } = place(exchange, stop(side, type, stopPrice));
    expect(placed).toMatchObject({ status: 'NEW', workingTime: -1 });
    expect(find(exchange, orderId)).toMatchObject({ isWorking: false, stopPrice: `${stopPrice}.00000000` });
    price(exchange, '50000.5');
    expect(find(exchange, orderId)).toMatchObject({ status: 'NEW' });
    exchange.advance(1000);
    price(exchange, reached);
    expect(find(exchange, orderId)).toMatchObject({ status: 'FILLED', isWorking: true, workingTime: exchange.now });
  });

  it('leaves a stop-limit unfilled when the price jumps over its limit, until the price comes back', () => {
    const exchange = opened();
    const { orderId } = place(exchange, stop('SELL', 'STOP_LOSS_LIMIT', '49000', { price: '48900', timeInForce: 'GTC' }));
    price(exchange, '48000');
    expect(find(exchange, orderId)).toMatchObject({ status: 'NEW', isWorking: true });
    price(exchange, '48901');
    expect(find(exchange, orderId)).toMatchObject({ status: 'FILLED', cummulativeQuoteQty: '4890.00000000' });
  });

  it('fills a fired stop buy as far as lock and free money go', () => {
    const exchange = opened({ balances: { USDT: '5300', BTC: '0' } });
    const { orderId } = place(exchange, stop('BUY', 'STOP_LOSS', '51000'));
    expect(balance(exchange, 'USDT')).toEqual({ free: 200, locked: 5100 });
    price(exchange, '60000');
    expect(find(exchange, orderId)).toMatchObject({ status: 'EXPIRED', executedQty: '0.08833000', expiryReason: 'INSUFFICIENT_LIQUIDITY' });
    expect(balance(exchange, 'USDT').locked).toBe(0);
  });
});
