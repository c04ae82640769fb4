import { ratio, toDecimal } from '../../../src/domain/decimal.js';
import type { OrderState } from '../../../src/domain/order.js';
import type { LedgerDatabase } from '../../../src/persistence/ledger-database.js';
import { OrderRepository } from '../../../src/persistence/repositories/order-repository.js';
import { TradeRepository } from '../../../src/persistence/repositories/trade-repository.js';
import type { RiskGate } from '../../../src/risk/risk-gate.js';
import type { Proposal, Verdict } from '../../../src/risk/risk-types.js';
import { newFill, newOrder } from '../ledger/orders.js';
import { facts, KEY } from './gate-bench.js';

export interface RecklessTick {
  readonly nowMs: number;
  /** Bid and ask. */
  readonly price: string;
  /** What becomes of an order that passes; filled at once by default. */
  readonly ends?: Extract<OrderState, 'FILLED' | 'REFUSED'>;
}

/** A bot that wants to trade on every tick: in when it is out, out when it is in. Only the gate keeps it from it. */
export class RecklessBot {
  private readonly orders: OrderRepository;
  private readonly trades: TradeRepository;

  constructor(
    private readonly gate: RiskGate,
    database: LedgerDatabase,
    private readonly purchase = '100',
  ) {
    this.orders = new OrderRepository(database);
    this.trades = new TradeRepository(database);
  }

  async tick({ nowMs, price, ends = 'FILLED' }: RecklessTick): Promise<Verdict> {
    const { quantity, holding } = await this.trades.position(KEY);
    const proposal: Proposal =
      holding === 'open' ? { side: 'sell', purpose: 'exit', quantity, referencePrice: price } : { side: 'buy', purpose: 'entry', quantity: toDecimal(ratio(this.purchase, price, 5) ?? '0'), referencePrice: price };
    const verdict = await this.gate.judge(proposal, facts({ nowMs, bid: price, ask: price, position: quantity }));
    if (verdict.kind === 'refused') return verdict;
    const { id } = await this.orders.plan(newOrder(nowMs, { signalKey: `${nowMs}`, clientOrderId: `${nowMs}`, side: proposal.side, purpose: proposal.purpose, quantity: proposal.quantity }), nowMs);
    await this.orders.move(id, { to: 'SENDING', at: nowMs });
    await this.orders.move(id, ends === 'FILLED' ? { to: ends, at: nowMs, exchangeOrderId: `x${nowMs}`, fills: [newFill(`t${nowMs}`, { price, quantity: proposal.quantity, executedAt: nowMs })] } : { to: ends, at: nowMs });
    return verdict;
  }
}

/** The most of these times that lie within any span of `spanMs`. */
export function mostWithin(times: readonly number[], spanMs: number): number {
  return Math.max(0, ...times.map((from) => times.filter((at) => at >= from && at < from + spanMs).length));
}
