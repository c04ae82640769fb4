import { candles as builder } from '../../../test/support/candle-builder.js';
import { VirtualClock } from '../../../test/support/virtual-clock.js';
import type { DataHandler } from '../../data/data-handler.js';
import { ExchangeUnavailable } from '../../domain/errors.js';
import { barOpenAt, timeframeMs } from '../../domain/timeframe.js';
import type { MarketClient, RawCandle } from '../../exchange/market-client.js';
import { SyntheticMarket } from '../../exchange/synthetic-market.js';
import { BuiltInPaperMarket } from './built-in-paper-market.js';
import { ExchangePaperMarket } from './exchange-paper-market.js';
import { OfflinePaperMarket } from './offline-paper-market.js';
import { plainRules } from './paper-market.js';
import { RecordedPaperMarket } from './recorded-paper-market.js';

const NOON = Date.UTC(2024, 0, 1, 12);
const HOUR = timeframeMs('1h');

describe('the made-up market on paper', () => {
  const clock = new VirtualClock(null, NOON + 90_500);
  const synthetic = new SyntheticMarket(1);
  const market = new BuiltInPaperMarket(synthetic, clock);

  it('has the time of this machine and rules of its own', async () => {
    expect(await market.serverTime()).toBe(NOON + 90_500);
    expect(await market.rules('BTC/USDT')).toMatchObject({ base: 'BTC', quote: 'USDT', status: 'trading', priceStep: '0.01', lotStep: '0.00001', minQuantity: '0.00001', minNotional: '5' });
  });

  it.each(['1m', '5m', '1h', '4h', '1d', '1w'] as const)('opens a %s candle where its candles do', async (timeframe) => {
    const opened = barOpenAt(NOON, timeframe);
    expect(await market.openOf('BTC/USDT', timeframe, opened)).toBe(synthetic.candles('BTC/USDT', timeframe, opened, opened + timeframeMs(timeframe)).open[0]);
  });

  it('is priced at the open of the minute, on both sides', async () => {
    const { bid, ask, askQuantity } = await market.bookTop('BTC/USDT');
    const { open, volume } = synthetic.candles('BTC/USDT', '1m', NOON, NOON + 120_000);
    expect([Number(bid), Number(ask), Number(askQuantity)]).toEqual([open[1], open[1], volume[0]]);
  });
});

describe('a market of which only a folder of candles is known', () => {
  const held = builder().closes(100, 101.5, 99.25).build();
  const data = { history: () => Promise.resolve({ candles: held, from: 0 }) } as unknown as DataHandler;
  const source = { kind: 'exchange', exchange: 'binance', timeoutMs: 1000, cacheDir: 'x', offline: true } as const;
  const market = new OfflinePaperMarket(data, { timeframe: '1h', source }, new VirtualClock(null, NOON));

  it('is priced at its last close, by the time of this machine', async () => {
    expect(await market.bookTop('BTC/USDT')).toEqual({ bid: '99.25', bidQuantity: '1', ask: '99.25', askQuantity: '1' });
    expect(await market.serverTime()).toBe(NOON);
  });

  it('says nothing of the candle that forms', async () => {
    expect(await market.openOf()).toBeNull();
  });
});

describe('the public side of an exchange', () => {
  const asking = (rows: readonly RawCandle[]): ExchangePaperMarket => new ExchangePaperMarket({ candles: () => Promise.resolve(rows) } as unknown as MarketClient);

  it('tells the open of the candle that forms', async () => {
    expect(await asking([[NOON, 42_000.5, 42_001, 41_999, 42_000, 3]]).openOf('BTC/USDT', '1h', NOON)).toBe(42_000.5);
  });

  it.each([
    { rows: [], why: 'there is none' },
    { rows: [[NOON - HOUR, 1, 1, 1, 1, 1]], why: 'it gave another candle' },
    { rows: [[NOON, 'NaN', 1, 1, 1, 1]], why: 'it gave no number' },
    { rows: [[NOON, 0, 1, 1, 1, 1]], why: 'it gave 0' },
    { rows: [[NOON, Infinity, 1, 1, 1, 1]], why: 'it gave infinity' },
  ])('knows no open when $why', async ({ rows }) => {
    expect(await asking(rows).openOf('BTC/USDT', '1h', NOON)).toBeNull();
  });
});

describe('a recorded market', () => {
  const recorded = builder({ startMs: NOON }).bar({ open: 10, close: 11, volume: 7 }).gap(1).bar({ open: 12, close: 13 }).build();
  const rules = plainRules('BTC/USDT', { priceStep: '0', quantityStep: '0', minNotional: '0' });
  const at = (ms: number): RecordedPaperMarket => new RecordedPaperMarket(recorded, rules, new VirtualClock(null, ms));

  it('tells at every moment what was known by then', async () => {
    expect(await at(NOON + 5000).bookTop('BTC/USDT')).toMatchObject({ bid: '10', ask: '10' });
    expect(await at(NOON + 2 * HOUR).bookTop('BTC/USDT')).toMatchObject({ bid: '12', ask: '12' });
    expect(await at(NOON + 1).serverTime()).toBe(NOON + 1);
  });

  it('is priced at its last close right after its end, when its last signal is heard', async () => {
    expect(await at(NOON + 3 * HOUR + 1000).bookTop('BTC/USDT')).toMatchObject({ bid: '13', ask: '13' });
  });

  it('has no open where no candle is, nor for another length of candle', async () => {
    const market = at(NOON);
    expect([await market.openOf('BTC/USDT', '1h', NOON), await market.openOf('BTC/USDT', '1h', NOON + HOUR), await market.openOf('BTC/USDT', '5m', NOON)]).toEqual([10, null, null]);
  });

  it('refuses to speak of other markets and other times', async () => {
    await expect(at(NOON).rules('ETH/USDT')).rejects.toThrow(ExchangeUnavailable);
    await expect(at(NOON - 1).bookTop('BTC/USDT')).rejects.toThrow('Nothing is recorded of BTC/USDT');
    await expect(at(NOON + 4 * HOUR).bookTop('BTC/USDT')).rejects.toThrow(ExchangeUnavailable);
  });
});
