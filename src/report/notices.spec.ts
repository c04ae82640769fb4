import type { Gap, ResultTrade } from '../backtest/backtest-result.js';
import { noticesOf, openPositionNotice } from './notices.js';

const HOUR = 3_600_000;
const START = Date.UTC(2024, 0, 1);

function gap(hours: number, missing: number): Gap {
  const [from, to] = [START + hours * HOUR, START + (hours + missing) * HOUR];
  return { from, from_iso: '', to, to_iso: '', missing_bars: missing };
}

function trade(entry_price: number, exit_time: number | null): ResultTrade {
  const entry = { entry_time: START, entry_time_iso: '', entry_price, quantity: 1, fees: 0, slippage: 0 };
  return { ...entry, exit_time, exit_time_iso: null, exit_price: null, pnl: null, return: null, bars_held: null };
}

describe('noticesOf', () => {
  it('counts the gaps and names the longest', () => {
    expect(noticesOf({ warnings: [], gaps: [gap(5, 1), gap(24, 9), gap(50, 4)] })).toEqual([
      '3 gaps in the candles, 14 bars missing, the longest 9 bars, 2024-01-02 → 2024-01-02 09:00; nothing filled there.',
    ]);
  });

  it('says a single gap in one go', () => {
    expect(noticesOf({ warnings: ['Short test.'], gaps: [gap(5, 1)] })).toEqual([
      'Short test.',
      '1 gap in the candles, 1 bar missing, 2024-01-01 05:00 → 2024-01-01 06:00; nothing filled there.',
    ]);
  });

  it('are none when there is nothing to say', () => {
    expect(noticesOf({ warnings: [' '], gaps: [] })).toEqual([]);
  });
});

describe('openPositionNotice', () => {
  it('names entry and price with the digits that a cheap coin needs', () => {
    expect(openPositionNotice([trade(0.08, START), trade(0.0812345, null)], 'USDT')).toBe(
      'Open position since 2024-01-01 at 0.081235 USDT, valued at the last close',
    );
  });

  it('is none when every trade has its exit', () => {
    expect(openPositionNotice([trade(0.08, START)], 'USDT')).toBeNull();
  });
});
