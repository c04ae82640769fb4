import type { Candles } from '../../domain/candles.js';
import { buyPrice, purchase, sale, sellPrice, type Costs, type Lot } from '../../domain/costs.js';
import type { SignalList } from '../../domain/signal.js';
import { budgetFor, type Sizing } from '../../domain/sizing.js';
import { CASH, COINS, holdCash, markStretch, startTotals, type CurveTotals } from './curve-totals.js';
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

/**
 * When an order fills: at the open of the bar after the signal (the default; what a bot can do), or at the close of the signal
 * bar itself (what a bot cannot quite do; offered for comparison and named in the result).
 */
export const FILL_RULES = ['next_open', 'close'] as const;
export type FillRule = (typeof FILL_RULES)[number];

/** Everything but the candles and the signals that decides what a run makes of them. */
export interface TradingRules {
  /** Quote currency at the start. */
  readonly initialCapital: number;
  readonly fill: FillRule;
  readonly costs: Costs;
  readonly sizing: Sizing;
  readonly lot: Lot;
}

export interface Simulation {
  /** Starting capital, then cash plus coins at the close of every bar: one value more than there are candles. */
  readonly equity: Float64Array;
  readonly trades: TradeColumns;
  readonly totals: CurveTotals;
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
 */
export function simulate(candles: Candles, signals: SignalList, rules: TradingRules): Simulation {
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

/** Cash, coins and the curve. Rows before `marked` have their equity. */
class Account {
  private readonly equity: Float64Array;
  private readonly totals: CurveTotals;
  private readonly reference: Float64Array;
  private readonly trades = new TradeColumns();
  private marked = 0;
  private barsLong = 0;
  private turnover = 0;
  private refusedEntries = 0;
  private refusedExits = 0;

  constructor(
    private readonly candles: Candles,
    private readonly rules: TradingRules,
  ) {
    this.reference = rules.fill === 'close' ? candles.close : candles.open;
    this.equity = new Float64Array(candles.length + 1);
    this.equity[0] = rules.initialCapital;
    this.totals = startTotals(rules.initialCapital);
  }

  /** @returns false when the market does not trade that little: no order */
  buy(bar: number): boolean {
    const { sizing, costs, lot } = this.rules;
    const { totals, trades } = this;
    const reference = this.reference[bar];
    const price = buyPrice(reference, costs);
    const equity = totals[CASH] + totals[COINS] * reference;
    const bought = purchase(budgetFor(sizing, totals[CASH], equity, costs), price, costs, lot);
    if (bought === null) {
      this.refusedEntries++;
      return false;
    }
    this.markTo(bar);
    totals[CASH] -= bought.spent;
    totals[COINS] += bought.received;
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
    const { totals, trades } = this;
    const reference = this.reference[bar];
    const price = sellPrice(reference, costs);
    const sold = sale(totals[COINS], price, costs, lot);
    if (sold === null) {
      this.refusedExits++;
      return false;
    }
    this.barsLong += bar - this.marked;
    this.markTo(bar);
    this.turnover += (sold.quantity * price) / (totals[CASH] + totals[COINS] * reference);
    totals[CASH] += sold.proceeds;
    totals[COINS] -= sold.quantity;
    const at = trades.exit();
    const { rows } = trades;
    rows[at + EXIT_BAR] = bar;
    rows[at + EXIT_PRICE] = price;
    rows[at + PROCEEDS] = sold.proceeds;
    rows[at + FEES] += sold.fee;
    rows[at + SLIPPAGE] += sold.quantity * (reference - price);
    return true;
  }

  finish(): Simulation {
    if (this.trades.isOpen) this.barsLong += this.candles.length - this.marked;
    this.markTo(this.candles.length);
    const { equity, totals, trades, barsLong, turnover, refusedEntries, refusedExits } = this;
    return { equity, totals, trades, barsLong, turnover, refusedEntries, refusedExits };
  }

  /** Marks the bars before `bar` with what is held now. */
  private markTo(bar: number): void {
    if (this.totals[COINS] !== 0) markStretch(this.totals, this.equity, this.candles.close, this.marked, bar);
    else holdCash(this.totals, this.equity, this.marked, bar);
    this.marked = bar;
  }
}
