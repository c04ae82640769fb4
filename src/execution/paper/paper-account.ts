import { compare, plus, ZERO, type DecimalText } from '../../domain/decimal.js';
import { assetChanges } from '../../domain/ledger.js';
import type { MarketRules } from '../../domain/market-rules.js';
import { TradingAccount, type Balances, type BookTop, type KeyPermissions, type WireReport, type WireTrade } from '../../exchange/trading-client.js';
import type { TradeRepository } from '../../persistence/repositories/trade-repository.js';
import type { PaperMarket } from './paper-market.js';

/** Whose account it is, and what was in it at the beginning. */
export interface PaperBook {
  readonly botId: string;
  /** Name under which it is booked. */
  readonly exchange: string;
  /** Asset and amount of the initial capital. */
  readonly capitalAsset: string;
  readonly capital: DecimalText;
}

/**
 * An account that exists in the ledger alone: what it began with, and every paper fill of the bot since. It knows no orders and no trades
 * besides those of the ledger, needs no key and signs nothing.
 */
export class PaperAccount extends TradingAccount {
  readonly exchange: string;

  constructor(
    private readonly book: PaperBook,
    private readonly market: PaperMarket,
    private readonly trades: Pick<TradeRepository, 'positions'>,
  ) {
    super();
    this.exchange = book.exchange;
  }

  async serverTime(): Promise<number> {
    return this.market.serverTime();
  }

  async rules(symbol: string): Promise<MarketRules> {
    return this.market.rules(symbol);
  }

  async bookTop(symbol: string): Promise<BookTop> {
    return this.market.bookTop(symbol);
  }

  /** The whole fold, over every market that the bot ever traded on paper here. Nothing is ever locked. */
  async balances(): Promise<Balances> {
    const { botId, exchange, capitalAsset, capital } = this.book;
    const amounts = new Map<string, DecimalText>([[capitalAsset, capital]]);
    for (const position of await this.trades.positions({ botId, mode: 'paper' })) {
      if (position.exchange !== exchange) continue;
      const changes = assetChanges(position, { base: position.baseAsset, quote: position.quoteAsset });
      for (const [asset, change] of Object.entries(changes)) amounts.set(asset, plus(amounts.get(asset) ?? ZERO, change));
    }
    return Object.fromEntries([...amounts].map(([asset, amount]) => [asset, { free: compare(amount, ZERO) < 0 ? ZERO : amount, locked: ZERO }]));
  }

  /** There is no key, so nothing is permitted or forbidden. */
  async permissions(): Promise<KeyPermissions> {
    return Promise.resolve({ canTrade: null, canWithdraw: null, canTransfer: null, ipRestricted: null, tradingExpiresAt: null });
  }

  async openOrders(): Promise<readonly WireReport[]> {
    return Promise.resolve([]);
  }

  async ordersSince(): Promise<readonly WireReport[]> {
    return Promise.resolve([]);
  }

  async tradesAfter(): Promise<readonly WireTrade[]> {
    return Promise.resolve([]);
  }
}
