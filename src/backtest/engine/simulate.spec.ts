import { listSignals } from '../../domain/signal.js';
import type { Candles } from '../../domain/candles.js';
import { candles } from '../../../test/support/candle-builder.js';
import { simulate, type Simulation, type TradingRules } from './simulate.js';

const FREE: TradingRules = {
  initialCapital: 1000,
  fill: 'next_open',
  costs: { feeRate: 0, feeFrom: 'received', slippage: 0 },
  sizing: { rule: 'all_in', quoteAmount: 0, fraction: 1 },
  lot: { quantityStep: 0, minNotional: 0 },
};

function run(market: Candles, signals: readonly number[], rules: Partial<TradingRules> = {}): Simulation {
  return simulate(market, listSignals(Int8Array.from(signals)), { ...FREE, ...rules });
}

/** Entry and exit rows. */
function rowsOf({ trades }: Simulation): (number | null)[][] {
  return trades.toArray().map(({ entryBar, exitBar }) => [entryBar, exitBar]);
}

describe('simulate', () => {
  // Opens: 100, 100, 110, 120, 100; each bar opens at the close before.
  const market = candles().closes(100, 110, 120, 100, 80).build();

  it('buys at the open after the signal and sells at the open after the contrary one', () => {
    const { equity, barsLong, turnover } = run(market, [1, 0, -1, 0, 0]);
    // 1000 at open[1] = 100: 10 coins. Closes 110, 120: 1100, 1200. Sold at open[3] = 120: 1200 stays.
    expect([...equity]).toEqual([1000, 1000, 1100, 1200, 1200, 1200]);
    expect(barsLong).toBe(2);
    expect(turnover).toBe(2); // all of the account, twice
    expect(rowsOf(run(market, [1, 0, -1, 0, 0]))).toEqual([[1, 3]]);
  });

  it('fills at the close of the signal bar by the other rule', () => {
    const { equity, barsLong, trades } = run(candles().closes(100, 125, 150, 100).build(), [0, 1, -1, 0], { fill: 'close' });
    // 1000 at close[1] = 125: 8 coins, sold at close[2] = 150.
    expect([...equity]).toEqual([1000, 1000, 1000, 1200, 1200]);
    expect(barsLong).toBe(1);
    expect(trades.at(0)).toMatchObject({ entryBar: 1, entryPrice: 125, exitBar: 2, exitPrice: 150 });
  });

  it('takes the fee of a purchase from the coins, that of a sale from the quote currency', () => {
    const { equity, trades } = run(market, [1, 0, -1, 0, 0], { costs: { feeRate: 0.01, feeFrom: 'received', slippage: 0 } });
    // 10 coins bought, 9.9 arrive; sold at 120: 1188, less 11.88.
    expect(trades.at(0)).toEqual({
      entryBar: 1,
      entryPrice: 100,
      quantity: 10,
      spent: 1000,
      exitBar: 3,
      exitPrice: 120,
      proceeds: 1188 - 11.88,
      fees: 10 + 11.88,
      slippage: 0,
    });
    expect(equity[2]).toBe(9.9 * 110);
    expect(equity[5]).toBeCloseTo(1176.12, 10);
  });

  it('buys dearer and sells cheaper by the slippage, and says what that cost', () => {
    const { trades } = run(market, [1, 0, -1, 0, 0], { costs: { feeRate: 0, feeFrom: 'received', slippage: 0.25 } });
    // Buys at 125: 8 coins, 8 * 25 = 200 of slippage. Sells at 90: 8 * 30 = 240 more.
    expect(trades.at(0)).toMatchObject({ entryPrice: 125, quantity: 8, exitPrice: 90, proceeds: 720, slippage: 440 });
  });

  it('leaves a position open at the end and marks it to the last close', () => {
    const { equity, trades, barsLong } = run(market, [0, 0, 1, 0, 0]);
    // 1000 at open[3] = 120, marked at 100 and 80.
    expect(equity.slice(4)).toEqual(Float64Array.of((1000 / 120) * 100, (1000 / 120) * 80));
    expect(trades.at(0)).toMatchObject({ entryBar: 3, exitBar: null, exitPrice: null, proceeds: null });
    expect([trades.count, trades.closed, barsLong]).toEqual([1, 0, 2]);
  });

  it.each([
    { signals: [0, 0, 0, 0, 1], rows: [], why: 'a signal on the last bar has no bar to fill in' },
    { signals: [-1, -1, 0, 0, 0], rows: [], why: 'nothing is sold that is not held' },
    { signals: [1, 1, 1, -1, -1], rows: [[1, 4]], why: 'repeats change nothing' },
    { signals: [1, -1, 1, -1, 0], rows: [[1, 2], [3, 4]], why: 'every bar may turn the position' }, // prettier-ignore
  ])('$why', ({ signals, rows }) => {
    expect(rowsOf(run(market, signals))).toEqual(rows);
  });
});

