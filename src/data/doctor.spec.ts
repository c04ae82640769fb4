import fc from 'fast-check';

import { timeframeMs, type Timeframe } from '../domain/timeframe.js';
import { CSV_HEADER, formatCandleCsv, parseCandleCsv } from './candle-csv.js';
import { checkRows } from './candle-grid.js';
import { diagnose, type Diagnosis } from './doctor.js';
import { soundRows } from './foreign-file.js';
import { readRawTable } from './raw-table.js';

const HOUR = 3_600_000;
const START = Date.UTC(2024, 0, 1);
const NOW = Date.UTC(2025, 0, 1);

type Line = readonly [time: number | string, open: number | string, high: number, low: number, close: number, volume: number];

/** A candle whose prices tell its number: nobody could make one up. */
const candle = (i: number, time: number | string = START + i * HOUR): Line => [time, 100 + i / 100, 102 + i / 100, 99 + i / 100, 101 + i / 100, 1 + i / 10];
const hours = (count: number): Line[] => Array.from({ length: count }, (_, i) => candle(i));
const every = (ms: number, count: number, from = START): Line[] => Array.from({ length: count }, (_, i) => candle(i, from + i * ms));
const textOf = (lines: readonly Line[]): string => [CSV_HEADER, ...lines.map((line) => line.join(','))].join('\n');
const examine = (lines: readonly Line[], named: Timeframe | null = '1h', nowMs = NOW): Diagnosis => diagnose(readRawTable(textOf(lines)), named, nowMs);
const found = ({ findings }: Diagnosis): Record<string, number> => Object.fromEntries(findings.map(({ kind, count }) => [kind, count]));

describe('units of time', () => {
  it.each([
    { unit: 'seconds', told: (ms: number) => ms / 1000 },
    { unit: 'microseconds', told: (ms: number) => ms * 1000 },
    { unit: 'nanoseconds', told: (ms: number) => `${ms}000000` },
  ])('$unit are told from milliseconds, in the whole file or from some row on', ({ unit, told }) => {
    for (const from of [0, 7]) {
      const lines = hours(20).map((line, i) => (i < from ? line : ([told(line[0] as number), ...line.slice(1)] as unknown as Line)));
      const diagnosis = examine(lines);
      expect(found(diagnosis)).toEqual({ unit: 20 - from });
      expect(diagnosis.findings[0].places[0]).toContain(`is in ${unit}`);
      expect(soundRows(diagnosis)).toEqual(soundRows(examine(hours(20))));
    }
  });

  it.each([0, -5, -1e12, '9'.repeat(30), 1e300])('%p is no time at all', (time) => {
    expect(found(examine([...hours(10), candle(10, String(time))]))).toEqual({ unreadable: 1 });
  });
});

describe('the timeframe', () => {
  it('is told by the spacing where the name says nothing, whatever the order and the halts', () => {
    const lines = every(15 * 60_000, 60).filter((_, i) => i % 7 !== 3);
    const mixed = lines.toSorted((a, b) => ((Number(a[1]) * 7919) % 13) - ((Number(b[1]) * 7919) % 13));
    expect(examine(mixed, null).timeframe).toBe('15m');
    expect(Object.keys(found(examine(mixed, null)))).toEqual(['unsorted', 'gap']);
  });

  it.each([
    { named: '1h', rows: every(5 * 60_000, 300), why: 'finer rows', actual: '5m' },
    { named: '1m', rows: every(HOUR, 300), why: 'coarser rows', actual: '1h' },
    { named: '1d', rows: every(HOUR, 300), why: 'hours for days', actual: '1h' },
    { named: null, rows: every(7 * 60_000, 300), why: 'a spacing that no timeframe has', actual: null },
  ] as const)('is wrong for $why: that is all that is said, and nothing of it is fit for use', ({ named, rows, actual }) => {
    const diagnosis = examine(rows, named);
    expect([found(diagnosis), diagnosis.timeframe, diagnosis.sound.length, diagnosis.verdict]).toEqual([{ wrong_timeframe: 1 }, actual, 0, 'damaged']);
  });

  it('is right for a market that trades now and then', () => {
    const lines = every(60_000, 400).filter((_, i) => i % 10 === 0 || i % 10 === 3 || i === 4);
    expect(found(examine(lines, '1m'))).toEqual({ gap: expect.any(Number) as number });
  });

  it('cannot be judged by two rows', () => {
    expect(found(examine([candle(0), candle(5)], '1h'))).toEqual({ gap: 4 });
    expect(examine([candle(0)], null)).toMatchObject({ timeframe: null, verdict: 'clean' });
  });
});

