import fc from 'fast-check';

import { candleSeries } from '../../test/support/arbitraries.js';
import { candles } from '../../test/support/candle-builder.js';
import { Candles, PRICE_COLUMNS, type CandleColumns } from './candles.js';
import { CandleDataError } from './errors.js';

const HOUR = 3_600_000;
const START = Date.UTC(2024, 0, 1);

/** Three sound hourly candles, every column writable. */
function sound(): { -readonly [name in keyof CandleColumns]: Float64Array } {
  return {
    openTime: Float64Array.of(START, START + HOUR, START + 2 * HOUR),
    open: Float64Array.of(10, 11, 12),
    high: Float64Array.of(12, 13, 14),
    low: Float64Array.of(9, 10, 11),
    close: Float64Array.of(11, 12, 13),
    volume: Float64Array.of(1, 0, 2),
  };
}

/** The fault of hourly candles after one change. */
function faultOf(spoil: (columns: ReturnType<typeof sound>) => void, missing?: Uint8Array): unknown {
  const columns = sound();
  spoil(columns);
  try {
    return Candles.of('BTC/USDT', '1h', columns, missing);
  } catch (error) {
    return error;
  }
}

describe('Candles.of', () => {
  it('takes sound columns as they are', () => {
    const columns = sound();
    const made = Candles.of('BTC/USDT', '1h', columns);
    expect([made.symbol, made.timeframe, made.length, made.missingBars]).toEqual(['BTC/USDT', '1h', 3, 0]);
    expect(made.close).toBe(columns.close);
    expect([...made.missing]).toEqual([0, 0, 0]);
  });

  it('takes no candles at all', () => {
    const none = new Float64Array();
    const empty = Candles.of('BTC/USDT', '1h', { openTime: none, open: none, high: none, low: none, close: none, volume: none });
    expect([empty.length, empty.indexFrom(START), empty.ticksOf('close')?.values.length]).toEqual([0, 0, 0]);
  });

  it.each([
    { fault: 'a short column', spoil: (c: ReturnType<typeof sound>) => (c.high = c.high.slice(0, 2)), says: /^Column "high" has 2 values; expected 3/ },
    { fault: 'a column too many', spoil: (c: ReturnType<typeof sound>) => (c.volume = new Float64Array(4)), says: /^Column "volume" has 4 values; expected 3/ },
    { fault: 'times off the grid', spoil: (c: ReturnType<typeof sound>) => (c.openTime = c.openTime.map((t) => t + 1)), says: /is not on the 1h grid/ },
    { fault: 'a first time that is no number', spoil: (c: ReturnType<typeof sound>) => (c.openTime[0] = NaN), says: /^Open time NaN is not on/ },
    { fault: 'a time twice', spoil: (c: ReturnType<typeof sound>) => (c.openTime[2] = START + HOUR), says: /^Candle 2 opens at .*; expected/ },
    { fault: 'a hole', spoil: (c: ReturnType<typeof sound>) => (c.openTime[2] = START + 3 * HOUR), says: /^Candle 2 opens at/ },
    { fault: 'times that fall', spoil: (c: ReturnType<typeof sound>) => (c.openTime = c.openTime.reverse()), says: /^Candle 1 opens at/ },
    { fault: 'a time that is no number', spoil: (c: ReturnType<typeof sound>) => (c.openTime[1] = NaN), says: /^Candle 1 opens at NaN/ },
    { fault: 'an open that is NaN', spoil: (c: ReturnType<typeof sound>) => (c.open[1] = NaN), says: /^Candle 1 \(2024-01-01 01:00\) has open NaN; expected a finite price above 0/ },
    { fault: 'a low of 0', spoil: (c: ReturnType<typeof sound>) => (c.low[0] = 0), says: /^Candle 0 \(2024-01-01\) has low 0/ },
    { fault: 'a negative close', spoil: (c: ReturnType<typeof sound>) => (c.close[2] = -1), says: /has close -1; expected a finite price above 0/ },
    { fault: 'a high without end', spoil: (c: ReturnType<typeof sound>) => (c.high[2] = Infinity), says: /has high Infinity; expected a finite price above 0/ },
    { fault: 'a low above the open', spoil: (c: ReturnType<typeof sound>) => (c.low[1] = 11.5), says: /has open 11, high 13, low 11.5, close 12; expected low <= open/ },
    { fault: 'a low above the close', spoil: (c: ReturnType<typeof sound>) => (c.close[1] = 9.5), says: /has open 11, high 13, low 10, close 9.5/ },
    { fault: 'a high below the close', spoil: (c: ReturnType<typeof sound>) => (c.close[0] = 12.5), says: /expected low <= open, close <= high/ },
    { fault: 'a high below the open', spoil: (c: ReturnType<typeof sound>) => (c.open[0] = 12.5), says: /expected low <= open, close <= high/ },
    { fault: 'a negative volume', spoil: (c: ReturnType<typeof sound>) => (c.volume[1] = -1), says: /has volume -1; expected a finite number, 0 or more/ },
    { fault: 'a volume that is NaN', spoil: (c: ReturnType<typeof sound>) => (c.volume[1] = NaN), says: /has volume NaN/ },
    { fault: 'a volume without end', spoil: (c: ReturnType<typeof sound>) => (c.volume[1] = Infinity), says: /has volume Infinity/ },
  ])('refuses $fault and names it', ({ spoil, says }) => {
    const fault = faultOf(spoil);
    expect(fault).toBeInstanceOf(CandleDataError);
    expect(fault).toMatchObject({ code: 'DATA.INVALID', message: expect.stringMatching(says) });
  });

  it('refuses marks of another length', () => {
    expect(faultOf(() => {}, new Uint8Array(2))).toMatchObject({ message: 'Column "missing" has 2 values; expected 3, one per open time' });
  });

  it('counts weeks from Monday', () => {
    const monday = candles({ timeframe: '1w', startMs: Date.UTC(2024, 0, 1) }).flat(5, 2).build();
    expect(monday.openTime[0]).toBe(Date.UTC(2024, 0, 1));
    const { openTime: _, ...rest } = monday;
    const thursday = Float64Array.of(Date.UTC(2024, 0, 4), Date.UTC(2024, 0, 11));
    expect(() => Candles.of('BTC/USDT', '1w', { ...rest, openTime: thursday })).toThrow(/is not on the 1w grid/);
  });
});

