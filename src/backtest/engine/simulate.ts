import type { Candles } from '../../domain/candles.js';
import { buyPrice, coinScale, exactCoins, purchase, sale, sellPrice } from '../../domain/costs.js';
import { HoldingColumns } from '../../domain/holding-columns.js';
import type { Curve, Kernel } from '../../domain/kernel.js';
import type { SignalList } from '../../domain/signal.js';
import { budgetFor } from '../../domain/sizing.js';
import type { FillRule, TradingRules } from '../../domain/trading-rules.js';
import { markCurve } from './mark-curve.js';
import {
  ENTRY_BAR,
  ENTRY_PRICE,
  EXIT_BAR,
  EXIT_PRICE,
  FEES,
  PROCEEDS,
  QUANTITY,
  SLIPPAGE,
  SPENT,
  TradeColumns,
} from './trade-columns.js';

export { FILL_RULES, type FillRule, type TradingRules } from '../../domain/trading-rules.js';

/** The curve has one value more than there are candles. */
export interface Simulation extends Curve, Trading {}

/** What a run does, without the curve that follows from it. */
export interface Trading {
  readonly trades: TradeColumns;
  /** Bars at whose close coins of an open trade were held. */
  readonly barsLong: number;
  /** Sum over all fills of their value / the equity right before them: how often the account was turned over. */
  readonly turnover: number;
  /** Orders that were not placed because the quantity or its value was below what the market trades. */
  readonly refusedEntries: number;
  readonly refusedExits: number;
}

/**
 * Trades a column of signals, long or flat. Pure: arrays in, numbers out.
 *
 * Signals of row i are known at its close. An order fills at the next open (or at this close, by the rule) of a bar that is
 * real; on missing bars it waits, and a contrary signal meanwhile calls it off. A position that is open at the end stays open and
 * is marked to the last close.
 *
 * @param kernel compiled code for the passes that it does; the result is the same without
 */
export function simulate(candles: Candles, signals: SignalList, rules: TradingRules, kernel: Kernel | null = null): Simulation {
  const run = kernel?.simulate(candles, signals, rules) ?? null;
  if (run !== null) {
    const { tradeRows, tradeCount, closedTrades, ...rest } = run;
    return { ...rest, trades: TradeColumns.of(tradeRows, tradeCount, closedTrades) };
  }
  const { holdings, ...trading } = trade(candles, signals, rules);
  const curve = kernel?.curveOf(candles, holdings, rules.initialCapital) ?? markCurve(candles.close, holdings, rules.initialCapital);
  return { ...curve, ...trading };
}

/** The trades and what they left in the account from one to the next: nothing here visits a bar without a fill. */
export function trade(candles: Candles, signals: SignalList, rules: TradingRules): Trading & { readonly holdings: HoldingColumns } {
  const account = new Account(candles, rules);
  const orders = new Orders(candles, signals, rules.fill);
  while (orders.find(1)) {
    const bar = orders.fillBar();
    if (bar < 0 || !account.buy(bar)) continue;
    let sold = false;
    while (!sold && orders.find(-1)) {
      const exit = orders.fillBar();
      sold = exit >= 0 && account.sell(exit);
    }
    if (!sold) break;
  }
  return account.finish();
}

/** Reads the signals in order and finds the bars in which they fill. */
class Orders {
  private next = 0;
  private readonly missing: Uint8Array | null;
  private readonly delay: 0 | 1;

  constructor(
    private readonly candles: Candles,
    private readonly signals: SignalList,
    fill: FillRule,
  ) {
    this.missing = candles.missingBars > 0 ? candles.missing : null;
    this.delay = fill === 'close' ? 0 : 1;
  }

  /** Steps to the next signal of this value; false when there is none. */
  find(value: 1 | -1): boolean {
    const { values } = this.signals;
    while (this.next < values.length && values[this.next] !== value) this.next++;
    return this.next < values.length;
  }

