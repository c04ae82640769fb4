import type { DecimalText } from '../../domain/decimal.js';
import type { Side, TradingMode } from '../../domain/order.js';

/** Which bot, on which market. */
export interface BotKey {
  readonly botId: string;
  readonly mode: TradingMode;
  readonly symbol: string;
}

/** One execution of an order of the bot, with what its order knows. */
export interface BotFill {
  readonly id: number;
  readonly orderId: string;
  readonly side: Side;
  readonly price: DecimalText;
  readonly quantity: DecimalText;
  readonly commission: DecimalText;
  readonly commissionAsset: string;
  /** UTC ms. */
  readonly executedAt: number;
  readonly orderReason: string;
  readonly baseAsset: string;
  readonly quoteAsset: string;
  readonly lotStep: DecimalText;
}

/** Coins that left by hand. */
export interface BotAdjustment {
  readonly afterFillId: number;
  /** Below zero. */
  readonly quantity: DecimalText;
  readonly at: number;
  readonly reason: string;
}

/** An order that traded something, with the prices that it was decided and sent at. */
export interface BotOrder {
  readonly id: string;
  readonly side: Side;
  readonly plannedAt: number;
  readonly executedQuantity: DecimalText;
  readonly executedQuote: DecimalText;
  /** Close of the candle that was decided on; what the quantity was computed from where no candle asked for the order. */
  readonly decisionPrice: DecimalText;
  /** Middle of the order book when it was planned; null where nobody wrote it down. */
  readonly arrivalPrice: number | null;
  readonly stopPrice: DecimalText | null;
}

/** What was decided about one bar. */
export interface BotDecision {
  readonly candleOpenTime: number;
  readonly strategy: string;
  readonly decision: 'buy' | 'sell' | 'hold';
  readonly reason: string;
}

/** All that the ledger knows of a bot up to a moment. */
export interface BotPeriod {
  readonly key: BotKey;
  /** UTC ms, [from, to). */
  readonly fromMs: number;
  readonly toMs: number;
  /** From the very first on, in the order they were booked; the position at the start follows from those before. */
  readonly fills: readonly BotFill[];
  readonly adjustments: readonly BotAdjustment[];
  /** Those planned in the period, oldest first. */
  readonly orders: readonly BotOrder[];
  /** Those about bars of the period, oldest first. */
  readonly decisions: readonly BotDecision[];
  /** Fills of the same bot and market on another exchange, which are left out. */
  readonly elsewhere: number;
}
