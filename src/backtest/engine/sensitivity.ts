import type { Candles } from '../../domain/candles.js';
import { HELD_CASH, HELD_COINS, HOLDING_WIDTH } from '../../domain/holding-columns.js';
import type { SignalList } from '../../domain/signal.js';
import { FILL_RULES, trade, type FillRule, type TradingRules } from './simulate.js';

/** What becomes of a run under other costs: the same signals, traded anew. */
export interface Sensitivity {
  /** Rows of the tables, as fractions: none, those of the run, twice as much. */
  readonly feeRates: readonly number[];
  /** Columns of the tables, bps: none, that of the run, three times as much. */
  readonly slippagesBps: readonly number[];
  /** Total return by fee and slippage, one table for each rule of filling. */
  readonly tables: readonly { readonly fill: FillRule; readonly returns: readonly (readonly number[])[] }[];
  /** Fee and slippage of the run together, bps per side. */
  readonly chargedBps: number;
  readonly breakEven: BreakEven;
}

/**
 * Fee and slippage together, bps per side, at which nothing is left of the return, both grown alike. `loses_anyway`: not even without any
 * cost does it earn; `bears_more` than 1,000 bps; `no_trades`: costs change nothing.
 */
export type BreakEven = { readonly kind: 'at'; readonly bps: number } | { readonly kind: 'loses_anyway' | 'bears_more' | 'no_trades' };

const BPS = 1e4;
/** Ten per cent per side. */
const MOST_BPS = 1000;
/** How closely the break-even is found, bps. */
const CLOSE_BPS = 0.01;

/**
 * @param candles the tested ones
 * @param signals of these very candles
 * @param rules of the run
 */
export function sensitivityOf(candles: Candles, signals: SignalList, rules: TradingRules): Sensitivity {
  const { feeRate, slippage } = rules.costs;
  const feeRates = feeRate > 0 ? [0, feeRate, 2 * feeRate] : [0, 0.0005, 0.001];
  const slippagesBps = slippage > 0 ? [0, slippage * BPS, 3 * slippage * BPS] : [0, 2, 5];
  const returnAt = (fee: number, slippageBps: number, fill: FillRule): number => totalReturn(candles, signals, { ...rules, fill, costs: { ...rules.costs, feeRate: fee, slippage: slippageBps / BPS } });
  return {
    feeRates,
    slippagesBps,
    tables: FILL_RULES.map((fill) => ({ fill, returns: feeRates.map((fee) => slippagesBps.map((bps) => returnAt(fee, bps, fill))) })),
    chargedBps: (feeRate + slippage) * BPS,
    breakEven: breakEvenOf(candles, signals, rules),
  };
}

function breakEvenOf(candles: Candles, signals: SignalList, rules: TradingRules): BreakEven {
  if (trade(candles, signals, rules).trades.count === 0) return { kind: 'no_trades' };
  const { feeRate, slippage } = rules.costs;
  const charged = feeRate + slippage;
  const feeShare = charged > 0 ? feeRate / charged : 1;
  const earns = (bps: number): boolean => totalReturn(candles, signals, { ...rules, costs: { ...rules.costs, feeRate: (bps / BPS) * feeShare, slippage: (bps / BPS) * (1 - feeShare) } }) > 0;
  if (!earns(0)) return { kind: 'loses_anyway' };
  if (earns(MOST_BPS)) return { kind: 'bears_more' };
  // Where more costs by chance earn more (a purchase that the market's least value refuses), one of several answers is found.
  let [good, bad] = [0, MOST_BPS];
  while (bad - good > CLOSE_BPS) {
    const middle = (good + bad) / 2;
    if (earns(middle)) good = middle;
    else bad = middle;
  }
  return { kind: 'at', bps: good };
}

/** Without the curve: only bars with a fill are visited, so that a table takes no longer than a run. */
function totalReturn(candles: Candles, signals: SignalList, rules: TradingRules): number {
  if (candles.length === 0) return 0;
  const { holdings } = trade(candles, signals, rules);
  const last = (holdings.count - 1) * HOLDING_WIDTH;
  const worth = holdings.rows[last + HELD_CASH] + holdings.rows[last + HELD_COINS] * candles.close[candles.length - 1];
  return worth / rules.initialCapital - 1;
}
