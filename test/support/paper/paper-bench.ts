import type { Costs } from '../../../src/domain/costs.js';
import type { DecimalText } from '../../../src/domain/decimal.js';
import { foldFills, holdingOf, unrealised, type Fill, type Position } from '../../../src/domain/ledger.js';
import type { MarketRules } from '../../../src/domain/market-rules.js';
import type { Side } from '../../../src/domain/order.js';
import type { BookTop } from '../../../src/exchange/trading-client.js';
import type { OrderOutcome, OrderRequest } from '../../../src/execution/executor.js';
import { PaperAccount } from '../../../src/execution/paper/paper-account.js';
import { PaperExecutor } from '../../../src/execution/paper/paper-executor.js';
import type { PaperMarket } from '../../../src/execution/paper/paper-market.js';
import { PriceSource, type TradablePrice } from '../../../src/execution/paper/price-source.js';
import type { HeldPosition } from '../../../src/persistence/repositories/trade-repository.js';
import { marketRules } from '../market-rules.js';

export const NO_COSTS: Costs = { feeRate: 0, feeFrom: 'received', slippage: 0 };

/** A market that says what it is told to say. */
export class ScriptedMarket implements PaperMarket {
  marketRules: MarketRules = marketRules();
  book: BookTop = { bid: '41999.99', bidQuantity: '1', ask: '42000.01', askQuantity: '1' };
  /** Thrown by every question. */
  fault: Error | null = null;
  opens = new Map<number, number>();
  /** Questions asked, in order. */
  readonly asked: string[] = [];

  serverTime(): Promise<number> {
    return this.answer('time', 1_700_000_000_000);
  }

  rules(): Promise<MarketRules> {
    return this.answer('rules', this.marketRules);
  }

  bookTop(): Promise<BookTop> {
    return this.answer('book', this.book);
  }

  openOf(_symbol: string, _timeframe: string, openTimeMs: number): Promise<number | null> {
    return this.answer(`open of ${openTimeMs}`, this.opens.get(openTimeMs) ?? null);
  }

  private async answer<T>(question: string, value: T): Promise<T> {
    this.asked.push(question);
    if (this.fault !== null) throw this.fault;
    return Promise.resolve(value);
  }
}

/** One price, the same for both sides. */
export class FixedPrice extends PriceSource {
  constructor(public now: TradablePrice | null) {
    super();
  }

  async next(): Promise<TradablePrice | null> {
    return Promise.resolve(this.now);
  }
}

/** A paper executor whose ledger is a list of fills, folded as the real one is. */
export class PaperBench {
  readonly market = new ScriptedMarket();
  readonly fills: Fill[] = [];
  readonly account: PaperAccount;
  readonly executor: PaperExecutor;
  private count = 0;

  constructor(
    readonly prices: PriceSource,
    readonly costs: Costs,
    capital: DecimalText = '10000',
    rules: MarketRules = marketRules(),
  ) {
    this.market.marketRules = rules;
    const book = { botId: 'bot-1', exchange: 'binance', capitalAsset: rules.quote, capital };
    this.account = new PaperAccount(book, this.market, { positions: () => Promise.resolve([this.held()]) });
    this.executor = new PaperExecutor(this.account, prices, costs);
  }

  get position(): Position {
    const { base, quote, lotStep } = this.market.marketRules;
    return foldFills(this.fills, { base, quote, lotStep }).position;
  }

  order(side: Side, quantity: DecimalText, changes: Partial<OrderRequest> = {}): OrderRequest {
    const clientOrderId = `tb-${side}-${++this.count}`;
    return { symbol: this.market.marketRules.symbol, clientOrderId, side, type: 'market', timeInForce: null, quantity, limitPrice: null, stopPrice: null, referencePrice: '42000', ...changes };
  }

  /** Executes, and books what came of it. */
  async trade(order: OrderRequest, nowMs = 0): Promise<OrderOutcome> {
    const outcome = await this.executor.execute(order, nowMs);
    if (outcome.kind === 'known') for (const fill of outcome.report.fills) this.fills.push({ side: order.side, ...fill });
    return outcome;
  }

  private held(): HeldPosition {
    const { symbol, base, quote, lotStep } = this.market.marketRules;
    const { position } = this;
    const key = { botId: 'bot-1', mode: 'paper', exchange: 'binance', symbol } as const;
    return { ...key, ...position, baseAsset: base, quoteAsset: quote, holding: holdingOf(position.quantity, lotStep), price: '1', priceAt: 'fill', unrealised: unrealised(position, '1') };
  }
}
