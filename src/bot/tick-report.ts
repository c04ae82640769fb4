import type { Decision } from '../domain/decision.js';
import type { DecimalText } from '../domain/decimal.js';
import type { Finding } from '../domain/finding.js';
import { isoTime, shortTime } from '../domain/instant.js';
import type { OrderState, Side, TradingMode } from '../domain/order.js';
import type { Signal } from '../domain/signal.js';
import type { Timeframe } from '../domain/timeframe.js';
import type { GateReading, RiskLevel } from '../risk/risk-types.js';

/**
 * How a tick ended. `held`: nothing was wanted. `refused`: something was, and a rule or the exchange said no. `unfilled`: sent, and nobody
 * took it. `working`: it rests. `unknown`: sent, and nobody knows yet. `skipped`: the bot could not look. `halted`: it may not act.
 */
export type TickOutcome = 'held' | 'traded' | 'working' | 'unfilled' | 'refused' | 'unknown' | 'skipped' | 'halted';

/** The bar that was decided on. */
export interface ReportedBar {
  /** UTC ms. */
  readonly openTime: number;
  readonly close: number;
  readonly signal: Signal;
  /** Last row of every indicator; null while warming up. */
  readonly indicators: Readonly<Record<string, number | null>>;
}

export interface ReportedOrder {
  readonly clientOrderId: string;
  readonly side: Side;
  readonly attempt: number;
  readonly state: OrderState;
  readonly quantity: DecimalText;
  readonly executedQuantity: DecimalText;
  /** Mean price of what was executed, quote currency; null while nothing was. */
  readonly averagePrice: DecimalText | null;
}

/** Everything that one tick has to say. */
export interface TickReport {
  /** Exchange time where it was known, else local; UTC ms. */
  readonly at: number;
  readonly botId: string;
  readonly mode: TradingMode;
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly strategy: string;
  readonly outcome: TickOutcome;
  /** One of `BOT_REASONS`, or a code of the gate, of a finding or of an error. */
  readonly reason: string;
  /** In words, where the code does not say it all. */
  readonly message: string | null;
  readonly decision: Decision;
  /** null when the tick ended before there was one. */
  readonly bar: ReportedBar | null;
  readonly order: ReportedOrder | null;
  readonly position: { readonly holding: 'flat' | 'dust' | 'open'; readonly quantity: DecimalText } | null;
  /** Quote currency in the account, free and locked, less or plus what the order moved before its commission; null where it is not known. */
  readonly quoteInAccount: DecimalText | null;
  readonly level: RiskLevel;
  readonly findings: readonly Finding[];
  /** The gates as they were read; empty when nothing was proposed. */
  readonly gates: readonly GateReading[];
  /** What reconciliation changed in the ledger. */
  readonly changes: number;
  readonly tookMs: number;
  /** After how many ms another look is worth while, before the next candle closes; null: none is. */
  readonly lookAgainMs: number | null;
}

const MEANINGS: Readonly<Record<TickOutcome, string>> = {
  held: 'nothing to do',
  traded: 'traded',
  working: 'order rests',
  unfilled: 'nobody took the order',
  refused: 'refused',
  unknown: 'ORDER OF UNKNOWN OUTCOME',
  skipped: 'skipped',
  halted: 'HALTED',
};

/** One readable line. */
export function lineOf(report: TickReport): string {
  const { symbol, timeframe, bar, outcome, order, position, reason, message, findings, level, tookMs } = report;
  const what = [
    ...(order === null ? [] : [`${order.side} ${order.executedQuantity}${order.executedQuantity === order.quantity ? '' : ` of ${order.quantity}`}${order.averagePrice === null ? '' : ` at ${order.averagePrice}`} ${order.state}`]),
    `${MEANINGS[outcome]} (${reason}${message === null ? '' : `: ${message}`})`,
  ].join(', ');
  const said = bar === null ? '' : ` bar ${shortTime(bar.openTime)} close ${bar.close}${indicatorsOf(bar)}`;
  const held = position === null ? '' : `; ${position.holding === 'flat' ? 'flat' : `${position.holding === 'dust' ? 'dust' : 'long'} ${position.quantity}`}`;
  const against = findings.filter(({ stops, code }) => stops !== 'nothing' && code !== reason).map(({ code }) => code);
  return `${symbol} ${timeframe}${said}: ${what}${held}${level === 'ACTIVE' ? '' : `; ${level}`}${against.length === 0 ? '' : `; ${[...new Set(against)].join(', ')}`}; ${tookMs} ms`;
}

/** How loud it is: an error is for a person to look at, a warning is a refusal, a debug line only says that a bar was looked at again. */
export function levelOf({ outcome, reason, findings, changes }: TickReport): 'error' | 'warn' | 'log' | 'debug' {
  if (outcome === 'halted' || outcome === 'unknown' || findings.some(({ stops }) => stops === 'halt')) return 'error';
  if (outcome === 'refused' || outcome === 'skipped' || outcome === 'unfilled' || findings.some(({ stops }) => stops !== 'nothing')) return 'warn';
  return reason === 'HOLD.REPEATED' && changes === 0 ? 'debug' : 'log';
}

/** The report as programs read it: snake_case, times as text too. */
export function jsonOf(report: TickReport): Record<string, unknown> {
  const { bar, order, position } = report;
  return {
    at: report.at,
    at_iso: isoTime(report.at),
    bot_id: report.botId,
    mode: report.mode,
    symbol: report.symbol,
    timeframe: report.timeframe,
    strategy: report.strategy,
    outcome: report.outcome,
    reason: report.reason,
    message: report.message,
    decision: report.decision,
    bar: bar === null ? null : { open_time: bar.openTime, open_time_iso: isoTime(bar.openTime), close: bar.close, signal: bar.signal, indicators: bar.indicators },
    order:
      order === null
        ? null
        : { client_order_id: order.clientOrderId, side: order.side, attempt: order.attempt, state: order.state, quantity: order.quantity, executed_quantity: order.executedQuantity, average_price: order.averagePrice },
    position,
    quote_in_account: report.quoteInAccount,
    level: report.level,
    findings: report.findings,
    gates: report.gates,
    changes: report.changes,
    took_ms: report.tookMs,
    look_again_ms: report.lookAgainMs,
  };
}

function indicatorsOf({ signal, indicators }: ReportedBar): string {
  const says = { '1': 'buy', '0': 'nothing', '-1': 'sell' }[String(signal)];
  const values = Object.entries(indicators).map(([name, value]) => `${name} ${value === null ? '-' : value.toPrecision(8)}`);
  return ` says ${says}${values.length === 0 ? '' : ` (${values.join(', ')})`}`;
}
