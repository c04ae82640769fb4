import type { LiveOrderType } from '../config/bot-config.js';
import type { Costs } from '../domain/costs.js';
import { compare, fromNumber, type DecimalText } from '../domain/decimal.js';
import { capPrice } from '../domain/fit-order.js';
import { signalKeyText, type OrderPurpose, type Side, type SignalKey } from '../domain/order.js';
import { purchaseQuantity } from '../domain/quantities.js';
import { budgetFor } from '../domain/sizing.js';
import type { OrderPlan } from '../execution/recording-executor.js';
import type { Reconciliation } from '../execution/reconciliation.js';
import type { Book } from './book.js';

/** Where an entry is expected to fill, quote currency per coin: what its quantity is computed from. */
export interface EntryPrices {
  /**
   * @param nowMs exchange time, UTC ms
   * @returns null when nothing is traded at the moment
   */
  entryPrice(state: Reconciliation, nowMs: number): Promise<DecimalText | null>;
}

/** How much to buy, and the arithmetic behind it. */
export interface EntrySize {
  /** Quote currency that may leave. */
  readonly budget: number;
  readonly price: DecimalText;
  /** null: the market does not trade so little. */
  readonly quantity: DecimalText | null;
  /** When the price was asked, exchange time, UTC ms. */
  readonly at: number;
}

export interface OrderMakerSettings {
  readonly maxPositionQuote: number;
  readonly costs: Costs;
  readonly orderType: LiveOrderType;
  /** Hundredths of a percent from the reference price. */
  readonly slippageCapBps: number;
}

/** What is wanted, before it is an order. */
export interface Intent {
  readonly key: SignalKey;
  readonly attempt: number;
  readonly signalId: number | null;
  readonly purpose: OrderPurpose;
  /** Kept with the order: `signal`, `operator`. */
  readonly reason: string;
  readonly quantity: DecimalText;
  readonly referencePrice: DecimalText;
}

/** Makes orders out of what was decided: how much, of which type, at which worst price. Pure but for the price it asks for. */
export class OrderMaker {
  constructor(
    private readonly book: Book,
    private readonly strategy: string,
    private readonly prices: EntryPrices,
    private readonly settings: OrderMakerSettings,
  ) {}

  /**
   * @param nowMs exchange time, UTC ms
   * @returns null when nothing is traded at the moment
   */
  async sizeEntry(state: Reconciliation, nowMs: number): Promise<EntrySize | null> {
    const { maxPositionQuote, costs } = this.settings;
    const price = await this.prices.entryPrice(state, nowMs);
    if (price === null) return null;
    const free = this.spendable(Number(state.balances[state.rules.quote]?.free ?? '0'));
    const quoteAmount = Math.max(0, maxPositionQuote - leftover(state, Number(price)));
    const budget = budgetFor({ rule: 'fixed_quote', quoteAmount, fraction: 1 }, free, free, costs);
    return { budget, price, quantity: purchaseQuantity(fromNumber(budget), price, state.rules, costs), at: nowMs };
  }

  /** An exchange locks what an order with a limit costs at its limit, which lies above the price that it is sized at. */
  private spendable(free: number): number {
    return this.book.mode === 'paper' || this.settings.orderType === 'market' ? free : free / (1 + this.settings.slippageCapBps / 10_000);
  }

  planOf(intent: Intent, state: Reconciliation): OrderPlan {
    const { key, attempt, signalId, purpose, reason, quantity, referencePrice } = intent;
    const { rules, balances, lastTradeId } = state;
    return {
      botId: this.book.botId,
      strategy: this.strategy,
      symbol: this.book.symbol,
      signalId,
      signalKey: signalKeyText(key),
      attempt,
      side: key.action,
      purpose,
      reason,
      quantity,
      ...this.typeOf(key.action, referencePrice, state),
      stopPrice: null,
      referencePrice,
      lastTradeIdBefore: lastTradeId,
      rules,
      balancesBefore: balances,
    };
  }

  /**
   * Paper fills where a backtest fills: at any price. Live an entry may not run away from the price it was decided on; the way out may
   * not be barred by a price that ran away, so it is measured from the book.
   */
  private typeOf(side: Side, referencePrice: DecimalText, { rules, book }: Reconciliation): Pick<OrderPlan, 'type' | 'timeInForce' | 'limitPrice'> {
    const { orderType, slippageCapBps } = this.settings;
    if (this.book.mode === 'paper' || orderType === 'market') return { type: 'market', timeInForce: null, limitPrice: null };
    const from = side === 'sell' && compare(book.bid, referencePrice) < 0 ? book.bid : referencePrice;
    return { type: 'limit', timeInForce: 'IOC', limitPrice: capPrice(side, from, slippageCapBps, rules) };
  }
}

/** Value of coins that count as flat for they are worth less than any order, and yet are held: they take their share of the largest position. */
function leftover({ position, rules }: Reconciliation, price: number): number {
  return compare(position.quantity, rules.lotStep) < 0 ? 0 : Number(position.quantity) * price;
}
