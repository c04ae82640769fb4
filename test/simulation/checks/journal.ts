import { compare, minus, plus, times, ZERO, type DecimalText } from '../../../src/domain/decimal.js';
import { UNMOVED_STATES } from '../../../src/domain/order.js';
import type { FakeBinance, JournalEntry } from '../../support/exchange/fake-binance.js';
import type { BotLedger } from '../../support/exchange/oracle/bot-export.js';
import { MARKET_ID, POSITION_LIMIT } from '../layer.js';
import type { Violation } from './violation.js';

/** The price may move between the decision and the fill, and rounding is up to the exchange. */
const TOLERANCE = '1.01';
const BASE = 'BTC';

/** Coins that the bot gave up or took over because a person said so, at a place of the journal. */
export interface Adjustment {
  /** Entries of the journal there were before it. */
  readonly after: number;
  /** Signed. */
  readonly quantity: DecimalText;
}

/**
 * I04, I08 and what a halted bot sends, read from the journal as it grows: the exchange knows what was executed, whatever the bot
 * thinks. A position's worth counts at the price at which it grows, since nobody can keep a price from rising afterwards.
 */
export class JournalChecks {
  /** Orders that reached the line, and executions. */
  orders = 0;
  fills = 0;
  private read = 0;
  private net: DecimalText = ZERO;
  private readonly adjustments: Adjustment[] = [];
  private silentSince: string | null = null;

  constructor(private readonly exchange: FakeBinance) {}

  /** A person accepted that coins went or came by hand. */
  adjust(quantity: DecimalText): void {
    this.adjustments.push({ after: this.exchange.journal.length, quantity });
  }

  /** From here on no order may be sent, until a person has acted. */
  expectSilence(why: string): void {
    this.silentSince ??= why;
  }

  endSilence(): void {
    this.silentSince = null;
  }

  /** What the entries since the last call have broken. */
  next(): Violation[] {
    const found: Violation[] = [];
    const { journal } = this.exchange;
    for (; this.read < journal.length; this.read++) {
      while (this.adjustments.length > 0 && this.adjustments[0].after <= this.read) this.net = plus(this.net, this.adjustments.shift()?.quantity ?? ZERO);
      const problem = this.take(journal[this.read]);
      if (problem !== null) found.push(problem);
    }
    return found;
  }

  private take(entry: JournalEntry): Violation | null {
    if (entry.type === 'request' && entry.method === 'POST' && entry.path === '/api/v3/order') {
      this.orders++;
      if (this.silentSince !== null) return { invariant: 'I09 a halted bot sends nothing', problems: [`request ${entry.n} sent an order after: ${this.silentSince}`] };
    }
    if (entry.type !== 'fill' || entry.source !== 'api' || entry.symbol !== MARKET_ID) return null;
    this.fills++;
    const feeInCoins = entry.commissionAsset === BASE ? entry.commission : ZERO;
    this.net = minus(entry.isBuyer ? plus(this.net, entry.qty) : minus(this.net, entry.qty), feeInCoins);
    if (!entry.isBuyer) return null;
    const worth = times(this.net, entry.price);
    const most = times(String(POSITION_LIMIT), TOLERANCE);
    return compare(worth, most) <= 0 ? null : { invariant: 'I04 position bound', problems: [`trade ${entry.id} made the position worth ${worth}; at most ${most} is allowed`] };
  }
}

/** I08: an order of which the ledger says that no money moved has no execution. */
export function honestyViolations(exchange: FakeBinance, ledger: BotLedger): Violation[] {
  const executed = new Set(exchange.journal.flatMap((entry) => (entry.type === 'fill' && entry.source === 'api' ? [entry.clientOrderId] : [])));
  const unmoved: readonly string[] = UNMOVED_STATES;
  const liars = ledger.orders.filter(({ status = '', clientOrderId }) => unmoved.includes(status) && executed.has(clientOrderId));
  return liars.length === 0 ? [] : [{ invariant: 'I08 outcomes are honest', problems: liars.map(({ clientOrderId, status }) => `order ${clientOrderId} is ${status} and was executed`) }];
}
