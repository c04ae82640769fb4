import type { Clock } from '../domain/clock.js';
import { ExchangeError } from '../domain/errors.js';
import type { Finding } from '../domain/finding.js';
import { UNRESOLVED_STATES } from '../domain/order.js';
import type { TradingAccount } from '../exchange/trading-client.js';
import type { OrderEntity } from '../persistence/entities/order.entity.js';
import type { OrderRepository } from '../persistence/repositories/order-repository.js';
import { doubtsOfAbsence, gatherEvidence } from './absence.js';
import type { ExecutionReport, Executor } from './executor.js';
import { Quarantine } from './quarantine.js';
import { reasonText } from './recording-executor.js';

export interface SettleContext {
  /** Exchange time now, UTC ms. */
  readonly serverTime: number;
  /** ms that may be spent waiting; 0 asks at most once. What is not settled by then is settled by a later call. */
  readonly budgetMs: number;
}

export interface Settled {
  /** As it is in the ledger now. */
  readonly order: OrderEntity;
  /** null when its outcome is known. */
  readonly finding: Finding | null;
}

export interface SettlerParts {
  readonly executor: Executor;
  readonly account: TradingAccount;
  readonly orders: OrderRepository;
  readonly clock: Clock;
  /** ms after its timestamp for which the exchange takes a request. */
  readonly recvWindowMs: number;
}

/**
 * Finds out what became of orders that nobody heard of. It asks and writes down, and never sends: an order is found with all of its
 * executions, or shown to be absent by everything that could show the opposite, or it stays unknown, and then nothing else is sent.
 */
export class OrderSettler {
  private readonly quarantines = new Map<string, Quarantine>();

  constructor(private readonly parts: SettlerParts) {}

  /** @throws LedgerError, InstanceLocked when the ledger cannot be written: whoever called stops */
  async settle(order: OrderEntity, { serverTime, budgetMs }: SettleContext): Promise<Settled> {
    if (!UNRESOLVED_STATES.includes(order.state)) return { order, finding: null };
    if (order.state === 'PLANNED') return this.end(order, 'NOT_SENT', serverTime, 'planned, and never sent');
    const started = this.parts.clock.monotonic();
    const now = (): number => Math.round(serverTime + this.parts.clock.monotonic() - started);
    const unknown = order.state === 'UNKNOWN' ? order : await this.parts.orders.move(order.id, { to: 'UNKNOWN', at: serverTime, reason: 'no outcome was recorded' });
    // What is filled on paper is filled in the very commit that says so.
    if (order.mode === 'paper') return this.end(unknown, 'ABSENT', serverTime, 'a paper order without an outcome was never filled');
    return this.lookFor(unknown, now, serverTime + budgetMs);
  }

  private async lookFor(order: OrderEntity, now: () => number, untilMs: number): Promise<Settled> {
    const quarantine = this.quarantineOf(order, now());
    let doubt = 'it was looked for a moment ago';
    for (let looks = 0; isTimeFor(quarantine.nextLookAt(), looks, now(), untilMs); looks++) {
      const waitMs = quarantine.nextLookAt() - now();
      if (waitMs > 0) await this.parts.clock.sleep(waitMs);
      const answer = await this.parts.executor.lookUp(order);
      if (answer.kind === 'found') return this.book(order, answer.report, now());
      if (answer.kind === 'unavailable') {
        if (answer.alarm === true) quarantine.falsehood(now());
        else quarantine.silence(now());
        doubt = answer.message;
        if (answer.alarm === true && quarantine.isOverdue(now())) return { order, finding: unresolved(order, doubt) };
        continue;
      }
      quarantine.miss(now());
      doubt = 'the exchange does not know it, which proves nothing yet';
      if (!quarantine.isOver) continue;
      const evidence = await this.evidenceFor(order, now());
      if (evidence.whole && evidence.doubts.length === 0) return this.end(order, 'ABSENT', now(), 'quarantine over');
      doubt = evidence.doubts.join('; ');
      if (evidence.whole && quarantine.isOverdue(now())) return { order, finding: unresolved(order, doubt) };
    }
    return { order, finding: unknownYet(order, doubt) };
  }

  /** `whole` when all of it could be read: what could not may still come. */
  private async evidenceFor(order: OrderEntity, now: number): Promise<{ readonly whole: boolean; readonly doubts: readonly string[] }> {
    const { account, orders } = this.parts;
    const own = await orders.list({ botId: order.botId, mode: order.mode, symbol: order.symbol }, { limit: OWN_ORDERS, offset: 0 });
    const ownIds = own.flatMap(({ exchangeOrderId }) => exchangeOrderId ?? []);
    try {
      return { whole: true, doubts: doubtsOfAbsence(order, await gatherEvidence(account, order, new Set(ownIds), now)) };
    } catch (error) {
      if (error instanceof ExchangeError) return { whole: false, doubts: [error.message] };
      throw error;
    }
  }

  private async book(order: OrderEntity, report: ExecutionReport, at: number): Promise<Settled> {
    const { state, exchangeOrderId, fills, reason } = report;
    const settled = await this.parts.orders.move(order.id, { to: state, at, exchangeOrderId, fills, reason: reason === null ? 'found by looking it up' : reasonText(reason) });
    this.quarantines.delete(order.id);
    return { order: settled, finding: null };
  }

  private async end(order: OrderEntity, to: 'NOT_SENT' | 'ABSENT', at: number, reason: string): Promise<Settled> {
    const settled = await this.parts.orders.move(order.id, { to, at, reason });
    this.quarantines.delete(order.id);
    return { order: settled, finding: null };
  }

  /** From the moment at which its outcome became unknown: by then the request had left. That moment is in the ledger, so a restart keeps it. */
  private quarantineOf({ id, stateAt }: OrderEntity, serverTime: number): Quarantine {
    const known = this.quarantines.get(id) ?? new Quarantine(Math.min(stateAt, serverTime + CLOCK_MARGIN_MS), this.parts.recvWindowMs);
    this.quarantines.set(id, known);
    return known;
  }
}

/** Most that the clock which stamped a change of state is waited for when it was ahead. */
const CLOCK_MARGIN_MS = 60_000;

/** One look is always allowed when its time has come; more, while there is time left to spend. */
function isTimeFor(lookAt: number, looks: number, now: number, untilMs: number): boolean {
  return Math.max(lookAt, now) <= untilMs || (looks === 0 && lookAt <= now);
}

/** The newest of the bot's own orders on the market: more than could have been filled since an order was sent. */
const OWN_ORDERS = 100;

function unknownYet({ clientOrderId, side, quantity, symbol }: OrderEntity, doubt: string): Finding {
  return { code: 'ORDER.UNKNOWN', message: `Nobody knows yet what became of order ${clientOrderId} (${side} ${quantity} ${symbol}): ${doubt}. It is looked up again, and nothing else is sent meanwhile`, stops: 'no_orders' };
}

function unresolved({ clientOrderId, side, quantity, symbol }: OrderEntity, doubt: string): Finding {
  return { code: 'ORDER.UNRESOLVED', message: `What became of order ${clientOrderId} (${side} ${quantity} ${symbol}) cannot be found out: ${doubt}. Look at the orders and trades of the account on the exchange, then run \`orders resolve\``, stops: 'halt' };
}
