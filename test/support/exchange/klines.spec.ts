import { Prng } from './base/prng.js';
import { FakeBinance, type FakeConfig } from './fake-binance.js';
import type { KlineRow } from './market/candle.js';
import { get, getJson, type Params } from './requests.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOW = 1_700_000_000_000; // 22:13:20, so steps of the default feed fall on second 20 of each minute
const THIS_MINUTE = 1_699_999_980_000;

const fake = (config: FakeConfig = {}): FakeBinance => new FakeBinance({ symbols: ['BTCUSDT'], ...config });
const walking = (feed: NonNullable<FakeConfig['feed']>[string]): FakeBinance => fake({ feed: { BTCUSDT: feed } });
const klines = (exchange: FakeBinance, interval: string, params: Params = {}): KlineRow[] =>
  getJson(exchange, '/api/v3/klines', { symbol: 'BTCUSDT', interval, ...params }) as KlineRow[];
const openTimes = (rows: KlineRow[]): number[] => rows.map(([openTime]) => openTime);

describe('klines of loaded rows', () => {
  const last = 1_699_999_200_000;
  const first = last - 1499 * HOUR;
  const row = (i: number): number => first + i * HOUR;

  function loaded(): FakeBinance {
    const exchange = fake();
    const rows = Array.from({ length: 1500 }, (_, i) => [row(i), 100 + i, 101 + i, 99 + i, 100 + i, 5]);
    exchange.control({ command: 'candles', symbol: 'BTCUSDT', interval: '1h', rows });
    return exchange;
  }

  it('answers 500 rows by default, the last of them not yet closed', () => {
    const rows = klines(loaded(), '1h');
    expect(rows).toHaveLength(500);
    expect(rows[499][0]).toBe(last);
    expect(rows[499][6]).toBe(1_700_002_799_999);
    expect(rows[499][6]).toBeGreaterThan(NOW);
  });

  it('answers the oldest rows from a start time', () => {
    const rows = klines(loaded(), '1h', { startTime: row(10), limit: 1000 });
    expect(rows).toHaveLength(1000);
    expect([rows[0][0], rows[999][0]]).toEqual([row(10), row(1009)]);
  });

  it('answers the newest rows up to an end time', () => {
    expect(openTimes(klines(loaded(), '1h', { endTime: row(10), limit: 5 }))).toEqual([6, 7, 8, 9, 10].map(row));
  });

  it('includes both ends, and only whole rows that open between them', () => {
    const exchange = loaded();
    expect(openTimes(klines(exchange, '1h', { startTime: row(3), endTime: row(5) }))).toEqual([3, 4, 5].map(row));
    expect(openTimes(klines(exchange, '1h', { startTime: row(3) + 1, endTime: row(5) - 1 }))).toEqual([row(4)]);
    expect(klines(exchange, '1h', { startTime: row(5), endTime: row(4) })).toEqual([]);
  });

  it('never answers more than 1000', () => {
    expect(klines(loaded(), '1h', { limit: 5000 })).toHaveLength(1000);
  });

  it('keeps gaps and open times off the grid as they were loaded', () => {
    const exchange = fake();
    const odd = [row(1), row(2) + 1_695_000, row(5)];
    exchange.control({ command: 'candles', symbol: 'BTCUSDT', interval: '1h', rows: odd.map((t) => [t, 1, 1, 1, 1, 1]) });
    expect(openTimes(klines(exchange, '1h'))).toEqual(odd);
    expect(openTimes(klines(exchange, '1h', { startTime: 0 }))).toEqual(odd);
  });
});

