import { simulate, type TradingRules } from '../../backtest/engine/simulate.js';
import type { Candles } from '../../domain/candles.js';
import { sale } from '../../domain/costs.js';
import { decide } from '../../domain/decision.js';
import { sliceSignals } from '../../domain/signal.js';
import type { BoundStrategy } from '../../strategy/trading-strategy.js';
import type { ParityFill, ParityRow } from './parity-row.js';

/** What the backtester does, bar by bar, from row `from` on: its own engine on the signals of the whole history. */
export function engineRows(strategy: BoundStrategy, history: Candles, from: number, rules: TradingRules): ParityRow[] {
  const { signals, indicators } = strategy.frame(history);
  const candles = history.slice(from);
  const { trades, equity } = simulate(candles, sliceSignals(strategy.signals(history), from, history.length), rules);
  const { fills, longAtClose } = fillsByBar(trades.toArray(), candles.length, rules);
  return Array.from({ length: candles.length }, (_, i): ParityRow => {
    const signal = signals[from + i];
    const values = Object.entries(indicators).map(([name, column]) => [name, Number.isFinite(column[from + i]) ? column[from + i] : null] as const);
    return { openTime: candles.openTime[i], signal, decision: decide(signal, longAtClose[i] === 1), fill: fills.get(i) ?? null, equity: equity[i + 1], indicators: Object.fromEntries(values) };
  });
}

interface RoundTrip {
  readonly entryBar: number;
  readonly entryPrice: number;
  readonly quantity: number;
  readonly exitBar: number | null;
  readonly exitPrice: number | null;
}

/** The trades as fills. What a sale sold is worked out as the engine does: from all coins that are held by then. */
function fillsByBar(trades: readonly RoundTrip[], bars: number, { costs, lot, fill }: TradingRules): { fills: Map<number, ParityFill>; longAtClose: Uint8Array } {
  const fills = new Map<number, ParityFill>();
  const longAtClose = new Uint8Array(bars);
  // An order that fills at a close is there at that close; what was decided with it was decided before.
  const delay = fill === 'close' ? 1 : 0;
  let held = 0;
  for (const { entryBar, entryPrice, quantity, exitBar, exitPrice } of trades) {
    fills.set(entryBar, { side: 'buy', price: entryPrice, quantity, fee: quantity * entryPrice * costs.feeRate });
    held += costs.feeFrom === 'received' ? quantity * (1 - costs.feeRate) : quantity;
    longAtClose.fill(1, entryBar + delay, exitBar === null ? bars : exitBar + delay);
    if (exitBar === null || exitPrice === null) continue;
    const sold = sale(held, exitPrice, costs, lot);
    if (sold === null) continue;
    fills.set(exitBar, { side: 'sell', price: exitPrice, quantity: sold.quantity, fee: sold.fee });
    held -= sold.quantity;
  }
  return { fills, longAtClose };
}
