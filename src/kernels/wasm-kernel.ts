import { Buffer } from 'node:buffer';

import type { Candles } from '../domain/candles.js';
import { CASH, COINS, DEEPEST_PEAK, LOWEST, PEAK, PEAK_AT, TOTALS_LENGTH, TROUGH } from '../domain/curve-layout.js';
import { HELD_CASH, HELD_COINS, HOLDING_WIDTH, type HoldingColumns } from '../domain/holding-columns.js';
import type { Curve, Kernel, KernelRun } from '../domain/kernel.js';
import type { SignalList } from '../domain/signal.js';
import { EXACT_LIMIT } from '../domain/ticks.js';
import type { TradingRules } from '../domain/trading-rules.js';
import { CandleMemory, POINTS_A_TURN } from './candle-memory.js';
import type { KernelExports } from './kernel-exports.js';
import { ACCOUNT, RULES, TOTALS, TRADE_FIELDS } from './records.js';

/** The passes of kernels/assembly/, on memory of their own; what they give away is copied out. One per thread. */
export class WasmKernel implements Kernel {
  private readonly memory: CandleMemory;

  constructor(private readonly wasm: KernelExports) {
    this.memory = new CandleMemory(wasm);
  }

  smaCrossings(candles: Candles, fast: number, slow: number, tieMemory: number): SignalList | null {
    const { memory, wasm } = this;
    const ticks = candles.ticksOf('close');
    const { length: rows } = candles.origin.candles;
    if (ticks === null || ticks.largest * rows >= EXACT_LIMIT) return null;
    const parts = memory.reserve(candles, [4 * candles.length, candles.length]);
    if (parts === null) return null;
    const [signalRows, signalValues] = parts;
    const count = wasm.smaCrossings(memory.sums(candles), candles.length, fast, slow, tieMemory, signalRows, signalValues);
    return { rows: memory.takeWords(signalRows, count), values: memory.takeBytes(signalValues, count) };
  }

  simulate(candles: Candles, { rows, values }: SignalList, rules: TradingRules): KernelRun | null {
    const { memory, wasm } = this;
    if (candles.missingBars > 0 || rules.lot.quantityStep > 0) return null;
    const mostTrades = Math.ceil(rows.length / 2);
    const parts = memory.reserve(candles, [4 * rows.length, rows.length, 8 * TRADE_FIELDS * mostTrades, 8 * HOLDING_WIDTH * (rows.length + 1)]);
    if (parts === null) return null;
    const [signalRows, signalValues, trades, holdings] = parts;
    memory.put(signalRows, rows);
    memory.put(signalValues, values);
    this.putRules(rules);
    const atClose = rules.fill === 'close';
    const prices = memory.prices(candles, atClose ? 'close' : 'open');
    wasm.trade(memory.rules, memory.account, prices, candles.length, atClose ? 0 : 1, signalRows, signalValues, rows.length, trades, holdings);
    const account = memory.takeDoubles(memory.account, ACCOUNT.closedTrades + 1);
    return {
      ...this.mark(candles, holdings, account[ACCOUNT.cash], account[ACCOUNT.coins], rules.initialCapital),
      tradeRows: memory.takeDoubles(trades, TRADE_FIELDS * account[ACCOUNT.trades]),
      tradeCount: account[ACCOUNT.trades],
      closedTrades: account[ACCOUNT.closedTrades],
      barsLong: account[ACCOUNT.barsLong],
      turnover: account[ACCOUNT.turnover],
      refusedEntries: account[ACCOUNT.refusedEntries],
      refusedExits: account[ACCOUNT.refusedExits],
    };
  }

