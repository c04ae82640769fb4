import type { Candles } from '../../src/domain/candles.js';
import { signalColumn } from '../../src/domain/signal.js';
import { simulate, type FillRule, type TradingRules } from '../../src/backtest/engine/simulate.js';
import { firstDifference } from '../support/bits.js';
import { asOracleRun, tradeBarByBar } from '../support/oracle.js';
import { describeWithRealCandles, realCandles } from '../support/real-candles.js';
import { strategyRegistry } from '../support/strategies.js';

const registry = await strategyRegistry();

const FILES = [
  { file: 'BTC_USDT_1h.csv.gz', missingBars: 128, fast: 10, slow: 50 },
  { file: 'ADA_USDT_1h.csv.gz', missingBars: 87, fast: 5, slow: 21 },
  { file: 'ETH_USDT_1d.csv', missingBars: 0, fast: 3, slow: 9 },
  { file: 'outages/2018-02/BTC_USDT_1m.csv.gz', missingBars: 2060, fast: 4, slow: 15 },
  { file: 'BTC_USDT_1m.csv.gz', missingBars: 80, fast: 10, slow: 50 },
];

function rulesOf(fill: FillRule): TradingRules {
  return {
    initialCapital: 10_000,
    fill,
    costs: { feeRate: 0.001, feeFrom: 'received', slippage: 0.0005 },
    sizing: { rule: 'all_in', quoteAmount: 0, fraction: 1 },
    lot: { quantityStep: 0.00001, minNotional: 5 },
  };
}

/** The engine and the loop on the same signals; equal bit for bit, and no fill where there is no candle. */
function expectAgreement(candles: Candles, signals: Int8Array, list: Parameters<typeof simulate>[1], fill: FillRule): number {
  const rules = rulesOf(fill);
  const { equity, trades, ...counts } = asOracleRun(simulate(candles, list, rules));
  const { equity: expectedEquity, trades: expectedTrades, ...expectedCounts } = tradeBarByBar(candles, signals, rules);
  expect(firstDifference(equity, expectedEquity)).toBeNull();
  expect(counts).toStrictEqual(expectedCounts);
  expect(trades.length).toBe(expectedTrades.length);
  const fields = (list: typeof trades): number[] => list.flatMap((trade) => Object.values(trade) as number[]);
  expect(firstDifference(fields(trades), fields(expectedTrades))).toBeNull();
  const rows = trades.flatMap(({ entryBar, exitBar }) => (exitBar === null ? [entryBar] : [entryBar, exitBar]));
  expect(rows.filter((row) => candles.missing[row] === 1)).toEqual([]);
  return trades.length;
}

describeWithRealCandles('recorded markets', () => {
  describe.each(FILES)('$file', ({ file, missingBars, fast, slow }) => {
    const candles = realCandles(file);

    it('has the halts that are known of it', () => {
      expect(candles.missingBars).toBe(missingBars);
    });

    it.each(['next_open', 'close'] as const)('is traded alike by the engine and bar by bar, filling at %s', (fill) => {
      const strategy = registry.bind('sma_cross', { fast_window: fast, slow_window: slow });
      const { signals } = strategy.frame(candles);
      const list = strategy.signals(candles);
      expect(firstDifference(signalColumn(list, candles.length), signals)).toBeNull();
      expect(expectAgreement(candles, signals, list, fill)).toBeGreaterThan(50);
    });

    if (missingBars > 0) {
      it('fills what was ordered before or during a halt on the first bar after it', () => {
        // An entry on the last bar before every halt, an exit on the second bar after it.
        const signals = new Int8Array(candles.length);
        const firstAfter: number[] = [];
        for (let i = 1; i < candles.length; i++) {
          if (candles.missing[i] === 1 && candles.missing[i - 1] === 0) signals[i - 1] = 1;
          if (candles.missing[i] === 0 && candles.missing[i - 1] === 1) {
            firstAfter.push(i);
            signals[i + 1] = -1;
          }
        }
        const rows = Int32Array.from(signals.keys()).filter((row) => signals[row] !== 0);
        const list = { rows, values: Int8Array.from(rows, (row) => signals[row]) };
        expectAgreement(candles, signals, list, 'next_open');
        const { trades } = simulate(candles, list, rulesOf('next_open'));
        expect(trades.toArray().map(({ entryBar }) => entryBar)).toEqual(firstAfter);
      });
    }
  });
});
