import type { Decision } from '../domain/decision.js';
import { minus, plus, ratio, ZERO, type DecimalText } from '../domain/decimal.js';
import type { Finding } from '../domain/finding.js';
import type { Position } from '../domain/ledger.js';
import type { Reconciliation } from '../execution/reconciliation.js';
import type { OrderEntity } from '../persistence/entities/order.entity.js';
import type { GateReading, RiskLevel } from '../risk/risk-types.js';
import type { Book } from './book.js';
import type { LastBar } from './last-bar.js';
import type { ReportedOrder, TickOutcome, TickReport } from './tick-report.js';

/** How a tick ended. */
export interface Conclusion {
  readonly outcome: TickOutcome;
  readonly reason: string;
  readonly message?: string;
  readonly decision?: Decision;
  readonly order?: OrderEntity;
  readonly gates?: readonly GateReading[];
}

/** What a tick has found out; it is filled in as the tick gets on, so that one that is cut short reports how far it came. */
export interface Gathered {
  state?: Reconciliation;
  bar?: LastBar;
  findings?: readonly Finding[];
  /** After an order: what is held now. */
  position?: Position & { readonly holding: 'flat' | 'dust' | 'open' };
}

/** An order that nobody knows the outcome of, and one that rests, are looked at again after this. */
const SETTLE_MS = 60_000;
/** The exchange has not closed the candle yet. */
const STALE_MS = 15_000;

const AVERAGE_PLACES = 8;

export function reportOf(input: {
  readonly book: Book;
  readonly strategy: string;
  readonly at: number;
  readonly tookMs: number;
  readonly level: RiskLevel;
  readonly gathered: Gathered;
  readonly conclusion: Conclusion;
}): TickReport {
  const { book, strategy, at, tookMs, level, gathered, conclusion } = input;
  const { state, bar, findings = [] } = gathered;
  const { reason, message = null, decision = 'hold', order, gates = [] } = conclusion;
  const position = gathered.position ?? state?.position;
  const barred = level === 'HALTED' && ['held', 'refused', 'skipped'].includes(conclusion.outcome);
  return {
    at,
    botId: book.botId,
    mode: book.mode,
    symbol: book.symbol,
    timeframe: book.timeframe,
    strategy,
    outcome: barred ? 'halted' : conclusion.outcome,
    reason,
    message,
    decision,
    bar: bar === undefined ? null : { openTime: bar.openTime, close: bar.close, signal: bar.signal, indicators: bar.indicators },
    order: order === undefined ? null : reportedOrder(order),
    position: position === undefined ? null : { holding: position.holding, quantity: position.quantity },
    quoteInAccount: state === undefined ? null : quoteOf(state, order),
    level,
    findings,
    gates,
    changes: state?.changes ?? 0,
    tookMs: Math.round(tookMs),
    lookAgainMs: lookAgainMs(conclusion, gathered),
  };
}

function quoteOf({ balances, rules }: Reconciliation, order: OrderEntity | undefined): DecimalText {
  const held = Object.hasOwn(balances, rules.quote) ? plus(balances[rules.quote].free, balances[rules.quote].locked) : ZERO;
  if (order === undefined) return held;
  return order.side === 'buy' ? minus(held, order.executedQuote) : plus(held, order.executedQuote);
}

function reportedOrder({ clientOrderId, side, attempt, state, quantity, executedQuantity, executedQuote }: OrderEntity): ReportedOrder {
  return { clientOrderId, side, attempt, state, quantity, executedQuantity, averagePrice: ratio(executedQuote, executedQuantity, AVERAGE_PLACES) };
}

function lookAgainMs({ outcome, reason }: Conclusion, { state, findings = [] }: Gathered): number | null {
  if (outcome === 'unknown' || outcome === 'working' || (state?.unresolved.length ?? 0) > 0 || (state?.working.length ?? 0) > 0) return SETTLE_MS;
  if (reason === 'DATA.STALE' || findings.some(({ code }) => code === 'DATA.STALE')) return STALE_MS;
  return outcome === 'skipped' || reason.startsWith('EXIT.') ? SETTLE_MS : null;
}
