import type { Candles } from '../../src/domain/candles.js';
import { buyPrice, coinScale, exactCoins, purchase, sale, sellPrice } from '../../src/domain/costs.js';
import { decide } from '../../src/domain/decision.js';
import { budgetFor } from '../../src/domain/sizing.js';
import type { Simulation, TradingRules } from '../../src/backtest/engine/simulate.js';
import type { SimulatedTrade } from '../../src/backtest/engine/trade-columns.js';

export interface OracleRun {
  readonly equity: number[];
  readonly trades: SimulatedTrade[];
  readonly barsLong: number;
  readonly turnover: number;
  readonly refusedEntries: number;
  readonly refusedExits: number;
}

/**
 * The trading rules, told one bar at a time and in the order in which a bot lives through them. Slow and plain on purpose: it
 * shares the arithmetic of costs, sizing and decisions with the engine and nothing of its structure.
 *
 * 1. An order that waits fills at the open of this bar if the bar is real; a refused one is dropped and not tried again.
 * 2. The account is marked at the close.
 * 3. The signal of the close may change what is wanted; wanting back what is held calls a waiting order off.
 *
 * With `fill: 'close'` the signal speaks first, and what it wants is filled at the close before the account is marked.
 */
export function tradeBarByBar(candles: Candles, signals: Int8Array, rules: TradingRules): OracleRun {
  const { costs, lot, sizing, fill, initialCapital } = rules;
  let cash = initialCapital;
  let coins = 0;
  let wantsLong = false;
  let held: SimulatedTrade | null = null;
  const closed: SimulatedTrade[] = [];
  const equity = [initialCapital];
  let [barsLong, turnover, refusedEntries, refusedExits] = [0, 0, 0, 0];

  const listen = (bar: number): void => {
    const decision = decide(signals[bar], wantsLong);
    if (decision !== 'hold') wantsLong = decision === 'buy';
  };

  const enter = (bar: number, reference: number): void => {
    const worth = cash + coins * reference;
    const price = buyPrice(reference, costs);
    const bought = purchase(budgetFor(sizing, cash, worth, costs), price, costs, lot);
    if (bought === null) {
      refusedEntries++;
      wantsLong = false;
      return;
    }
    cash -= bought.spent;
    coins = exactCoins(coins + bought.received, coinScale(costs, lot));
    turnover += (bought.quantity * price) / worth;
    held = {
      entryBar: bar,
      entryPrice: price,
      quantity: bought.quantity,
      spent: bought.spent,
      exitBar: null,
      exitPrice: null,
      proceeds: null,
      fees: bought.fee,
      slippage: bought.quantity * (price - reference),
    };
  };

  const leave = (bar: number, reference: number, trade: SimulatedTrade): void => {
    const worth = cash + coins * reference;
    const price = sellPrice(reference, costs);
    const sold = sale(coins, price, costs, lot);
    if (sold === null) {
      refusedExits++;
      wantsLong = true;
      return;
    }
    cash += sold.proceeds;
    coins = exactCoins(coins - sold.quantity, coinScale(costs, lot));
    turnover += (sold.quantity * price) / worth;
    const fees = trade.fees + sold.fee;
    const slippage = trade.slippage + sold.quantity * (reference - price);
    closed.push({ ...trade, exitBar: bar, exitPrice: price, proceeds: sold.proceeds, fees, slippage });
    held = null;
  };

  const settle = (bar: number, reference: number): void => {
    if (candles.missing[bar] === 1) return;
    if (wantsLong && held === null) enter(bar, reference);
    else if (!wantsLong && held !== null) leave(bar, reference, held);
  };

  for (let bar = 0; bar < candles.length; bar++) {
    if (fill === 'close') {
      listen(bar);
      settle(bar, candles.close[bar]);
    } else {
      settle(bar, candles.open[bar]);
    }
    equity.push(cash + coins * candles.close[bar]);
    if (held !== null) barsLong++;
    if (fill === 'next_open') listen(bar);
  }
  return { equity, trades: held === null ? closed : [...closed, held], barsLong, turnover, refusedEntries, refusedExits };
}

/** A run of the engine in the oracle's words, for comparison bit for bit. */
export function asOracleRun({ equity, trades, barsLong, turnover, refusedEntries, refusedExits }: Simulation): OracleRun {
  return { equity: Array.from(equity), trades: trades.toArray(), barsLong, turnover, refusedEntries, refusedExits };
}
