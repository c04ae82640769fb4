import fc from 'fast-check';

import { simulate, type TradingRules } from '../../src/backtest/engine/simulate.js';
import type { SimulatedTrade } from '../../src/backtest/engine/trade-columns.js';
import type { Candles } from '../../src/domain/candles.js';
import { FEE_SOURCES } from '../../src/domain/costs.js';
import { decide } from '../../src/domain/decision.js';
import { fromNumber } from '../../src/domain/decimal.js';
import type { MarketRules } from '../../src/domain/market-rules.js';
import { holdingAt, purchaseQuantity, saleQuantity } from '../../src/domain/quantities.js';
import { listSignals } from '../../src/domain/signal.js';
import { budgetFor } from '../../src/domain/sizing.js';
import { CandlePrices } from '../../src/execution/paper/candle-prices.js';
import { plainRules } from '../../src/execution/paper/paper-market.js';
import type { NewFill } from '../../src/persistence/booking/book-fills.js';
import { markets } from '../support/arbitraries.js';
import { candles as candlesOf } from '../support/candle-builder.js';
import { PaperBench } from '../support/paper/paper-bench.js';

type PaperTrade = Pick<SimulatedTrade, 'entryBar' | 'exitBar' | 'entryPrice' | 'exitPrice' | 'quantity' | 'fees'>;

/** The trading rules of a backtest, lived through bar by bar with the paper executor and exact amounts. */
class PaperLife {
  readonly trades: PaperTrade[] = [];
  private readonly bench: PaperBench;
  private readonly market: MarketRules;
  private open: PaperTrade | null = null;
  private wantsLong = false;

  constructor(
    private readonly candles: Candles,
    private readonly rules: TradingRules,
  ) {
    const { quantityStep, minNotional } = rules.lot;
    this.market = plainRules(candles.symbol, { priceStep: '0', quantityStep: fromNumber(quantityStep), minNotional: fromNumber(minNotional) });
    this.bench = new PaperBench(new CandlePrices(candles), rules.costs, fromNumber(rules.initialCapital), this.market);
  }

  async live(signals: Int8Array): Promise<readonly PaperTrade[]> {
    for (let bar = 0; bar < this.candles.length; bar++) {
      if (this.wantsLong && this.open === null) await this.enter(bar);
      else if (!this.wantsLong && this.open !== null) await this.leave(bar, this.open);
      const decision = decide(signals[bar], this.wantsLong);
      if (decision !== 'hold') this.wantsLong = decision === 'buy';
    }
    return this.open === null ? this.trades : [...this.trades, this.open];
  }

  private async enter(bar: number): Promise<void> {
    const { sizing, costs, initialCapital } = this.rules;
    const price = await this.bench.executor.fillPrice(this.candles.symbol, 'buy', this.candles.openTime[bar]);
    if (price === null) return;
    const budget = budgetFor(sizing, initialCapital, initialCapital, costs);
    const quantity = purchaseQuantity(fromNumber(budget), fromNumber(price), this.market, costs);
    if (quantity === null) {
      this.wantsLong = false;
      return;
    }
    const fill = await this.fill('buy', quantity, bar);
    const bought = Number(fill.quantity);
    // A fee in coins is worth what the backtest says: its share of the value.
    const fees = costs.feeFrom === 'quote' ? Number(fill.commission) : bought * Number(fill.price) * costs.feeRate;
    this.open = { entryBar: bar, exitBar: null, entryPrice: Number(fill.price), exitPrice: null, quantity: bought, fees };
  }

  private async leave(bar: number, open: PaperTrade): Promise<void> {
    const price = await this.bench.executor.fillPrice(this.candles.symbol, 'sell', this.candles.openTime[bar]);
    if (price === null) return;
    const { quantity: held } = this.bench.position;
    const quantity = holdingAt(held, this.market, fromNumber(price)) === 'open' ? saleQuantity(held, held, this.market) : null;
    if (quantity === null) {
      this.wantsLong = true;
      return;
    }
    const fill = await this.fill('sell', quantity, bar);
    this.trades.push({ ...open, exitBar: bar, exitPrice: Number(fill.price), fees: open.fees + Number(fill.commission) });
    this.open = null;
  }

