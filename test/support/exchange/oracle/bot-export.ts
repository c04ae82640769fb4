/** What a bot says about its trading, to be held against the journal. Amounts are decimal strings. */
export interface BotLedger {
  orders: BotOrder[];
}

export interface BotOrder {
  signalKey: string;
  clientOrderId: string;
  exchangeOrderId: string | number | null;
  symbol: string;
  side: string;
  status?: string;
  executedQty?: string;
  quoteQty?: string;
  fills: BotFill[];
}

export interface BotFill {
  tradeId: string | number;
  price: string;
  qty: string;
  commission: string;
  commissionAsset: string;
}

/** What a bot says it decided on; times are epoch ms of the exchange's clock. */
export interface BotDecision {
  signalKey: string;
  /** `BTCUSDT` or `BTC/USDT`. */
  symbol: string;
  timeframe: string;
  candleOpenTime: number;
  decidedAt: number;
  candle: { open: string | number; high: string | number; low: string | number; close: string | number; volume: string | number };
  /** `BUY` for an entry; anything else is not held against the time limit. */
  action: string;
}

/** The exchange's spelling of a symbol. */
export function marketId(symbol: string): string {
  return symbol.replace('/', '');
}
