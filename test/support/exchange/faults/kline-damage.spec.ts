import { FakeBinance } from '../fake-binance.js';
import type { KlineRow } from '../market/candle.js';
import { getJson, type Params } from '../requests.js';
import type { KlineOperation } from './effect.js';

const MINUTE = 60_000;
const ROWS = 10;

/** The same ten rows, as they are and as the operation leaves them. */
function compare(operation: KlineOperation, params: Params = {}, symbols = ['BTCUSDT', 'ETHUSDT']): [KlineRow[], KlineRow[], FakeBinance] {
  const config = { symbols, feed: { BTCUSDT: { historyMs: 60 * MINUTE } } };
  const ask = (exchange: FakeBinance): KlineRow[] =>
    getJson(exchange, '/api/v3/klines', { symbol: 'BTCUSDT', interval: '1m', limit: ROWS, ...params }) as KlineRow[];
  const sound = ask(new FakeBinance(config));
  const broken = new FakeBinance({ ...config, faults: [{ effect: { type: 'klines', ...operation } }] });
  return [sound, ask(broken), broken];
}

const openTimes = (rows: KlineRow[]): number[] => rows.map(([openTime]) => openTime);

describe('kline operations', () => {
  it.each<[KlineOperation, (rows: KlineRow[]) => KlineRow[]]>([
    [{ op: 'drop', index: 3 }, (rows) => rows.filter((_, i) => i !== 6)],
    [{ op: 'drop', from: 2, to: 4 }, (rows) => rows.filter((_, i) => i < 5 || i > 7)],
    [{ op: 'dup', index: 1 }, (rows) => [...rows.slice(0, 9), rows[8], rows[9]]],
    [{ op: 'reverse' }, (rows) => rows.toReversed()],
    [{ op: 'short', n: 3 }, (rows) => rows.slice(-3)],
    [{ op: 'noForming' }, (rows) => rows.slice(0, 9)],
  ])('%j', (operation, expected) => {
    const [sound, broken] = compare(operation);
    expect(broken).toEqual(expected(sound));
  });

  it('shuffle loses no row', () => {
    const [sound, broken] = compare({ op: 'shuffle' });
    expect(broken).not.toEqual(sound);
    expect(broken.toSorted((a, b) => a[0] - b[0])).toEqual(sound);
  });

  it('revise changes one field of a closed row by a factor', () => {
    const [sound, broken] = compare({ op: 'revise', index: 2, field: 'close', mulBps: 10_100 });
    expect(Number(broken[7][4])).toBeCloseTo(Number(sound[7][4]) * 1.01, 6);
    expect(broken.filter((row, i) => JSON.stringify(row) !== JSON.stringify(sound[i]))).toHaveLength(1);
  });

  it.each(['NaN', '0', '-1', '', null, '1e5', 5])('set puts %p where a number text should be', (value) => {
    const [, broken] = compare({ op: 'set', index: 1, field: 'high', value });
    expect(broken[8][2]).toBe(value);
  });

  it('lowAboveHigh makes a row contradict itself', () => {
    const [, broken] = compare({ op: 'lowAboveHigh', index: 1 });
    expect(Number(broken[8][3])).toBeGreaterThan(Number(broken[8][2]));
  });

  it('spike multiplies one row and keeps it plausible', () => {
    const [sound, up] = compare({ op: 'spike', index: 1, mulBps: 100_000 });
    expect(Number(up[8][4])).toBeCloseTo(Number(sound[8][4]) * 10, 4);
    expect(Number(up[8][2])).toBeGreaterThanOrEqual(Number(up[8][4]));
    const [, crash] = compare({ op: 'spike', index: 1, mulBps: 1000 });
    expect(Number(crash[8][4])).toBeCloseTo(Number(sound[8][4]) / 10, 4);
    expect(Number(crash[8][3])).toBeLessThanOrEqual(Number(crash[8][4]));
  });

  it('future adds rows that have not begun', () => {
    const [sound, broken, exchange] = compare({ op: 'future', n: 2 });
    expect(openTimes(broken)).toEqual([...openTimes(sound), sound[9][0] + MINUTE, sound[9][0] + 2 * MINUTE]);
    expect(broken[10][0]).toBeGreaterThan(exchange.now);
  });

  it('stale ends in the past with as many rows as asked for', () => {
    const [sound, broken] = compare({ op: 'stale', ms: 5 * MINUTE });
    expect(openTimes(broken)).toEqual(openTimes(sound).map((openTime) => openTime - 5 * MINUTE));
  });

  it('misalign moves every row off the grid', () => {
    const [sound, broken] = compare({ op: 'misalign', ms: 1234 });
    expect(broken.map((row) => [row[0] - 1234, row[6] - 1234])).toEqual(sound.map((row) => [row[0], row[6]]));
  });

  it('otherSymbol answers with the prices of another market', () => {
    const [, broken] = compare({ op: 'otherSymbol' });
    expect(Number(broken[0][4])).toBe(3000);
    const [sound, alone] = compare({ op: 'otherSymbol' }, {}, ['BTCUSDT']);
    expect(Number(alone[0][4])).toBeCloseTo(Number(sound[0][4]) / 16, 6);
  });

  it('ignoreLimit answers with more rows than asked for', () => {
    expect(compare({ op: 'ignoreLimit' })[1]).toHaveLength(61);
  });

  it('ignoreStart answers with the newest rows', () => {
    const startTime = 1_700_000_000_000 - 40 * MINUTE;
    const [sound, broken] = compare({ op: 'ignoreStart' }, { startTime });
    expect(sound[0][0]).toBeGreaterThanOrEqual(startTime);
    expect(broken).toEqual(compare({ op: 'reverse' })[0]);
  });

  it('emptyOnce answers no rows, once', () => {
    const [, broken, exchange] = compare({ op: 'emptyOnce' });
    expect(broken).toEqual([]);
    expect((getJson(exchange, '/api/v3/klines', { symbol: 'BTCUSDT', interval: '1m', limit: ROWS }) as unknown[])).toHaveLength(ROWS);
  });
});
