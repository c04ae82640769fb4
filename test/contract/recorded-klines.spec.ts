import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import ccxt from 'ccxt';

import { readPage } from '../../src/data/candle-page.js';
import { columnsOf, type CandleRows } from '../../src/data/candle-rows.js';
import { timeframeMs, type Timeframe } from '../../src/domain/timeframe.js';
import { CcxtMarketClient } from '../../src/exchange/ccxt-market-client.js';
import { SPOT_ONLY } from '../support/exchange/ccxt-client.js';
import { describeWhereThere, outsideFolder } from '../support/outside-folder.js';

const FOLDER = outsideFolder('BINANCE_REPLIES_DIR', '../shared/binance');

/** One row as the exchange sends it: twelve columns, prices as texts. */
type Recorded = readonly (number | string)[];

/** The least that the library needs to know a market. */
const MARKETS = JSON.stringify({ timezone: 'UTC', symbols: [{ symbol: 'BTCUSDT', status: 'TRADING', baseAsset: 'BTC', quoteAsset: 'USDT', isSpotTradingAllowed: true, filters: [], permissions: ['SPOT'] }] });

/** What the whole way from the wire to checked candles makes of an answer. */
async function read(klines: string, timeframe: Timeframe, sinceMs: number, serverTimeMs: number, markets = MARKETS): Promise<CandleRows> {
  const answers: Record<string, string> = { exchangeInfo: markets, time: JSON.stringify({ serverTime: serverTimeMs }), klines };
  const exchange = new ccxt.binance(SPOT_ONLY);
  exchange.fetchImplementation = async (url: string) => new Response(answers[new URL(url).pathname.split('/').at(-1) ?? '']);
  const client = new CcxtMarketClient(exchange, 5000);
  const page = await client.candles('BTC/USDT', timeframe, sinceMs, 1000);
  return readPage(page, { symbol: 'BTC/USDT', timeframe, sinceMs, limit: 1000, serverTimeMs: await client.serverTime() });
}

const rowsOf = (rows: CandleRows): number[][] => Array.from(rows.openTime, (_, i) => columnsOf(rows).map((column) => column[i]));
const numbersOf = (recorded: readonly Recorded[]): number[][] => recorded.map((row) => row.slice(0, 6).map(Number));

const BY_HAND: readonly Recorded[] = [
  [1_700_000_040_000, '36000.10000000', '36010.00000000', '35990.05000000', '36000.00000000', '12.34567000', 1_700_000_099_999, '444000.00000000', 617, '6.10000000', '219000.00000000', '0'],
  [1_700_000_100_000, '36000.00000000', '36000.00000000', '36000.00000000', '36000.00000000', '0.00000000', 1_700_000_159_999, '0.00000000', 0, '0.00000000', '0.00000000', '0'],
  [1_700_000_160_000, '36000.00000000', '36100.00000000', '36000.00000000', '36099.99000000', '0.00001000', 1_700_000_219_999, '0.36000000', 1, '0.00001000', '0.36000000', '0'],
];

describe('a reply as the exchange writes it', () => {
  it.each([
    { why: 'all but the last row, which is still open', atMs: 1_700_000_170_000, rows: 2 },
    { why: 'not the one either that closed a second ago', atMs: 1_700_000_161_000, rows: 1 },
    { why: 'every row once the last has been closed for two seconds', atMs: 1_700_000_222_000, rows: 3 },
  ])('gives $why', async ({ atMs, rows }) => {
    const given = await read(JSON.stringify(BY_HAND), '1m', 1_700_000_040_000, atMs);
    expect(rowsOf(given)).toEqual(numbersOf(BY_HAND).slice(0, rows));
  });

  it('gives no rows of an empty list', async () => {
    expect(rowsOf(await read('[]', '1m', 1_700_000_040_000, 1_700_000_222_000))).toEqual([]);
  });

  it('is refused when it is one of another timeframe', async () => {
    await expect(read(JSON.stringify(BY_HAND), '1h', 1_700_000_040_000, 1_700_000_222_000)).rejects.toThrow('is not on the 1h grid; rows are 1m apart');
  });
});

describeWhereThere(FOLDER, 'recorded replies', () => {
  const names = FOLDER.exists ? readdirSync(FOLDER.path) : [];
  const files = names.flatMap((file) => {
    const timeframe = /^klines\.(?:testnet\.)?BTCUSDT\.(1m|1h)\..*\.json$/.exec(file)?.[1] as Timeframe | undefined;
    return timeframe === undefined ? [] : [{ file, timeframe }];
  });
  const lists = names.filter((name) => name.startsWith('exchangeInfo.'));
  const textOf = (file: string): string => readFileSync(join(FOLDER.path, file), 'utf8');

  it('are there', () => {
    expect([files.length, lists.length]).toEqual([2, 4]);
  });

  it.each(files)('$file gives every candle to the last digit once all are closed', async ({ file, timeframe }) => {
    const recorded = JSON.parse(textOf(file)) as Recorded[];
    const rows = await read(textOf(file), timeframe, Number(recorded[0][0]), Number(recorded.at(-1)?.[0]) + 2 * timeframeMs(timeframe));
    expect(rowsOf(rows)).toEqual(numbersOf(recorded));
  });

  it('the candle that was open when it was recorded is not taken', async () => {
    const file = 'klines.BTCUSDT.1m.2021-10-22.json';
    const recorded = JSON.parse(textOf(file)) as Recorded[];
    const rows = await read(textOf(file), '1m', Number(recorded[0][0]), 1_634_944_320_000 + 15_000);
    expect(rowsOf(rows)).toEqual(numbersOf(recorded).slice(0, 9));
  });

  it('a start in the middle of an hour is answered from the next full hour on', async () => {
    const file = 'klines.testnet.BTCUSDT.1h.2024-01-30.json';
    const rows = await read(textOf(file), '1h', 1_706_628_191_000, 1_706_700_000_000);
    expect([rows.openTime[0], rows.openTime.length]).toEqual([1_706_630_400_000, 3]);
  });

  it.each(lists)('the market is known by %s, whatever form the list had then', async (list) => {
    const file = 'klines.BTCUSDT.1m.2021-10-22.json';
    const recorded = JSON.parse(textOf(file)) as Recorded[];
    const rows = await read(textOf(file), '1m', Number(recorded[0][0]), 1_700_000_000_000, textOf(list));
    expect(rows.openTime).toHaveLength(10);
  });
});