describe('klines of the walk', () => {
  it('has the published shape', () => {
    const [row] = klines(walking({ historyMs: HOUR }), '1m', { limit: 1 });
    expect(row).toHaveLength(12);
    expect(row.map((column) => typeof column).join()).toBe(
      'number,string,string,string,string,string,number,string,number,string,string,string',
    );
    expect(row[6] - row[0]).toBe(MINUTE - 1);
    expect(row[0] % MINUTE).toBe(0);
    expect(row[11]).toBe('0');
  });

  it('begins with the start price at the start', () => {
    const [row, ...others] = klines(fake(), '1m');
    expect(others).toEqual([]);
    expect(row.slice(0, 5)).toEqual([THIS_MINUTE, ...Array(4).fill('50000.00000000')]);
    expect(row[8]).toBe(1);
  });

  it('moves by the published integer walk, two draws a step', () => {
    const exchange = fake({ seed: 7 });
    exchange.advance(2 * MINUTE);
    const draws = Prng.named(7, 'feed:BTCUSDT');
    let last = 50_000_00; // in ticks of 0.01, as integers of 8 decimals below
    const expected = [0, 1, 2].map((step) => {
      const draw = (draws.nextU32() % 20_001) - 10_000;
      const delta = Math.trunc((last * 1e6 * draw * 20) / 10_000 / 10_000);
      if (step > 0) last = Math.floor((last * 1e6 + delta + 500_000) / 1e6);
      return [last / 100, 1 + (draws.nextU32() % 1000) / 100];
    });
    expect(klines(exchange, '1m').map((row) => [Number(row[4]), Number(row[5])])).toEqual(expected);
  });

  it('aggregates the same steps in every interval', () => {
    const exchange = walking({ historyMs: 3 * HOUR, stepMs: 20_000 });
    const [hour] = klines(exchange, '1h', { endTime: NOW - HOUR, limit: 1 });
    const minutes = klines(exchange, '1m', { startTime: hour[0], endTime: hour[6] });
    expect(minutes).toHaveLength(60);
    expect(hour[1]).toBe(minutes[0][1]);
    expect(hour[4]).toBe(minutes[59][4]);
    expect(Number(hour[2])).toBe(Math.max(...minutes.map((row) => Number(row[2]))));
    expect(Number(hour[3])).toBe(Math.min(...minutes.map((row) => Number(row[3]))));
    expect(Number(hour[5])).toBeCloseTo(minutes.reduce((sum, row) => sum + Number(row[5]), 0), 6);
    expect(hour[8]).toBe(180);
  });

  it('fills the intervals between two steps with candles without volume', () => {
    const exchange = fake();
    exchange.advance(MINUTE);
    const rows = klines(exchange, '1s', { startTime: NOW });
    expect(openTimes(rows)).toEqual(Array.from({ length: 61 }, (_, i) => NOW + i * 1000));
    expect(rows.slice(1, 60).every((row) => row[5] === '0.00000000' && row[1] === '50000.00000000')).toBe(true);
  });

  it('shows the forming candle from its open time on and changes it until it closes', () => {
    const exchange = walking({ historyMs: HOUR, stepMs: 30_000 });
    exchange.control({ command: 'clock', set: THIS_MINUTE + MINUTE });
    const forming = (): KlineRow => klines(exchange, '1m').at(-1) as KlineRow;
    expect(forming()[0]).toBe(THIS_MINUTE + MINUTE);
    expect(forming()[8]).toBe(0);
    exchange.advance(25_000);
    expect(forming()[8]).toBe(1);
    exchange.advance(30_000);
    expect(forming()[8]).toBe(2);
    expect(forming()[0]).toBe(THIS_MINUTE + MINUTE);
  });

  it('shows the forming candle late under lag.klineForming', () => {
    const exchange = fake({ feed: { BTCUSDT: { historyMs: HOUR } }, lag: { klineForming: 3000 } });
    exchange.control({ command: 'clock', set: THIS_MINUTE + MINUTE + 2999 });
    expect(klines(exchange, '1m').at(-1)?.[0]).toBe(THIS_MINUTE);
    exchange.advance(1);
    expect(klines(exchange, '1m').at(-1)?.[0]).toBe(THIS_MINUTE + MINUTE);
  });

  it('lacks the last step of a closed candle for lag.klineFinal', () => {
    const exchange = fake({ feed: { BTCUSDT: { historyMs: HOUR, stepMs: 20_000 } }, lag: { klineFinal: 2000 } });
    exchange.control({ command: 'clock', set: THIS_MINUTE + MINUTE });
    const closed = (): KlineRow => klines(exchange, '1m').at(-2) as KlineRow;
    expect(closed()[0]).toBe(THIS_MINUTE);
    expect(closed()[8]).toBe(2);
    exchange.advance(2000);
    expect(closed()[8]).toBe(3);
  });

  it('has a candle without volume where the market was quiet, and none where it was down', () => {
    const at = (minutes: number): number => 40_000 + minutes * MINUTE; // from 22:14 on
    const exchange = walking({
      script: [
        { atMs: at(1), do: 'quiet', forMs: MINUTE },
        { atMs: at(3), do: 'down', forMs: 4 * MINUTE },
      ],
    });
    exchange.advance(10 * MINUTE);
    const rows = klines(exchange, '1m');
    const minutes = rows.map(([openTime]) => (openTime - THIS_MINUTE) / MINUTE - 1);
    expect(minutes).toEqual([-1, 0, 1, 2, 7, 8, 9]);
    expect(rows[2][5]).toBe('0.00000000');
    expect(new Set(rows[2].slice(1, 5))).toEqual(new Set([rows[1][4]]));
  });

  it('follows planned prices and then walks on from them', () => {
    const at = (step: number): number => step * MINUTE;
    const exchange = walking({
      volBps: 0,
      script: [
        { atMs: at(1), do: 'price', price: '40000' },
        { atMs: at(2), do: 'spike', bps: 1000 },
        { atMs: at(4), do: 'jump', bps: -5000 },
      ],
    });
    exchange.advance(5 * MINUTE);
    expect(klines(exchange, '1m').map((row) => Number(row[4]))).toEqual([50_000, 40_000, 44_000, 40_000, 20_000, 20_000]);
  });

  it.each(['7m', '1H', '1d '])('refuses the interval %p', (interval) => {
    expect(get(fake(), '/api/v3/klines', { symbol: 'BTCUSDT', interval })).toMatchObject({
      status: 400,
      body: '{"code":-1120,"msg":"Invalid interval."}',
    });
  });
});