describe('views of candles', () => {
  const whole = candles().closes(10, 11, 12.5).gap(2).closes(13, 14.25).build();

  it('share memory and keep their marks', () => {
    const view = whole.slice(2, 6);
    expect(view.close.buffer).toBe(whole.close.buffer);
    expect([[...view.close], [...view.missing], view.missingBars]).toEqual([[12.5, 12.5, 12.5, 13], [0, 1, 1, 0], 2]); // prettier-ignore
    expect(view.slice(3).missingBars).toBe(0);
  });

  it.each([
    { from: 0, to: 7, rows: 7 },
    { from: -3, to: 99, rows: 7 },
    { from: 3, to: 3, rows: 0 },
    { from: 5, to: 2, rows: 0 },
    { from: 99, to: 120, rows: 0 },
    { from: 0, to: -1, rows: 0 },
  ])('slice [$from, $to) has $rows rows', ({ from, to, rows }) => {
    expect(whole.slice(from, to)).toHaveLength(rows);
    expect(whole.slice(from, to).ticksOf('close')?.values).toHaveLength(rows);
  });

  it.each([
    { from: 0, to: 2, rows: [0, 1], why: 'the end is not part of it' },
    { from: 0.5, to: 2.5, rows: [1, 2], why: 'a bar belongs by its open time' },
    { from: -5, to: 0, rows: [], why: 'before the first bar there is nothing' },
    { from: 6, to: 50, rows: [6], why: 'after the last one neither' },
  ])('between hours $from and $to: $why', ({ from, to, rows }) => {
    const cut = whole.between(START + from * HOUR, START + to * HOUR);
    expect([...cut.openTime]).toEqual(rows.map((row) => START + row * HOUR));
  });

  it('knows when a row is complete', () => {
    expect([whole.closeTime(0), whole.timeframeMs]).toEqual([START + HOUR, HOUR]);
  });

  it('sees the rows of the whole, in ticks too, however deep the view', () => {
    const shares = fc.double({ min: 0, max: 0.5, noNaN: true });
    const cuts = fc.array(fc.tuple(shares, shares), { maxLength: 4 });
    fc.assert(
      fc.property(candleSeries(), cuts, (series, cuts) => {
        let [view, from, to] = [series, 0, series.length];
        for (const [front, back] of cuts) {
          const [a, b] = [Math.floor(view.length * front), Math.ceil(view.length * (1 - back))];
          [from, to] = [from + a, from + b];
          view = view.slice(a, b);
        }
        expect(view.openTime).toEqual(series.openTime.slice(from, to));
        expect(view.missing).toEqual(series.missing.slice(from, to));
        expect(view.missingBars).toBe(view.missing.reduce((sum, mark) => sum + mark, 0));
        for (const column of PRICE_COLUMNS) {
          const [part, all] = [view.ticksOf(column), series.ticksOf(column)];
          expect(part?.scale).toBe(all?.scale);
          expect(part?.values).toEqual(all?.values.slice(from, to));
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('priceScale', () => {
  it('makes every price of every column a whole number', () => {
    expect(candles().bar({ open: 1.5, high: 2.25, low: 1, close: 2.125 }).build().priceScale).toBe(1000);
    expect(candles().flat(7, 3).build().priceScale).toBe(1);
  });

  it('does not exist where a price is no decimal', () => {
    expect(candles().bar({ open: 1 / 3, high: 2, low: 0.25, close: 1 }).build().priceScale).toBeNull();
  });

  it('refuses a mark of missing that is neither 0 nor 1', () => {
    const one = Float64Array.of(1);
    expect(() => Candles.of('BTC/USDT', '1h', { openTime: Float64Array.of(0), open: one, high: one, low: one, close: one, volume: one }, Uint8Array.of(2))).toThrow(/mark of missing/);
  });

  it('names a bad price at a time that no date can', () => {
    const zero = Float64Array.of(0);
    expect(() => Candles.of('BTC/USDT', '1m', { openTime: Float64Array.of(1.7e18 - (1.7e18 % 60_000)), open: zero, high: zero, low: zero, close: zero, volume: zero })).toThrow(CandleDataError);
  });
});
