import type { DecimalText } from '../../domain/decimal.js';
import type { Side } from '../../domain/order.js';

/** A price at which an order can be filled now. */
export interface TradablePrice {
  /** Quote currency per coin, before any slippage. */
  readonly price: number;
  /** Coins that are to be had at it; null when that is more than anybody asks for. */
  readonly available: DecimalText | null;
}

/** Where paper orders get their prices. Asked twice in one tick it gives the same answer, so that an order is sized at the price that it fills at. */
export abstract class PriceSource {
  /**
   * The next price at which a taker can trade.
   *
   * @returns null when nothing is traded at the moment
   * @throws ExchangeError when the market cannot be asked
   */
  abstract next(symbol: string, side: Side, nowMs: number): Promise<TradablePrice | null>;
}
