/** One round trip. Bars are row numbers of the candles; an open trade has no exit. */
export interface SimulatedTrade {
  readonly entryBar: number;
  readonly entryPrice: number;
  /** Coins bought, before any fee. */
  readonly quantity: number;
  /** Quote currency that left at the entry, fee included. */
  readonly spent: number;
  readonly exitBar: number | null;
  readonly exitPrice: number | null;
  /** Quote currency that came back, after the fee. */
  readonly proceeds: number | null;
  /** Fees of both sides in quote currency. */
  readonly fees: number;
  /** What slippage cost on both sides, quote currency. */
  readonly slippage: number;
}

/** Fields of one row. */
export const ENTRY_BAR = 0;
export const ENTRY_PRICE = 1;
export const QUANTITY = 2;
export const SPENT = 3;
export const EXIT_BAR = 4;
export const EXIT_PRICE = 5;
export const PROCEEDS = 6;
export const FEES = 7;
export const SLIPPAGE = 8;
export const TRADE_WIDTH = 9;

/**
 * The trades of a run, nine doubles each in one growing array: a run makes thousands of them, a sweep millions, and as objects
 * they would cost more than the run itself. Only the last trade can be open.
 */
export class TradeColumns {
  /** The fields of trade k start at k * 9. */
  rows = new Float64Array(64 * TRADE_WIDTH);
  /** Trades, the open one included. */
  count = 0;
  /** Trades that have an exit. */
  closed = 0;

  /** @param rows what `rows` says, made elsewhere */
  static of(rows: Float64Array, count: number, closed: number): TradeColumns {
    return Object.assign(new TradeColumns(), { rows, count, closed });
  }

  /** Makes room for one more trade; its fields are the caller's to write, from the place returned on. */
  enter(): number {
    const at = this.count++ * TRADE_WIDTH;
    if (at === this.rows.length) this.grow();
    return at;
  }

  /** Closes the open trade; its exit fields are the caller's to write. */
  exit(): number {
    return this.closed++ * TRADE_WIDTH;
  }

  get isOpen(): boolean {
    return this.count > this.closed;
  }

  /** @param k 0 to count - 1 */
  at(k: number): SimulatedTrade {
    const [entryBar, entryPrice, quantity, spent, exitBar, exitPrice, proceeds, fees, slippage] = this.rows.subarray(k * TRADE_WIDTH, (k + 1) * TRADE_WIDTH);
    const open = k >= this.closed;
    return {
      entryBar,
      entryPrice,
      quantity,
      spent,
      exitBar: open ? null : exitBar,
      exitPrice: open ? null : exitPrice,
      proceeds: open ? null : proceeds,
      fees,
      slippage,
    };
  }

  toArray(): SimulatedTrade[] {
    return Array.from({ length: this.count }, (_, k) => this.at(k));
  }

  /** What each closed trade brought after all costs, quote currency. */
  profits(): Float64Array {
    const { rows } = this;
    const profits = new Float64Array(this.closed);
    for (let k = 0; k < profits.length; k++) profits[k] = rows[k * TRADE_WIDTH + PROCEEDS] - rows[k * TRADE_WIDTH + SPENT];
    return profits;
  }

  private grow(): void {
    const larger = new Float64Array(this.rows.length * 2);
    larger.set(this.rows);
    this.rows = larger;
  }
}
