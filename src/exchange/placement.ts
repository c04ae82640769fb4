import { compare, type DecimalText } from '../domain/decimal.js';
import type { Refusal } from './binance-refusals.js';
import type { Placement, WireOrder, WireReport } from './trading-client.js';
import { neverLeft, REDIRECTED, type WireCall } from './wire-call.js';
import { Malformed, Contradiction } from './wire-shape.js';

/** How the replies of one exchange are read. */
export interface OrderReading {
  /** A certain no, from status and numeric code alone; null for everything else. */
  refusalOf(call: WireCall): Refusal | null;
  /** The code of an error, for texts; null where there is none. */
  codeOf(call: WireCall): string | null;
  /** The order that a good reply tells of. @throws Malformed */
  reportOf(call: WireCall, symbol: string): PlacedReport;
}

export interface PlacedReport extends WireReport {
  /** As the reply names it; null where it does not. */
  readonly type: WireOrder['type'] | 'other' | null;
  /** null where the reply names none. */
  readonly limitPrice: DecimalText | null;
}

/**
 * What became of sending an order: from what the wire has shown, by a list of what is certain. Everything else is unknown, whatever
 * the library makes of it, for money is lost by whoever takes an unknown outcome for a failure and sends again.
 */
export function placementOf(call: WireCall, order: WireOrder, reading: OrderReading): Placement {
  if (neverLeft(call)) return { kind: 'not_sent', message: `nothing was sent: ${call.failure ?? call.thrown ?? 'the library did not ask'}` };
  if (call.failure !== null || call.status === null) {
    const isRedirect = call.failure === REDIRECTED;
    return unknown(isRedirect ? 'the reply was a redirect, which no exchange sends' : `no whole reply came (${call.failure ?? 'unknown fault'})`, isRedirect);
  }
  if (call.status >= 200 && call.status < 300) return acceptanceOf(call, order, reading);
  const refusal = reading.refusalOf(call);
  if (refusal !== null) {
    const { code, message, consequence, retryAfterMs } = refusal;
    return { kind: 'refused', code: String(code), message, consequence, retryAfterMs };
  }
  const code = reading.codeOf(call);
  return unknown(`the reply was HTTP ${call.status}${code === null ? '' : `, ${code}`}, which says nothing certain`, call.status >= 300 && call.status < 400);
}

function acceptanceOf(call: WireCall, order: WireOrder, reading: OrderReading): Placement {
  let report: PlacedReport;
  try {
    report = reading.reportOf(call, order.symbol);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return unknown(`the reply cannot be read: ${error.message}`, error instanceof Contradiction);
  }
  const difference = differenceOf(report, order);
  if (difference !== null) return unknown(`the reply is about another order: ${difference}`, true);
  return { kind: 'accepted', report: plainReport(report) };
}

/** The report without what only a placement needs. */
export function plainReport({ type: _type, limitPrice: _price, ...report }: PlacedReport): WireReport {
  return report;
}

/** In which field the order told of is not the one that was sent; null where it is. */
function differenceOf(report: PlacedReport, order: WireOrder): string | null {
  if (report.symbol !== order.symbol) return 'the symbol differs';
  if (report.clientOrderId !== order.clientOrderId) return 'the client order id differs';
  if (report.side !== order.side) return 'the side differs';
  if (report.type !== null && report.type !== order.type) return 'the type differs';
  if (compare(report.quantity, order.quantity) !== 0) return 'the quantity differs';
  if (report.limitPrice !== null && order.limitPrice !== null && compare(report.limitPrice, order.limitPrice) !== 0) return 'the price differs';
  return null;
}

function unknown(message: string, alarm: boolean): Placement {
  return { kind: 'unknown', message, alarm };
}