  curveOf(candles: Candles, { rows, count }: HoldingColumns, initialCapital: number): Curve | null {
    const { memory } = this;
    const fields = rows.subarray(0, count * HOLDING_WIDTH);
    const parts = memory.reserve(candles, [8 * fields.length]);
    if (parts === null) return null;
    const [holdings] = parts;
    memory.put(holdings, fields);
    const last = (count - 1) * HOLDING_WIDTH;
    return this.mark(candles, holdings, rows[last + HELD_CASH], rows[last + HELD_COINS], initialCapital);
  }

  /**
   * The curve, in parts that are copied out while the cache still has them.
   *
   * @param holdings address; the last one is of this cash and these coins
   */
  private mark(candles: Candles, holdings: number, cash: number, coins: number, initialCapital: number): Curve {
    const { memory, wasm } = this;
    const bars = candles.length;
    // Not zeroed first, as `new Float64Array(n)` would be: every point is written.
    const equity = new Float64Array(Buffer.allocUnsafeSlow(8 * (bars + 1)).buffer);
    const { doubles } = memory;
    const first = memory.points / 8;
    doubles[first] = equity[0] = initialCapital;
    wasm.startCurve(memory.totals, memory.prices(candles, 'close'), holdings, initialCapital);
    for (let from = 0; from < bars; from += POINTS_A_TURN) {
      const to = Math.min(bars, from + POINTS_A_TURN);
      wasm.markRows(from, to, memory.points);
      equity.set(doubles.subarray(first + 1, first + 1 + to - from), from + 1);
      doubles[first] = equity[to];
    }
    return { equity, totals: this.totalsOf(equity, cash, coins) };
  }

  /** The kernel knows heights and where to look for them; a look at the curve says which points they are. */
  private totalsOf(equity: Float64Array, cash: number, coins: number): Float64Array {
    const { memory } = this;
    const found = memory.takeDoubles(memory.totals, TOTALS.troughTo + 1);
    const { peak, peakFrom, peakTo, lowest, deepestPeak, deepestPeakFrom, deepestPeakTo, troughFrom, troughTo } = TOTALS;
    const totals = new Float64Array(TOTALS_LENGTH);
    totals.set(found.subarray(TOTALS.sums, peak));
    totals[PEAK] = found[peak];
    totals[PEAK_AT] = firstPoint(found[peakFrom], found[peakTo], (point) => equity[point] === found[peak]);
    totals[LOWEST] = found[lowest];
    const fell = found[lowest] < 1;
    totals[DEEPEST_PEAK] = fell ? firstPoint(found[deepestPeakFrom], found[deepestPeakTo], (point) => equity[point] === found[deepestPeak]) : -1;
    totals[TROUGH] = fell ? firstPoint(found[troughFrom], found[troughTo], (point) => equity[point] / found[deepestPeak] === found[lowest]) : -1;
    totals[CASH] = cash;
    totals[COINS] = coins;
    return totals;
  }

  private putRules({ initialCapital, costs, sizing, lot }: TradingRules): void {
    const { feeRate, feeFrom, slippage } = costs;
    const onTop = feeFrom === 'quote' ? 1 + feeRate : 1;
    const fields = new Float64Array(Object.keys(RULES).length);
    fields[RULES.initialCapital] = initialCapital;
    fields[RULES.slippage] = slippage;
    fields[RULES.feeRate] = feeRate;
    fields[RULES.costFactor] = onTop;
    fields[RULES.keptShare] = feeFrom === 'quote' ? 1 : 1 - feeRate;
    fields[RULES.minNotional] = lot.minNotional;
    fields[RULES.mostQuote] = sizing.rule === 'fixed_quote' ? sizing.quoteAmount * onTop : Infinity;
    fields[RULES.mostShare] = sizing.rule === 'fraction' ? sizing.fraction : Infinity;
    this.memory.put(this.memory.rules, fields);
  }
}

/** The first point after `from`, up to `to`, that is asked for; there is one. */
function firstPoint(from: number, to: number, isIt: (point: number) => boolean): number {
  for (let point = from + 1; point < to; point++) if (isIt(point)) return point;
  return to;
}
