import { candles } from '../../test/support/candle-builder.js';
import type { BacktestRun } from './engine/run-backtest.js';
import { warningsOf, type WarningFacts } from './warnings.js';

interface Told extends Partial<Omit<WarningFacts, 'run'>> {
  readonly closedTrades?: number;
  readonly refusedEntries?: number;
  readonly refusedExits?: number;
  readonly gap?: number;
}

/** A run about which there is nothing to say, but for what is told. */
function warned({ closedTrades = 30, refusedEntries = 0, refusedExits = 0, gap = 0, ...facts }: Told = {}): string[] {
  const run = { candles: candles().flat(100, 10).gap(gap).flat(100, 5).build(), simulation: { refusedEntries, refusedExits }, trades: { trades: closedTrades } };
  return warningsOf({ run: run as unknown as BacktestRun, realData: true, spikes: 0, warmupBars: 5, warmupNeeded: 5, fill: 'next_open', ...facts });
}

describe('the warnings of a result', () => {
  it('are none where there is nothing to say', () => {
    expect(warned()).toEqual([]);
  });

  it.each<{ why: string; told: Told; says: RegExp }>([
    { why: 'made-up candles', told: { realData: false }, says: /made up by the built-in market/ },
    { why: 'no closed trade', told: { closedTrades: 0 }, says: /^No trade was closed/ },
    { why: 'one closed trade', told: { closedTrades: 1 }, says: /^Only 1 closed trade: with fewer than 30/ },
    { why: 'one trade too few', told: { closedTrades: 29 }, says: /^Only 29 closed trades: with fewer than 30/ },
    { why: 'halts of the exchange', told: { gap: 3 }, says: /^3 of 18 bars have no candle/ },
    { why: 'a spike', told: { spikes: 1 }, says: /^1 bar leaves its neighbours/ },
    { why: 'spikes', told: { spikes: 2 }, says: /^2 bars leave their neighbours/ },
    { why: 'a warm-up that is too short', told: { warmupBars: 4 }, says: /only 4 bars before the test, but the strategy asks for 5 bars/ },
    { why: 'no warm-up', told: { warmupBars: 0 }, says: /^The data begin where the test does, but the strategy asks for 5 bars/ },
    { why: 'fills that no bot can have', told: { fill: 'close' }, says: /^Orders fill at the very close that gave the signal/ },
    { why: 'purchases left out', told: { refusedEntries: 2 }, says: /^2 purchases were left out/ },
    { why: 'sales left out', told: { refusedExits: 3 }, says: /^3 sales were left out/ },
  ])('speak of $why, and of nothing else', ({ told, says }) => {
    expect(warned(told)).toEqual([expect.stringMatching(says)]);
  });

  it('come together where several apply, each a sentence', () => {
    const all = warned({ realData: false, closedTrades: 0, gap: 1, spikes: 1, warmupBars: 0, fill: 'close', refusedEntries: 1, refusedExits: 1 });
    expect(all).toHaveLength(8);
    for (const warning of all) expect(warning).toMatch(/^[A-Z0-9].+[.a-z]$/);
  });
});