describe('time zones', () => {
  it.each([
    { why: 'New York with its summer time', shift: (day: number) => (day % 365 > 70 && day % 365 < 305 ? 4 : 5) },
    { why: 'Kathmandu', shift: () => 18.25 },
  ])('days that begin at the midnight of $why are seen', ({ shift }) => {
    const days = Array.from({ length: 200 }, (_, day) => candle(day, START + (24 * day + shift(day)) * HOUR));
    expect(found(examine(days, '1d'))).toEqual({ time_zone: 200 });
  });

  it('days of London stand off the grid in summer only', () => {
    const days = Array.from({ length: 300 }, (_, day) => candle(day, START + (24 * day - (day > 90 ? 1 : 0)) * HOUR));
    expect(found(examine(days, '1d'))).toEqual({ time_zone: 209 });
  });

  it('a single day off by an hour is off the grid, not in a time zone', () => {
    const days = Array.from({ length: 100 }, (_, day) => candle(day, START + (24 * day + (day === 50 ? 1 : 0)) * HOUR));
    expect(found(examine(days, '1d'))).toEqual({ off_grid: 1 });
  });

  it.each(['1m', '5m', '15m', '30m'] as const)('an hour of %s told twice, with other prices, is seen as such', (timeframe) => {
    const step = timeframeMs(timeframe);
    const bars = HOUR / step;
    const again = every(step, bars, START + HOUR).map(([time], i) => candle(500 + i, time));
    const diagnosis = examine([...every(step, 2 * bars), ...again, ...every(step, 2 * bars, START + 2 * HOUR)], timeframe);
    expect(found(diagnosis)).toEqual({ time_zone: 1, conflict: 2 * bars });
  });

  it('a row in the wrong place is not an hour told twice', () => {
    const quarters = every(15 * 60_000, 40);
    expect(found(examine([...quarters.slice(0, 12), quarters[15], ...quarters.slice(12, 15), ...quarters.slice(16)], '15m'))).toEqual({ unsorted: 1 });
  });
});

describe('rows that are not complete', () => {
  it('are all named, and all left out', () => {
    const diagnosis = examine(hours(10), '1h', START + 6.5 * HOUR);
    expect([found(diagnosis), diagnosis.sound.length, diagnosis.findings[0].message]).toEqual([{ partial_last: 4 }, 6, '4 rows with candles that are not complete yet']);
  });
});

/** Each damages row `at` of a file, and what is then said about it. */
const FAULTS: Record<string, { damage: (lines: Line[], at: number) => Line[]; kinds: readonly string[] }> = {
  unit: { damage: (lines, at) => lines.with(at, candle(at, START / 1000 + at * 3600)), kinds: ['unit'] },
  duplicate: { damage: (lines, at) => lines.toSpliced(at, 0, lines[at]), kinds: ['duplicate'] },
  conflict: { damage: (lines, at) => lines.toSpliced(at, 0, candle(at + 500, lines[at][0])), kinds: ['conflict'] },
  order: { damage: (lines, at) => lines.with(at, lines[at + 1]).with(at + 1, lines[at]), kinds: ['unsorted'] },
  hole: { damage: (lines, at) => lines.toSpliced(at, 2), kinds: ['gap'] },
  grid: { damage: (lines, at) => lines.with(at, candle(at, START + at * HOUR + 1_694_789)), kinds: ['off_grid'] },
  zero: { damage: (lines, at) => lines.with(at, [lines[at][0], 0, 102, 99, 101, 1]), kinds: ['bad_price'] },
  shape: { damage: (lines, at) => lines.with(at, [lines[at][0], 100, 99, 98, 101, 1]), kinds: ['ohlc'] },
  spike: { damage: (lines, at) => lines.with(at, [lines[at][0], 101, 1020, 99, 1010, 1]), kinds: ['spike'] },
  silence: { damage: (lines, at) => lines.with(at, [...candle(at).slice(0, 5), 0] as unknown as Line), kinds: ['zero_volume'] },
  letters: { damage: (lines, at) => lines.with(at, [lines[at][0], 'abc', 102, 99, 101, 1]), kinds: ['unreadable', 'gap'] },
};

describe('any faults in any places', () => {
  const planted = fc
    .uniqueArray(fc.tuple(fc.constantFrom(...Object.keys(FAULTS)), fc.integer({ min: 0, max: 9 })), { maxLength: 6, selector: ([, place]) => place })
    .map((faults) => faults.toSorted(([, a], [, b]) => b - a).map(([name, place]) => ({ name, at: 5 + place * 10 })));

  it('are found, and no others', () => {
    fc.assert(
      fc.property(planted, (faults) => {
        const lines = faults.reduce((all, { name, at }) => FAULTS[name].damage(all, at), hours(110));
        expect(new Set(Object.keys(found(examine(lines))))).toEqual(new Set(faults.flatMap(({ name }) => FAULTS[name].kinds)));
      }),
      { numRuns: 300 },
    );
  });

  it('leave rows that are fit for use, of which none was made up', () => {
    fc.assert(
      fc.property(planted, fc.boolean(), (faults, reversed) => {
        const lines = faults.reduce((all, { name, at }) => FAULTS[name].damage(all, at), hours(110));
        const mended = formatCandleCsv(soundRows(examine(reversed ? lines.toReversed() : lines)));
        expect(diagnose(readRawTable(mended), '1h', NOW).findings.filter(({ damage }) => damage)).toEqual([]);
        expect(() => checkRows(parseCandleCsv(Buffer.from(mended), 'mended.csv'), '1h', String)).not.toThrow();
        const stood = new Set(lines.map((line) => line.slice(1).join(',')));
        const kept = mended.trim().split('\n').slice(1);
        expect(kept.filter((row) => !stood.has(row.slice(row.indexOf(',') + 1)))).toEqual([]);
        expect(kept.length).toBeGreaterThanOrEqual(110 - 2 * faults.length);
      }),
      { numRuns: 200 },
    );
  });

  it('even mixed at will, never make it fail', () => {
    const cell = fc.oneof(fc.double(), fc.integer({ min: -5, max: 200 }).map((i) => START + i * HOUR), fc.constantFrom('', 'x', '1e400', '-0'));
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell, cell, cell, cell, cell), { maxLength: 30 }), fc.constantFrom<Timeframe | null>('1m', '1h', '1d', null), (rows, named) => {
        const diagnosis = examine(rows as unknown as Line[], named);
        expect(diagnose(readRawTable(formatCandleCsv(soundRows(diagnosis))), named, NOW).findings.filter(({ damage }) => damage)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});
