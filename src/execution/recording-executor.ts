import type { Clock } from '../domain/clock.js';
import type { MarketRules } from '../domain/market-rules.js';
import type { TradingMode } from '../domain/order.js';
import type { Balances, WireOrder } from '../exchange/trading-client.js';
import type { OrderEntity } from '../persistence/entities/order.entity.js';
import type { NewOrder, OrderRepository, Transition } from '../persistence/repositories/order-repository.js';
import { clientOrderIdOf } from './client-order-id.js';
import type { Executor, OrderOutcome } from './executor.js';

/** An order that was decided on and sized; all that the ledger keeps of an intent. Its client id and its mode follow from the rest. */
export type OrderPlan = Pick<
  NewOrder,
  'botId' | 'strategy' | 'symbol' | 'signalId' | 'signalKey' | 'attempt' | 'side' | 'purpose' | 'reason' | 'quantity' | 'limitPrice' | 'stopPrice' | 'referencePrice' | 'lastTradeIdBefore'
> &
  Pick<WireOrder, 'type' | 'timeInForce'> & {
    /** The filters that it was made to fit. */
    readonly rules: MarketRules;
    /** What the account held when it was planned: evidence, should nobody hear what became of it. */
    readonly balancesBefore: Balances;
  };

export interface RecordedOrder {
  /** As it is in the ledger now. */
  readonly order: OrderEntity;
  readonly outcome: OrderOutcome;
}

/** Where an order stands in its way through here; a simulation may end the process at each. */
export const TRACE_POINTS = ['before intent', 'intent committed', 'executed', 'outcome committed'] as const;
export type TracePoint = (typeof TRACE_POINTS)[number];

const LONGEST_REASON = 200;

/**
 * The one way to an executor: the intent is durable before the first byte leaves, and what became of it is committed together with
 * the executions that it brought. Two commits in all.
 */
export class RecordingExecutor {
  constructor(
    private readonly inner: Executor,
    private readonly orders: OrderRepository,
    private readonly clock: Clock,
    private readonly trace: (point: TracePoint) => void = () => {},
  ) {}

  get mode(): TradingMode {
    return this.inner.mode;
  }

  get exchange(): string {
    return this.inner.exchange;
  }

  /**
   * Sends an order, once.
   *
   * @param nowMs exchange time, UTC ms
   * @throws LedgerError, InstanceLocked before anything was sent, when the intent cannot be committed (LEDGER.DUPLICATE: the signal has
   *   an order already); or after, when the outcome cannot: then the order stays SENDING, whoever called stops, and the next start
   *   finds out what became of it
   */
  async execute(plan: OrderPlan, nowMs: number): Promise<RecordedOrder> {
    const started = this.clock.monotonic();
    this.trace('before intent');
    const { id, clientOrderId, quantity, limitPrice, stopPrice, referencePrice } = await this.orders.planAndSend(this.intentOf(plan), nowMs);
    this.trace('intent committed');
    const { symbol, side, type, timeInForce } = plan;
    const outcome = await this.inner.execute({ symbol, clientOrderId, side, type, timeInForce, quantity, limitPrice, stopPrice, referencePrice }, nowMs);
    this.trace('executed');
    const order = await this.orders.move(id, transitionOf(outcome, nowMs + this.clock.monotonic() - started));
    this.trace('outcome committed');
    return { order, outcome };
  }

  private intentOf({ rules, ...plan }: OrderPlan): NewOrder {
    return {
      ...plan,
      mode: this.mode,
      exchange: this.exchange,
      clientOrderId: clientOrderIdOf(plan.signalKey, plan.attempt),
      baseAsset: rules.base,
      quoteAsset: rules.quote,
      lotStep: rules.lotStep,
      filters: { ...rules },
    };
  }
}

/** @param atMs UTC ms at which it became known */
function transitionOf(outcome: OrderOutcome, atMs: number): Transition {
  const at = Math.round(atMs);
  switch (outcome.kind) {
    case 'known': {
      const { state, exchangeOrderId, fills, reason } = outcome.report;
      return { to: state, at, exchangeOrderId, fills, ...(reason === null ? {} : { reason: reasonText(reason) }) };
    }
    case 'refused':
      return { to: 'REFUSED', at, reason: reasonText(`${outcome.code}: ${outcome.message}`) };
    case 'not_sent':
      return { to: 'NOT_SENT', at, reason: reasonText(outcome.message) };
    case 'unknown':
      return { to: 'UNKNOWN', at, reason: reasonText(outcome.message) };
  }
}

/** Words of an exchange may be long; the ledger keeps what a line shows. */
export function reasonText(text: string): string {
  return text.length <= LONGEST_REASON ? text : `${text.slice(0, LONGEST_REASON - 1)}…`;
}