  /**
   * Row in which the order of the signal just found fills: the first real bar from its own (or the next) on; -1 when the data
   * ends first or a contrary signal calls it off while it waits. Signals that were known by then are read.
   */
  fillBar(): number {
    const { rows, values } = this.signals;
    const value = values[this.next];
    let bar = rows[this.next++] + this.delay;
    if (this.missing !== null) {
      for (; bar < this.candles.length && this.missing[bar] === 1; bar++) {
        // A signal known before the following bar can fill: that of this missing one (next open), or of the following (close).
        const known = bar + 1 - this.delay;
        if (this.next < rows.length && rows[this.next] === known && values[this.next++] !== value) return -1;
      }
    }
    return bar < this.candles.length ? bar : -1;
  }
}

/** Cash and coins. */
class Account {
  private readonly reference: Float64Array;
  private readonly trades = new TradeColumns();
  private readonly holdings = new HoldingColumns();
  private readonly scale: number;
  private cash: number;
  private coins = 0;
  private barsLong = 0;
  private turnover = 0;
  private refusedEntries = 0;
  private refusedExits = 0;

  constructor(
    private readonly candles: Candles,
    private readonly rules: TradingRules,
  ) {
    this.reference = rules.fill === 'close' ? candles.close : candles.open;
    this.scale = coinScale(rules.costs, rules.lot);
    this.cash = rules.initialCapital;
  }

  /** @returns false when the market does not trade that little: no order */
  buy(bar: number): boolean {
    const { sizing, costs, lot } = this.rules;
    const { cash, coins, trades } = this;
    const reference = this.reference[bar];
    const price = buyPrice(reference, costs);
    const equity = cash + coins * reference;
    const bought = purchase(budgetFor(sizing, cash, equity, costs), price, costs, lot);
    if (bought === null) {
      this.refusedEntries++;
      return false;
    }
    this.holdings.add(bar, cash, coins);
    this.cash = cash - bought.spent;
    this.coins = exactCoins(coins + bought.received, this.scale);
    this.turnover += (bought.quantity * price) / equity;
    const at = trades.enter();
    const { rows } = trades;
    rows[at + ENTRY_BAR] = bar;
    rows[at + ENTRY_PRICE] = price;
    rows[at + QUANTITY] = bought.quantity;
    rows[at + SPENT] = bought.spent;
    rows[at + FEES] = bought.fee;
    rows[at + SLIPPAGE] = bought.quantity * (price - reference);
    return true;
  }

  /** @returns false when the market does not trade that little: the position stays */
  sell(bar: number): boolean {
    const { costs, lot } = this.rules;
    const { cash, coins, trades } = this;
    const reference = this.reference[bar];
    const price = sellPrice(reference, costs);
    const sold = sale(coins, price, costs, lot);
    if (sold === null) {
      this.refusedExits++;
      return false;
    }
    this.holdings.add(bar, cash, coins);
    this.turnover += (sold.quantity * price) / (cash + coins * reference);
    this.cash = cash + sold.proceeds;
    this.coins = exactCoins(coins - sold.quantity, this.scale);
    const at = trades.exit();
    const { rows } = trades;
    this.barsLong += bar - rows[at + ENTRY_BAR];
    rows[at + EXIT_BAR] = bar;
    rows[at + EXIT_PRICE] = price;
    rows[at + PROCEEDS] = sold.proceeds;
    rows[at + FEES] += sold.fee;
    rows[at + SLIPPAGE] += sold.quantity * (reference - price);
    return true;
  }

  finish(): Trading & { readonly holdings: HoldingColumns } {
    const bars = this.candles.length;
    if (this.trades.isOpen) this.barsLong += bars - this.trades.at(this.trades.count - 1).entryBar;
    this.holdings.add(bars, this.cash, this.coins);
    const { trades, holdings, barsLong, turnover, refusedEntries, refusedExits } = this;
    return { trades, holdings, barsLong, turnover, refusedEntries, refusedExits };
  }
}