describe('klines of given candles', () => {
  const open = THIS_MINUTE - 13 * MINUTE; // the hour
  const rows = [
    [open - 3 * HOUR, 10, 12, 9, 11, 4],
    [open - 2 * HOUR, 11, 11, 8, 9, 4],
    // one hour is missing
    [open, 9, 15, 7, 14, 8],
    [open + HOUR, 14, 16, 10, 12, 2],
  ];
  const replaying = (): FakeBinance => fake({ candles: { BTCUSDT: { '1h': rows } } });

  it('has the rows before now as history and the present one as far as it has come', () => {
    const exchange = replaying(); // 13 of 60 minutes gone: only the open has happened
    const found = klines(exchange, '1h');
    expect(openTimes(found)).toEqual([open - 3 * HOUR, open - 2 * HOUR, open]);
    expect(found[2].slice(1, 6).map(Number)).toEqual([9, 9, 9, 9, 2]);
  });

  it('plays each row as open, extremes and close, low first when it rises', () => {
    const exchange = replaying();
    const prices = [0, 20, 40, 59.5].map((minute) => {
      exchange.control({ command: 'clock', set: Math.max(exchange.now, open + minute * MINUTE) });
      return Number((getJson(exchange, '/api/v3/ticker/price', { symbol: 'BTCUSDT' }) as { price: string }).price);
    });
    expect(prices).toEqual([9, 7, 15, 14]);
    exchange.control({ command: 'clock', set: open + HOUR + 20 * MINUTE });
    expect((getJson(exchange, '/api/v3/ticker/price', { symbol: 'BTCUSDT' }) as { price: string }).price).toBe('16.00000000');
  });

  it('ends with the rows it was given, missing ones still missing', () => {
    const exchange = replaying();
    exchange.control({ command: 'clock', set: open + 2 * HOUR });
    expect(klines(exchange, '1h').map((row) => row.slice(0, 6).map(Number))).toEqual(rows);
  });

  it('takes the history of a coarser interval from its own candles, and the price from the finest', () => {
    const day = 86_400_000;
    const today = Math.floor(NOW / day) * day;
    const days = [
      [today - day, 1, 2, 1, 2, 100],
      [today, 2, 99, 1, 50, 100],
    ];
    const exchange = fake({ candles: { BTCUSDT: { '1d': days, '1h': rows } } });
    expect(klines(exchange, '1d').map((row) => row.slice(0, 6).map(Number))).toEqual([
      days[0],
      [today, 10, 12, 8, 9, 10],
    ]);
  });

  it('aggregates coarser intervals from the finest', () => {
    const exchange = replaying();
    exchange.control({ command: 'clock', set: open + 2 * HOUR });
    const [row] = klines(exchange, '1d');
    expect(row.slice(1, 6).map(Number)).toEqual([10, 16, 7, 12, 18]);
  });
});