describe('simulate around missing bars', () => {
  // Rows 2 to 4 are missing.
  const halted = candles().closes(100, 110).gap(3).closes(120, 130).build();

  it.each([
    { signals: [0, 1, 0, 0, 0, 0, 0], rows: [[5, null]], why: 'an order waits for the first real bar' },
    { signals: [0, 0, 0, 1, 0, 0, 0], rows: [[5, null]], why: 'a signal on a missing bar is an order too' },
    { signals: [0, 1, 0, -1, 0, 0, 0], rows: [], why: 'a contrary signal calls a waiting entry off' },
    { signals: [0, 1, 0, -1, 1, 0, 0], rows: [[5, null]], why: 'and one more brings it back' },
    { signals: [0, 1, 0, 0, 0, -1, 0], rows: [[5, 6]], why: 'a contrary signal of the bar that fills comes too late' },
    { signals: [1, -1, 0, 0, 0, 0, 0], rows: [[1, 5]], why: 'an exit waits as well' },
    { signals: [1, -1, 0, 1, 0, 0, 0], rows: [[1, null]], why: 'a waiting exit is called off by a new entry signal' },
    { signals: [1, -1, 0, 1, -1, 0, 0], rows: [[1, 5]], why: 'and ordered again by the next contrary one' },
  ])('$why', ({ signals, rows }) => {
    expect(rowsOf(run(halted, signals))).toEqual(rows);
  });

  it.each([
    { signals: [0, 0, 1, 0, 0, 0, 0], rows: [[5, null]], why: 'an order at a close that does not exist waits for the next that does' },
    { signals: [0, 0, 1, 0, 0, -1, 0], rows: [], why: 'the signal of the bar that would fill calls it off in time' },
    { signals: [0, 1, -1, 0, 0, 1, 0], rows: [[1, null]], why: 'and a waiting exit likewise' },
  ])('at closes, $why', ({ signals, rows }) => {
    expect(rowsOf(run(halted, signals, { fill: 'close' }))).toEqual(rows);
  });

  it('has no fill where the data ends in a halt', () => {
    const { trades, equity } = run(candles().closes(100, 110).gap(2).build(), [0, 1, 0, 0]);
    expect([trades.count, [...equity]]).toEqual([0, [1000, 1000, 1000, 1000, 1000]]);
  });
});

describe('simulate with what a market refuses', () => {
  const market = candles().closes(100, 100, 100, 40, 40, 40, 40).build();

  it('drops an entry below the least notional; the next signal is a new order', () => {
    const { trades, refusedEntries } = run(market, [1, 0, 1, 1, 0, 0, 0], {
      sizing: { rule: 'fixed_quote', quoteAmount: 45, fraction: 1 },
      lot: { quantityStep: 1, minNotional: 1 },
    });
    // 45 buys no whole coin at 100 (rows 1 and 3), and one at 40 (row 4).
    expect([refusedEntries, trades.count, trades.at(0).entryBar, trades.at(0).quantity]).toEqual([2, 1, 4, 1]);
  });

  it('keeps a position that is worth too little to be sold, until a later signal finds it worth more', () => {
    const rising = candles().closes(100, 100, 40, 40, 100, 100).build();
    const { trades, refusedExits } = run(rising, [1, 0, -1, 0, -1, 0], {
      sizing: { rule: 'fixed_quote', quoteAmount: 100, fraction: 1 },
      lot: { quantityStep: 0, minNotional: 50 },
    });
    // One coin: 40 at row 3, refused; 100 at row 5.
    expect([refusedExits, trades.at(0).exitBar]).toEqual([1, 5]);
  });

  it('keeps the dust below a step, in the curve and for the next sale', () => {
    const { trades, equity } = run(candles().closes(100, 100, 100, 100, 100, 100).build(), [1, -1, 1, -1, 0, 0], {
      costs: { feeRate: 0.1, feeFrom: 'received', slippage: 0 },
      lot: { quantityStep: 1, minNotional: 0 },
      sizing: { rule: 'fixed_quote', quoteAmount: 500, fraction: 1 },
    });
    // 5 coins, 4.5 arrive, 4 are sold for 400 - 40: 860 and 0.5 coins. Again: 5 coins, 5.0 held then, all sold for 450.
    expect(trades.toArray().map(({ proceeds }) => proceeds)).toEqual([360, 450]);
    expect([...equity]).toEqual([1000, 1000, 950, 910, 860, 810, 810]);
  });
});
