import { buyPrice, sellPrice, type Costs } from '../../domain/costs.js';
import { compare, floorToStep, fromNumber, isZero, minus, plus, times, ZERO, type DecimalText } from '../../domain/decimal.js';
import { TradingBotError } from '../../domain/errors.js';
import { orderProblem, quantityStepOf, type OrderProblem } from '../../domain/fit-order.js';
import type { MarketRules } from '../../domain/market-rules.js';
import type { Side } from '../../domain/order.js';
import type { Balances } from '../../exchange/trading-client.js';
import { Executor, type ExecutionReport, type LookUp, type OrderOutcome, type OrderRequest } from '../executor.js';
import type { PaperAccount } from './paper-account.js';
import { paperCommission, paperOrderId, type PaperCommission } from './paper-fill.js';
import type { PriceSource, TradablePrice } from './price-source.js';

type Refused = Extract<OrderOutcome, { kind: 'refused' }>;

/** How far the cost of all the money there is may miss it where quantities are doubles: their last digits. */
const LAST_DIGITS = 2 ** -50;

/**
 * Fills orders at the next tradable price, at the costs of a backtest, and refuses what an exchange would refuse, by the same codes. An
 * order is done when it is answered: what cannot be filled at once expires, as market and immediate-or-cancel orders do. Orders that
 * would rest (`limit` until cancelled, stops) are refused as `PAPER.RESTING`: paper does not watch the market between two ticks.
 */
export class PaperExecutor extends Executor {
  readonly mode = 'paper';
  readonly exchange: string;

  constructor(
    private readonly account: PaperAccount,
    private readonly prices: PriceSource,
    private readonly costs: Costs,
  ) {
    super();
    this.exchange = account.exchange;
  }

  /**
   * The price that an order would be filled at now, slippage included: what its quantity is computed from.
   *
   * @returns null when nothing is traded at the moment
   * @throws ExchangeError when the market cannot be asked
   */
  async fillPrice(symbol: string, side: Side, nowMs: number): Promise<number | null> {
    const next = await this.prices.next(symbol, side, nowMs);
    return next === null ? null : this.slipped(next, side);
  }

  async execute(order: OrderRequest, nowMs: number): Promise<OrderOutcome> {
    if (!isDoneAtOnce(order)) return refused('PAPER.RESTING', `A ${order.type} order that rests is not carried out on paper; use market or limit with IOC`);
    try {
      const rules = await this.account.rules(order.symbol);
      const next = await this.prices.next(order.symbol, order.side, nowMs);
      if (next === null) return { kind: 'not_sent', message: `${order.symbol} is not traded at the moment` };
      return this.fill(order, rules, next, await this.account.balances(), nowMs);
    } catch (error) {
      // Whatever the market does not say: nothing was filled, and that is certain. What is no fault of the market goes up.
      if (!(error instanceof TradingBotError) || !error.code.startsWith('EXCHANGE.')) throw error;
      return { kind: 'not_sent', message: error.message };
    }
  }

  /** A paper order exists in the ledger or nowhere. */
  async lookUp(): Promise<LookUp> {
    return Promise.resolve({ kind: 'not_found' });
  }

  /** None is ever working. */
  async cancel(): Promise<LookUp> {
    return Promise.resolve({ kind: 'not_found' });
  }

  private fill(order: OrderRequest, rules: MarketRules, next: TradablePrice, balances: Balances, nowMs: number): OrderOutcome {
    const price = this.slipped(next, order.side);
    const problem = orderProblem(order, rules, fromNumber(price));
    if (problem !== null) return refusalOf(problem);
    if (rules.status !== 'trading') return refused('-2010', 'Market is closed.');
    const wanted = isBeyond(order, price) ? ZERO : this.obtainable(order.quantity, next, rules);
    if (!this.isFunded(order, wanted, price, rules, balances)) return refused('-2010', 'Account has insufficient balance for requested action.');
    const exchangeOrderId = paperOrderId(order.clientOrderId);
    const fills = isZero(wanted) ? [] : [{ tradeId: exchangeOrderId, price: fromNumber(price), quantity: wanted, ...this.commission(order, wanted, price, rules), executedAt: nowMs }];
    return { kind: 'known', report: { exchangeOrderId, fills, ...endOf(order, wanted) } };
  }

  private slipped({ price }: TradablePrice, side: Side): number {
    return side === 'buy' ? buyPrice(price, this.costs) : sellPrice(price, this.costs);
  }

  private obtainable(quantity: DecimalText, { available }: TradablePrice, rules: MarketRules): DecimalText {
    return available === null || compare(quantity, available) <= 0 ? quantity : floorToStep(available, quantityStepOf(rules));
  }

  /** An order with a limit must be paid for as a whole and at its limit; a market order as far as it fills. */
  private isFunded(order: OrderRequest, wanted: DecimalText, price: number, rules: MarketRules, balances: Balances): boolean {
    const { side, quantity, limitPrice } = order;
    const free = balances[side === 'sell' ? rules.base : rules.quote]?.free ?? ZERO;
    if (side === 'sell') return compare(quantity, free) <= 0;
    const { commission, commissionAsset } = this.commission(order, wanted, price, rules);
    const value = limitPrice === null ? times(wanted, fromNumber(price)) : times(quantity, limitPrice);
    const lacking = minus(commissionAsset === rules.quote ? plus(value, commission) : value, free);
    return compare(lacking, ZERO) <= 0 || (isZero(quantityStepOf(rules)) && Number(lacking) <= Number(free) * LAST_DIGITS);
  }

  private commission({ side }: OrderRequest, quantity: DecimalText, price: number, rules: MarketRules): PaperCommission {
    return paperCommission(side, quantity, price, rules, this.costs);
  }
}

function isDoneAtOnce({ type, timeInForce }: OrderRequest): boolean {
  return type === 'market' || (type === 'limit' && timeInForce === 'IOC');
}

/** Whether the market's price is worse than the order's limit. */
function isBeyond({ side, limitPrice }: OrderRequest, price: number): boolean {
  if (limitPrice === null) return false;
  const difference = compare(fromNumber(price), limitPrice);
  return side === 'buy' ? difference > 0 : difference < 0;
}

/** What the exchange would call it. */
function endOf({ type, quantity }: OrderRequest, executed: DecimalText): Pick<ExecutionReport, 'state' | 'reason'> {
  if (executed === quantity) return { state: 'FILLED', reason: null };
  return { state: 'EXPIRED', reason: type === 'market' ? 'INSUFFICIENT_LIQUIDITY' : 'UNFILLED_IOC_QUANTITY_EXPIRED' };
}

function refusalOf({ code, message }: OrderProblem): Refused {
  if (code === 'LOCAL.INVALID') return refused(code, message);
  return { ...refused('-1013', `Filter failure: ${code}. ${message}`), consequence: 'reread_rules' };
}

function refused(code: string, message: string): Refused {
  return { kind: 'refused', code, message, consequence: 'none', retryAfterMs: 0 };
}
