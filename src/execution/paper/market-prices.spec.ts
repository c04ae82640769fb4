import { candles } from '../../../test/support/candle-builder.js';
import { ScriptedMarket } from '../../../test/support/paper/paper-bench.js';
import { ExchangeUnavailable } from '../../domain/errors.js';
import { timeframeMs } from '../../domain/timeframe.js';
import { CandlePrices } from './candle-prices.js';
import { MarketPrices, ON_TIME_MS } from './market-prices.js';

const OPENED = Date.UTC(2024, 0, 1, 12);

describe('the next price on a market that goes on', () => {
  let market: ScriptedMarket;
  let prices: MarketPrices;

  beforeEach(() => {
    market = new ScriptedMarket();
    market.opens.set(OPENED, 42_123.45);
    prices = new MarketPrices(market, '1h');
  });

  it('is the open of the candle that has just begun, on time', async () => {
    for (const late of [0, 5000, ON_TIME_MS - 1]) expect(await prices.next('BTC/USDT', 'buy', OPENED + late)).toEqual({ price: 42_123.45, available: null });
  });

  it.each([
    { side: 'buy', price: 42_000.01 },
    { side: 'sell', price: 41_999.99 },
  ] as const)('is the best price of the book for a $side that comes late', async ({ side, price }) => {
    expect(await prices.next('BTC/USDT', side, OPENED + ON_TIME_MS)).toEqual({ price, available: null });
  });

  it('is the best price of the book where the market has no candle yet', async () => {
    market.opens.clear();
    expect(await prices.next('BTC/USDT', 'buy', OPENED + 5000)).toEqual({ price: 42_000.01, available: null });
  });

  it('is the same for whoever asks again in the same tick, and asked for once', async () => {
    const first = await prices.next('BTC/USDT', 'buy', OPENED + 5000);
    market.opens.set(OPENED, 1);
    expect(await prices.next('BTC/USDT', 'buy', OPENED + 5000)).toBe(first);
    expect(market.asked).toEqual([`open of ${OPENED}`]);
    expect(await prices.next('BTC/USDT', 'buy', OPENED + 5001)).toEqual({ price: 1, available: null });
  });

  it('is asked for again when the market did not answer', async () => {
    market.fault = new ExchangeUnavailable('silence');
    await expect(prices.next('BTC/USDT', 'buy', OPENED)).rejects.toBe(market.fault);
    market.fault = null;
    expect(await prices.next('BTC/USDT', 'buy', OPENED)).toEqual({ price: 42_123.45, available: null });
  });
});

describe('the next price in recorded candles', () => {
  const recorded = candles({ startMs: OPENED }).bar({ open: 10, close: 11 }).gap(1).bar({ open: 12, close: 13 }).build();
  const prices = new CandlePrices(recorded);
  const hour = timeframeMs('1h');

  it('is the open of the candle of the moment', async () => {
    expect(await prices.next('BTC/USDT', 'buy', OPENED)).toEqual({ price: 10, available: null });
    expect(await prices.next('BTC/USDT', 'sell', OPENED + 2 * hour + 5000)).toEqual({ price: 12, available: null });
  });

  it.each([
    { at: OPENED - 1, symbol: 'BTC/USDT', why: 'before the first' },
    { at: OPENED + hour, symbol: 'BTC/USDT', why: 'on a missing one' },
    { at: OPENED + 3 * hour, symbol: 'BTC/USDT', why: 'after the last' },
    { at: OPENED, symbol: 'ETH/USDT', why: 'on another market' },
  ])('is none $why', async ({ at, symbol }) => {
    expect(await prices.next(symbol, 'buy', at)).toBeNull();
  });
});
