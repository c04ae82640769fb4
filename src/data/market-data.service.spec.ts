import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

import { Test } from '@nestjs/testing';

import { useTemporaryFolder } from '../../test/support/temporary-folder.js';
import { CandleDataError, ExchangeUnavailable } from '../domain/errors.js';
import { DAY_MS } from '../domain/timeframe.js';
import { MarketClients } from '../exchange/market-client.js';
import { formatCandleCsv } from './candle-csv.js';
import { emptyRows, type CandleRows } from './candle-rows.js';
import { CandleStore } from './candle-store.js';
import { DataHandler, type HistoryQuery } from './data-handler.js';
import { DataModule } from './data.module.js';

const HOUR = 3_600_000;
const T0 = Date.UTC(2024, 0, 1);
const NOW = Date.UTC(2026, 0, 1);
const hour = (count: number): number => T0 + count * HOUR;
const iso = (count: number): string => new Date(hour(count)).toISOString();

/** Whoever asks the exchange hears that there is no network. */
class NoExchange extends MarketClients {
  asked = 0;

  async open(): Promise<never> {
    this.asked++;
    throw new ExchangeUnavailable('there is no network');
  }
}

const inFolder = useTemporaryFolder();
let exchange: NoExchange;
let data: DataHandler;

beforeEach(async () => {
  exchange = new NoExchange();
  const module = await Test.createTestingModule({ imports: [DataModule] }).overrideProvider(MarketClients).useValue(exchange).compile();
  data = module.get(DataHandler);
});