  private async fill(side: 'buy' | 'sell', quantity: string, bar: number): Promise<NewFill> {
    const outcome = await this.bench.trade(this.bench.order(side, quantity), this.candles.openTime[bar]);
    if (outcome.kind !== 'known' || outcome.report.state !== 'FILLED') throw new Error(`${side} ${quantity} at bar ${bar}: ${JSON.stringify(outcome)}`);
    return outcome.report.fills[0];
  }
}

function comparable({ entryBar, exitBar, entryPrice, exitPrice, quantity, fees }: SimulatedTrade): PaperTrade {
  return { entryBar, exitBar, entryPrice, exitPrice, quantity, fees };
}

/** Accounts that can always pay for a position of fixed size, so that no budget depends on what was won before. */
function settings(): fc.Arbitrary<TradingRules> {
  return fc.record({
    initialCapital: fc.constant(1e7),
    fill: fc.constant('next_open' as const),
    costs: fc.record({ feeRate: fc.constantFrom(0, 0.001, 0.00075, 0.01), feeFrom: fc.constantFrom(...FEE_SOURCES), slippage: fc.constantFrom(0, 0.0002, 0.0005, 0.02) }),
    sizing: fc.record({ rule: fc.constant('fixed_quote' as const), quoteAmount: fc.constantFrom(10, 100, 999.99, 5000), fraction: fc.constant(1) }),
    lot: fc.record({ quantityStep: fc.constantFrom(0, 0.00001, 0.001, 0.1, 1), minNotional: fc.constantFrom(0, 5, 9.5) }),
  });
}

/** Beyond, the doubles of a backtest do not hold the small part of a step that a fee leaves; no market has positions of so many. */
const MOST_STEPS = 1e10;

function stepsBought({ low }: Candles, { sizing, lot }: TradingRules): number {
  return lot.quantityStep === 0 ? 0 : sizing.quoteAmount / Math.min(...low) / lot.quantityStep;
}

/** Equal round trips, whose leftovers come to whole steps sooner or later. */
function steadyMarkets(): fc.Arbitrary<{ readonly candles: Candles; readonly signals: Int8Array }> {
  return fc.record({ price: fc.integer({ min: 100, max: 10_000_000 }), bars: fc.integer({ min: 2, max: 60 }) }).map(({ price, bars }) => ({
    candles: candlesOf().flat(price / 100, bars).build(),
    signals: Int8Array.from({ length: bars }, (_, bar) => (bar % 2 === 0 ? 1 : -1)),
  }));
}

describe('paper trades and those of a backtest', () => {
  it('are the same to the last bit: bars, prices, quantities and fees', async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(fc.oneof(markets({ maxBars: 50 }), steadyMarkets()), settings(), async ({ candles, signals }, rules) => {
        fc.pre(stepsBought(candles, rules) < MOST_STEPS);
        const expected = simulate(candles, listSignals(signals), rules).trades.toArray().map(comparable);
        expect(await new PaperLife(candles, rules).live(signals)).toEqual(expected);
        compared += expected.length;
      }),
      { numRuns: 500 },
    );
    expect(compared).toBeGreaterThan(500);
  });

  it('are the same when what is left over from many of them makes a whole step', async () => {
    // 49.995 coins less 0.075 %: 0.00000375 stay behind each time, and the eighth sale has three steps more.
    const candles = candlesOf().flat(100.01, 60).build();
    const signals = Int8Array.from({ length: 60 }, (_, bar) => (bar % 2 === 0 ? 1 : -1));
    const rules: TradingRules = {
      initialCapital: 1e7,
      fill: 'next_open',
      costs: { feeRate: 0.00075, feeFrom: 'received', slippage: 0 },
      sizing: { rule: 'fixed_quote', quoteAmount: 5000, fraction: 1 },
      lot: { quantityStep: 0.00001, minNotional: 0 },
    };
    const expected = simulate(candles, listSignals(signals), rules).trades.toArray().map(comparable);
    expect(expected).toHaveLength(30);
    expect(await new PaperLife(candles, rules).live(signals)).toEqual(expected);
  });
});
