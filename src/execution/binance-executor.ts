import type { Clock } from '../domain/clock.js';
import { TradingBotError } from '../domain/errors.js';
import { FINAL_STATES } from '../domain/order.js';
import type { TradingClient, WireReport } from '../exchange/trading-client.js';
import { Executor, type ExecutionReport, type LookUp, type OrderOutcome, type OrderRequest, type SentOrder } from './executor.js';
import { contradictionOf, reportOf } from './wire-reports.js';

/** How long we wait between questions for the executions of an order, ms. The exchange tells of an order and of its trades from two places. */
const PAUSES_MS = [0, 250, 500, 1000, 2000];

type Complete = { readonly kind: 'complete'; readonly report: ExecutionReport } | { readonly kind: 'doubtful'; readonly message: string; readonly alarm: boolean };

/**
 * Carries orders out on an exchange. Made for Binance, whose answers the client under it knows; others work the same, with fewer certain
 * refusals. What is reported as known is known whole: an order without all of its executions is an order of unknown outcome.
 */
export class BinanceExecutor extends Executor {
  readonly mode = 'live';

  constructor(
    private readonly client: TradingClient,
    private readonly clock: Clock,
  ) {
    super();
  }

  get exchange(): string {
    return this.client.exchange;
  }

  async execute(order: OrderRequest): Promise<OrderOutcome> {
    const placement = await this.client.place(order);
    if (placement.kind !== 'accepted') return placement;
    const { report } = placement;
    const contradiction = contradictionOf(report, { ...order, exchangeOrderId: null });
    if (contradiction !== null) return { kind: 'unknown', message: contradiction, alarm: true };
    const completed = await this.complete(report, { ...order, exchangeOrderId: report.exchangeOrderId });
    return completed.kind === 'complete' ? { kind: 'known', report: completed.report } : { kind: 'unknown', message: completed.message, alarm: completed.alarm };
  }

  async lookUp(order: SentOrder): Promise<LookUp> {
    return this.answer(async () => {
      const report = await this.find(order);
      if (report === null) return { kind: 'not_found' };
      const contradiction = contradictionOf(report, order);
      if (contradiction !== null) return { kind: 'unavailable', message: contradiction, alarm: true };
      return found(await this.complete(report, { ...order, exchangeOrderId: report.exchangeOrderId }));
    });
  }

  /** By exchange id: a cancel may give the order another client id. Whatever the exchange says to it, the order itself is looked at. */
  async cancel(order: SentOrder): Promise<LookUp> {
    if (order.exchangeOrderId === null) {
      const known = await this.lookUp(order);
      if (known.kind !== 'found' || FINAL_STATES.includes(known.report.state)) return known;
      return this.cancel({ ...order, exchangeOrderId: known.report.exchangeOrderId });
    }
    const { symbol, exchangeOrderId } = order;
    const cancellation = await this.client.cancel(symbol, exchangeOrderId);
    if (cancellation.kind === 'done' && contradictionOf(cancellation.report, order) === null) {
      const completed = await this.answer(async () => found(await this.complete(cancellation.report, order)));
      if (isDone(completed)) return completed;
    }
    return this.untilDone(order, cancellation.kind === 'unknown' ? cancellation.message : 'it may show later what the exchange did');
  }

  /** A view that trails the engine may still show the order as open for a moment. */
  private async untilDone(order: SentOrder, doubt: string): Promise<LookUp> {
    let last: LookUp = { kind: 'not_found' };
    for (const pauseMs of PAUSES_MS) {
      if (pauseMs > 0) await this.clock.sleep(pauseMs);
      last = await this.lookUp(order);
      if (isDone(last)) return last;
    }
    if (last.kind !== 'found') return last;
    return { kind: 'unavailable', message: `The cancel of order ${order.clientOrderId} is not confirmed: ${doubt}` };
  }

  /** The order with all of its executions, when they can be had. An order that is filled meanwhile is read again. */
  private async complete(first: WireReport, order: SentOrder): Promise<Complete> {
    const given = reportOf(first, first.trades ?? [], order);
    if (given.kind !== 'incomplete') return given;
    let report: WireReport = first;
    let doubt = given.message;
    for (const pauseMs of PAUSES_MS) {
      if (pauseMs > 0) await this.clock.sleep(pauseMs);
      try {
        const trades = await this.client.tradesOfOrder(order.symbol, report.exchangeOrderId);
        const result = reportOf(report, trades, order);
        if (result.kind !== 'incomplete') return result;
        doubt = result.message;
        report = (await this.client.orderByExchangeId(order.symbol, report.exchangeOrderId)) ?? report;
        const contradiction = contradictionOf(report, order);
        if (contradiction !== null) return { kind: 'doubtful', message: contradiction, alarm: true };
      } catch (error) {
        doubt = wordsOf(error);
      }
    }
    return { kind: 'doubtful', message: `Order ${order.clientOrderId} is ${report.state}, but its executions are not all known: ${doubt}`, alarm: false };
  }

  private async find({ symbol, clientOrderId, exchangeOrderId }: SentOrder): Promise<WireReport | null> {
    return exchangeOrderId === null ? this.client.orderByClientId(symbol, clientOrderId) : this.client.orderByExchangeId(symbol, exchangeOrderId);
  }

  private async answer(ask: () => Promise<LookUp>): Promise<LookUp> {
    try {
      return await ask();
    } catch (error) {
      return { kind: 'unavailable', message: wordsOf(error) };
    }
  }
}

function found(completed: Complete): LookUp {
  return completed.kind === 'complete' ? { kind: 'found', report: completed.report } : { kind: 'unavailable', message: completed.message, alarm: completed.alarm };
}

function isDone(answer: LookUp): boolean {
  return answer.kind === 'found' && FINAL_STATES.includes(answer.report.state);
}

/** What the exchange did is an answer; anything else is a fault of ours, and goes up. */
function wordsOf(error: unknown): string {
  if (error instanceof TradingBotError) return error.message;
  throw error;
}