/** Hourly candles whose closes are 100 plus their hour. */
function rowsOf(hours: readonly number[]): CandleRows {
  const rows = emptyRows(hours.length);
  hours.forEach((at, i) => {
    rows.openTime[i] = hour(at);
    rows.open[i] = rows.high[i] = rows.low[i] = rows.close[i] = 100 + at;
    rows.volume[i] = 1;
  });
  return rows;
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
const csvOf = (hours: readonly number[]): string => formatCandleCsv(rowsOf(hours));
const keep = (hours: readonly number[]): void => writeFileSync(inFolder('BTC_USDT_1h.csv'), csvOf(hours));
const queryOf = (asked: Partial<HistoryQuery> & { offline?: boolean }): HistoryQuery => ({
  symbol: 'BTC/USDT',
  timeframe: '1h',
  source: { kind: 'exchange', exchange: 'binance', timeoutMs: 1000, cacheDir: inFolder(), offline: asked.offline ?? true },
  fromMs: null,
  toMs: null,
  warmupBars: 0,
  nowMs: NOW,
  ...asked,
});
const hoursOf = ({ openTime }: { openTime: Float64Array }): number[] => Array.from(openTime, (time) => (time - T0) / HOUR);
const refusal = async (work: Promise<unknown>): Promise<Error & { code: string }> => {
  const error: unknown = await work.then(() => 'nothing was refused', (reason: unknown) => reason);
  if (error instanceof CandleDataError || error instanceof ExchangeUnavailable) return error;
  throw error;
};

describe('candles from files', () => {
  it.each([
    { why: 'the whole file where nothing is asked', fromMs: null, toMs: null, warmupBars: 5, first: 0, last: 99, from: 0 },
    { why: 'up to the end of the file', fromMs: hour(90), toMs: null, warmupBars: 0, first: 90, last: 99, from: 0 },
    { why: 'exactly the range asked for', fromMs: hour(20), toMs: hour(30), warmupBars: 0, first: 20, last: 29, from: 0 },
    { why: 'only candles that open within the range', fromMs: hour(20) + 1, toMs: hour(30) + 1, warmupBars: 0, first: 21, last: 30, from: 0 },
    { why: 'the warm-up before the range', fromMs: hour(50), toMs: hour(60), warmupBars: 20, first: 30, last: 59, from: 20 },
    { why: 'as much of the warm-up as there is', fromMs: hour(5), toMs: hour(60), warmupBars: 20, first: 0, last: 59, from: 5 },
    { why: 'no warm-up where the range begins with the file', fromMs: hour(0), toMs: hour(60), warmupBars: 20, first: 0, last: 59, from: 0 },
  ])('are $why', async ({ first, last, from, ...asked }) => {
    keep(upTo(100));
    const history = await data.history(queryOf(asked));
    expect([hoursOf(history.candles).at(0), hoursOf(history.candles).at(-1), history.from]).toEqual([first, last, from]);
    expect(history.candles.close[0]).toBe(100 + first);
    expect(exchange.asked).toBe(0);
  });

  it('end with the last one closed by now', async () => {
    keep(upTo(100));
    expect(hoursOf((await data.history(queryOf({ nowMs: hour(3) + HOUR / 2 }))).candles)).toEqual([0, 1, 2]);
    expect(hoursOf((await data.history(queryOf({ nowMs: hour(3), fromMs: hour(1), toMs: hour(50) }))).candles)).toEqual([1, 2]);
  });

  it('may be compressed', async () => {
    writeFileSync(inFolder('BTC_USDT_1h.csv.gz'), gzipSync(csvOf(upTo(10))));
    expect((await data.history(queryOf({}))).candles.length).toBe(10);
  });

  it('count a hole inside the file as a halt of the exchange', async () => {
    keep([0, 1, 2, 6, 7]);
    const { candles } = await data.history(queryOf({ fromMs: hour(1), toMs: hour(8) }));
    expect([hoursOf(candles), [...candles.missing]]).toEqual([[1, 2, 3, 4, 5, 6, 7], [0, 0, 1, 1, 1, 0, 0]]);
  });

  it('have no warm-up from beyond a hole that nobody asked the exchange for', async () => {
    const store = new CandleStore(inFolder());
    for (const hours of [upTo(100), upTo(100).map((at) => at + 200)]) store.merge('BTC/USDT', '1h', rowsOf(hours), [{ from: hour(hours[0]), to: hour(hours[0] + 100) }]);
    const { candles, from } = await data.history(queryOf({ fromMs: hour(205), toMs: hour(210), warmupBars: 150 }));
    expect([hoursOf(candles)[0], from, candles.missingBars]).toEqual([200, 5, 0]);
  });

  it('come without asking the exchange where the file has them all, the warm-up included', async () => {
    keep(upTo(100));
    expect((await data.history(queryOf({ offline: false, fromMs: hour(50), toMs: hour(60), warmupBars: 50 }))).from).toBe(50);
    expect(exchange.asked).toBe(0);
  });

  it('are refused as a whole when the file is damaged', async () => {
    writeFileSync(inFolder('BTC_USDT_1h.csv'), csvOf(upTo(100)).replace('\n', '\n1,2,3\n'));
    expect((await refusal(data.history(queryOf({ fromMs: hour(50) })))).message).toContain(`${inFolder('BTC_USDT_1h.csv')}, line 2, column 3 (high): the row ends after 3 of 6 fields`);
  });
});

describe('candles that are not there', () => {
  const command = (from: number, to: number): string => `node dist/cli data download --symbol BTC/USDT --timeframe 1h --start ${iso(from)} --end ${iso(to)}`;

  it('are named as a range, with the command that fetches them, when there is no file', async () => {
    const { code, message } = await refusal(data.history(queryOf({ fromMs: hour(5), toMs: hour(9), warmupBars: 3 })));
    expect(code).toBe('DATA.MISSING');
    expect(message).toContain(`Candles of BTC/USDT 1h are missing from ${iso(5)} to ${iso(9)}`);
    expect(message).toContain(`${inFolder()} holds no candles of BTC/USDT 1h`);
    expect(message).toContain(command(5, 9));
    expect(exchange.asked).toBe(0);
  });

  it.each([
    { why: 'after the end of the file', fromMs: hour(50), toMs: hour(110), lack: [100, 110] },
    { why: 'before its beginning', fromMs: hour(-10), toMs: hour(20), lack: [-10, 0] },
    { why: 'altogether outside', fromMs: hour(200), toMs: hour(210), lack: [200, 210] },
  ])('are refused $why, next to what the file covers', async ({ fromMs, toMs, lack: [from, to] }) => {
    keep(upTo(100));
    const { code, message } = await refusal(data.history(queryOf({ fromMs, toMs })));
    expect(code).toBe('DATA.MISSING');
    expect(message).toContain(`missing from ${iso(from)} to ${iso(to)}; ${inFolder('BTC_USDT_1h.csv')} covers ${iso(0)} to ${iso(100)}`);
    expect(message).toContain(command(from, to));
  });

  it('are no reason to fail without a network when only a part of the warm-up is among them', async () => {
    keep(upTo(100));
    const { candles, from } = await data.history(queryOf({ offline: false, fromMs: hour(20), toMs: hour(60), warmupBars: 50 }));
    expect({ first: candles.openTime[0], length: candles.length, from }).toEqual({ first: hour(0), length: 60, from: 20 });
    expect(exchange.asked).toBe(1);
  });

  it('are named with the command too when the exchange cannot be reached', async () => {
    keep(upTo(100));
    const { code, message } = await refusal(data.history(queryOf({ offline: false, fromMs: hour(50), toMs: hour(110) })));
    expect(code).toBe('EXCHANGE.UNAVAILABLE');
    expect(message).toMatch(/^there is no network\n/);
    expect(message).toContain(`missing from ${iso(100)} to ${iso(110)}`);
    expect(message).toContain(command(100, 110));
    expect(exchange.asked).toBe(1);
  });

  it.each([
    { why: 'holds no instant', fromMs: hour(5), toMs: hour(5) },
    { why: 'is shorter than a candle', fromMs: hour(5) + 1, toMs: hour(5) + 2 },
    { why: 'has not closed yet', fromMs: NOW, toMs: NOW + HOUR },
    { why: 'lies in a halt', fromMs: hour(102), toMs: hour(110) },
  ])('are said to be none where the range $why', async ({ fromMs, toMs }) => {
    keep([...upTo(100), 150, 151]);
    expect((await refusal(data.history(queryOf({ fromMs, toMs })))).code).toBe('DATA.EMPTY');
  });
});

describe('the built-in market as a source', () => {
  const builtIn = (asked: Partial<HistoryQuery>): HistoryQuery => queryOf({ source: { kind: 'built-in', seed: 1 }, timeframe: '1d', ...asked });
  const datesOf = (openTime: Float64Array): [string, string] => [new Date(openTime[0]).toISOString().slice(0, 10), new Date(openTime[openTime.length - 1]).toISOString().slice(0, 10)];

  it.each([
    { why: 'the year 2024 where nothing is asked', asked: {}, dates: ['2024-01-01', '2024-12-31'], from: 0 },
    { why: 'a year where only the start is asked', asked: { fromMs: Date.UTC(2025, 1, 1) - 365 * DAY_MS }, dates: ['2024-02-02', '2025-01-31'], from: 0 },
    { why: 'a year where only the end is asked', asked: { toMs: Date.UTC(2023, 5, 5) }, dates: ['2022-06-05', '2023-06-04'], from: 0 },
    { why: 'the range asked for with its warm-up', asked: { fromMs: Date.UTC(2020, 5, 11), toMs: Date.UTC(2020, 5, 15), warmupBars: 10 }, dates: ['2020-06-01', '2020-06-14'], from: 10 },
    { why: 'only what is closed by now', asked: { nowMs: Date.UTC(2024, 2, 1, 12) }, dates: ['2024-01-01', '2024-02-29'], from: 0 },
    { why: 'less warm-up at the beginning of time', asked: { fromMs: 5 * DAY_MS, toMs: 9 * DAY_MS, warmupBars: 10 }, dates: ['1970-01-01', '1970-01-09'], from: 5 },
  ])('gives $why', async ({ asked, dates, from }) => {
    const history = await data.history(builtIn(asked));
    expect([datesOf(history.candles.openTime), history.from]).toEqual([dates, from]);
    expect(exchange.asked).toBe(0);
  });

  it('refuses a range without a closed candle', async () => {
    expect((await refusal(data.history(builtIn({ fromMs: T0, toMs: T0 })))).code).toBe('DATA.EMPTY');
    expect((await refusal(data.history(builtIn({ fromMs: NOW, nowMs: NOW })))).code).toBe('DATA.EMPTY');
  });

  it('gives another seed another market', async () => {
    const [one, two] = await Promise.all([1, 2].map((seed) => data.history(builtIn({ source: { kind: 'built-in', seed } }))));
    expect(one.candles.close).not.toEqual(two.candles.close);
  });
});

describe('recent candles', () => {
  const recent = (bars: number, nowMs: number) => data.recent({ symbol: 'BTC/USDT', timeframe: '1h', source: queryOf({}).source, bars, nowMs });

  it('are the last ones closed by now', async () => {
    keep(upTo(100));
    expect(hoursOf(await recent(3, hour(50)))).toEqual([47, 48, 49]);
    expect(hoursOf(await recent(3, hour(51) - 1))).toEqual([47, 48, 49]);
    expect(hoursOf(await recent(1, hour(51)))).toEqual([50]);
  });

  it('are refused when one of them is missing', async () => {
    keep(upTo(100));
    expect((await refusal(recent(3, hour(101)))).message).toContain(`missing from ${iso(100)} to ${iso(101)}`);
    expect((await refusal(recent(60, hour(50)))).message).toContain(`missing from ${iso(-10)} to ${iso(0)}`);
  });

  it('are those of the built-in market where that is the source', async () => {
    const source = { kind: 'built-in', seed: 1 } as const;
    const candles = await data.recent({ symbol: 'BTC/USDT', timeframe: '1h', source, bars: 5, nowMs: hour(48) + 1 });
    const { candles: whole } = await data.history(queryOf({ source, fromMs: hour(43), toMs: hour(48) }));
    expect([hoursOf(candles), candles.close]).toEqual([[43, 44, 45, 46, 47], whole.close]);
  });
});
