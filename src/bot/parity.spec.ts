import fc from 'fast-check';

import { PaperBench } from '../../test/support/bot/paper-bench.js';
import { scripted } from '../../test/support/bot/scripted-strategy.js';
import { candlesOf, tapes } from '../../test/support/tapes.js';
import { rulesOf } from '../backtest/backtester.service.js';
import { simulate } from '../backtest/engine/simulate.js';
import type { Candles } from '../domain/candles.js';
import { listSignals } from '../domain/signal.js';

/** Limits of risk are no part of a backtest. */
const RISK = { max_position_size_usd: 1000, max_price_deviation_bps: 0, max_orders_per_hour: 0, max_orders_per_day: 0, max_daily_loss_usd: 0, max_drawdown_usd: 0, max_consecutive_losses: 0 };
const BARS = 60;

interface Side {
  readonly bar: number;
  readonly side: 'buy' | 'sell';
  readonly price: number;
  readonly quantity: number;
}

/** What a backtest trades, leg by leg. A purchase on the last bar is on nobody's tape yet. */
function backtested(candles: Candles, signals: Int8Array, bench: PaperBench): Side[] {
  const { trades } = simulate(candles, listSignals(signals), rulesOf(bench.config));
  return Array.from({ length: trades.count }, (_, k) => trades.at(k)).flatMap(({ entryBar, entryPrice, quantity, exitBar, exitPrice }): Side[] => [
    { bar: entryBar, side: 'buy', price: entryPrice, quantity },
    ...(exitBar === null || exitPrice === null ? [] : [{ bar: exitBar, side: 'sell' as const, price: exitPrice, quantity: NaN }]),
  ]);
}

/** What the bot trades over the same candles, one tick after each close. */
async function traded(candles: Candles, bench: PaperBench, restartBefore: ReadonlySet<number>, strategy: ReturnType<typeof scripted>): Promise<Side[]> {
  for (let bar = 0; bar < candles.length - 1; bar++) {
    if (restartBefore.has(bar)) bench.restart(strategy);
    await bench.tick(bar, 1000);
  }
  const orders = await bench.parts.orders.list({ states: ['FILLED'] }, { limit: 1000, offset: 0 });
  return orders.reverse().map(({ side, executedQuantity, executedQuote, plannedAt }) => ({
    bar: Math.floor((plannedAt - candles.openTime[0]) / candles.timeframeMs),
    side,
    price: Number(executedQuote) / Number(executedQuantity),
    quantity: side === 'buy' ? Number(executedQuantity) : NaN,
  }));
}

describe('the bot on paper', () => {
  it('trades what a backtest trades, over halts and restarts: bar, side, price and quantity', async () => {
    const cases = fc.record({
      tape: tapes(2),
      says: fc.array(fc.constantFrom(0, 0, 0, 1, -1), { minLength: BARS, maxLength: BARS }),
      restarts: fc.array(fc.integer({ min: 0, max: BARS }), { maxLength: 4 }),
    });
    let legs = 0;
    await fc.assert(
      fc.asyncProperty(cases, async ({ tape, says, restarts }) => {
        const candles = candlesOf(tape, BARS);
        const signals = Int8Array.from(says);
        const strategy = scripted(candles.openTime[0], { ...says }, { warmupBars: 0 });
        const settings = { risk: RISK, backtest: { sizing: 'fixed_quote', initial_capital: 100_000, quantity_step: 0.00001, min_notional: 5 } };
        const bench = await PaperBench.open(candles, strategy, { settings, entriesOverGaps: true });
        const expected = backtested(candles, signals, bench);
        const actual = await traded(candles, bench, new Set(restarts), strategy);
        legs += expected.length;
        expect(actual.map(({ bar, side }) => [bar, side])).toEqual(expected.map(({ bar, side }) => [bar, side]));
        actual.forEach(({ price, quantity }, k) => {
          expect(quantity).toBe(expected[k].quantity);
          expect(Math.abs(price / expected[k].price - 1)).toBeLessThan(1e-12);
        });
      }),
      { numRuns: 8 },
    );
    expect(legs).toBeGreaterThan(20);
  });
});
