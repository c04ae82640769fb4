import { FakeBinance } from '../fake-binance.js';
import { get, getJson } from '../requests.js';

const NOW = 1_700_000_000_000;
const still = (): FakeBinance =>
  new FakeBinance({ symbols: ['BTCUSDT', 'DOGEUSDT'], feed: { BTCUSDT: { volBps: 0 } }, book: { levels: 2 } });

interface ExchangeInfo {
  rateLimits: unknown[];
  symbols: ({ symbol: string; status: string; filters: { filterType: string }[] } & Record<string, unknown>)[];
}

describe('market data', () => {
  it('pings and tells the time, skew included', () => {
    const exchange = still();
    expect(get(exchange, '/api/v3/ping').body).toBe('{}');
    expect(get(exchange, '/api/v3/time').body).toBe('{"serverTime":1700000000000}');
    exchange.control({ command: 'effect', type: 'skew', ms: -750, forMs: 1000 });
    expect(getJson(exchange, '/api/v3/time')).toEqual({ serverTime: NOW - 750 });
    exchange.advance(1000);
    expect(getJson(exchange, '/api/v3/time')).toEqual({ serverTime: NOW + 1000 });
  });

  it('describes its symbols and their filters', () => {
    const { rateLimits, symbols } = (getJson(still(), '/api/v3/exchangeInfo') as ExchangeInfo);
    expect(rateLimits).toContainEqual({ rateLimitType: 'REQUEST_WEIGHT', interval: 'MINUTE', intervalNum: 1, limit: 6000 });
    expect(symbols.map(({ symbol }) => symbol)).toEqual(['BTCUSDT', 'DOGEUSDT']);
    expect(symbols[0]).toMatchObject({ status: 'TRADING', baseAsset: 'BTC', quoteAsset: 'USDT', permissionSets: [['SPOT']] });
    expect(symbols[0].filters.map(({ filterType }) => filterType)).toEqual([
      'PRICE_FILTER', 'LOT_SIZE', 'ICEBERG_PARTS', 'MARKET_LOT_SIZE', 'TRAILING_DELTA', 'PERCENT_PRICE_BY_SIDE', 'NOTIONAL',
      'MAX_NUM_ORDERS', 'MAX_NUM_ALGO_ORDERS',
    ]);
    expect(symbols[0].filters.slice(0, 2)).toEqual([
      { filterType: 'PRICE_FILTER', minPrice: '0.01000000', maxPrice: '1000000.00000000', tickSize: '0.01000000' },
      { filterType: 'LOT_SIZE', minQty: '0.00001000', maxQty: '9000.00000000', stepSize: '0.00001000' },
    ]);
  });

  it('follows changes of a symbol, back again when they were for a while', () => {
    const exchange = still();
    const info = () => (getJson(exchange, '/api/v3/exchangeInfo') as ExchangeInfo).symbols[0];
    exchange.control({ command: 'symbol', symbol: 'BTCUSDT', status: 'HALT', filters: { step: '0.001' }, forMs: 500 });
    expect(info()).toMatchObject({ status: 'HALT', filters: { 1: { stepSize: '0.00100000' } } });
    exchange.advance(500);
    expect(info()).toMatchObject({ status: 'TRADING', filters: { 1: { stepSize: '0.00001000' } } });
    exchange.control({ command: 'symbol', symbol: 'BTCUSDT', delist: true });
    expect(info().symbol).toBe('DOGEUSDT');
    expect(get(exchange, '/api/v3/depth', { symbol: 'BTCUSDT' }).body).toBe('{"code":-1121,"msg":"Invalid symbol."}');
  });

  it('quotes a book around the last price', () => {
    const exchange = still();
    expect(get(exchange, '/api/v3/ticker/price', { symbol: 'BTCUSDT' }).body).toBe(
      '{"symbol":"BTCUSDT","price":"50000.00000000"}',
    );
    expect(getJson(exchange, '/api/v3/ticker/bookTicker', { symbol: 'BTCUSDT' })).toEqual({
      symbol: 'BTCUSDT',
      bidPrice: '49999.99000000',
      bidQty: '1000.00000000',
      askPrice: '50000.01000000',
      askQty: '1000.00000000',
    });
    expect(getJson(exchange, '/api/v3/depth', { symbol: 'BTCUSDT' })).toMatchObject({
      bids: [['49999.99000000', '1000.00000000'], ['49999.98000000', '1000.00000000']],
      asks: [['50000.01000000', '1000.00000000'], ['50000.02000000', '1000.00000000']],
    });
  });

  it('answers one symbol with an object, several or all with a list', () => {
    const exchange = still();
    expect(getJson(exchange, '/api/v3/ticker/price', { symbols: '["DOGEUSDT"]' })).toEqual([
      { symbol: 'DOGEUSDT', price: '0.10000000' },
    ]);
    expect((getJson(exchange, '/api/v3/ticker/price') as unknown[])).toHaveLength(2);
  });

  it('charges what the exchange charges', () => {
    const weights = (path: string, ...queries: Record<string, string>[]): number[] =>
      queries.map((query) => Number(get(still(), path, query).headers['x-mbx-used-weight']));
    const one = { symbol: 'BTCUSDT' };
    const some = { symbols: '["BTCUSDT"]' };
    expect(weights('/api/v3/ticker/price', one, some, {})).toEqual([2, 4, 4]);
    expect(weights('/api/v3/ticker/24hr', one, some, {})).toEqual([2, 2, 80]);
    expect(weights('/api/v3/exchangeInfo', {})).toEqual([20]);
    expect(weights('/api/v3/depth', one)).toEqual([5]);
    expect(weights('/api/v3/klines', { ...one, interval: '1m' })).toEqual([2]);
  });

  it('sums up the last day and the last five minutes', () => {
    const exchange = still();
    exchange.control({ command: 'price', symbol: 'BTCUSDT', price: '55000' });
    expect(getJson(exchange, '/api/v3/ticker/24hr', { symbol: 'BTCUSDT' })).toMatchObject({
      priceChange: '5000.00000000',
      priceChangePercent: '10.000',
      openPrice: '50000.00000000',
      highPrice: '55000.00000000',
      lowPrice: '50000.00000000',
      lastPrice: '55000.00000000',
      count: 2,
    });
    const average = (getJson(exchange, '/api/v3/avgPrice', { symbol: 'BTCUSDT' }) as { mins: number; price: string });
    expect(average.mins).toBe(5);
    expect(Number(average.price)).toBeGreaterThan(50_000);
    expect(Number(average.price)).toBeLessThan(55_000);
    exchange.advance(86_400_000);
    expect(getJson(exchange, '/api/v3/ticker/24hr', { symbol: 'BTCUSDT' })).toMatchObject({ count: 1440, lowPrice: '55000.00000000' });
  });

  it('stays quiet while a symbol is not trading', () => {
    const exchange = new FakeBinance({ symbols: ['BTCUSDT'] });
    exchange.control({ command: 'symbol', symbol: 'BTCUSDT', status: 'HALT' });
    exchange.advance(600_000);
    expect(getJson(exchange, '/api/v3/ticker/price', { symbol: 'BTCUSDT' })).toMatchObject({ price: '50000.00000000' });
  });

  it('is away during maintenance, all but the status page, and leaves a hole in the candles', () => {
    const exchange = still();
    const status = () => getJson(exchange, '/sapi/v1/system/status');
    expect(status()).toEqual({ status: 0, msg: 'normal' });
    exchange.control({ command: 'effect', type: 'maintenance', ms: 600_000 });
    expect(get(exchange, '/api/v3/ping')).toMatchObject({ status: 503, headers: { 'content-type': 'text/html' } });
    expect(status()).toEqual({ status: 1, msg: 'system_maintenance' });
    exchange.advance(600_000);
    expect(status()).toEqual({ status: 0, msg: 'normal' });
    exchange.advance(60_000);
    expect((getJson(exchange, '/api/v3/klines', { symbol: 'BTCUSDT', interval: '1m' }) as unknown[])).toHaveLength(3);
  });

  it('journals calls that a spot client has no reason to make', () => {
    const exchange = still();
    expect(get(exchange, '/fapi/v1/exchangeInfo').body).toBe('{"symbols":[]}');
    expect(get(exchange, '/sapi/v1/margin/allPairs').body).toBe('[]');
    expect(exchange.journal.filter(({ type }) => type === 'unexpected')).toHaveLength(2);
  });

  it('puts the usual headers on every reply', () => {
    expect(get(still(), '/api/v3/ping').headers).toEqual({
      'content-type': 'application/json;charset=UTF-8',
      'x-mbx-uuid': expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/) as string,
      'x-mbx-used-weight': '1',
      'x-mbx-used-weight-1m': '1',
    });
  });
});
