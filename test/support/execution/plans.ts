import type { Executor, LookUp, OrderOutcome, OrderRequest } from '../../../src/execution/executor.js';
import type { OrderPlan } from '../../../src/execution/recording-executor.js';
import { HOUR, START } from '../ledger/orders.js';
import { marketRules } from '../market-rules.js';

export const RULES = marketRules();

/** A market order for the n-th bar. */
export function newPlan(n: number, changes: Partial<OrderPlan> = {}): OrderPlan {
  const side = changes.side ?? 'buy';
  return {
    botId: 'bot-1',
    strategy: 'sma_cross',
    symbol: 'BTC/USDT',
    signalId: null,
    signalKey: `bot-1|live|BTC/USDT|1h|${START + n * HOUR}|${side}`,
    attempt: 1,
    side,
    purpose: side === 'buy' ? 'entry' : 'exit',
    reason: 'signal',
    type: 'market',
    timeInForce: null,
    quantity: '0.001',
    limitPrice: null,
    stopPrice: null,
    referencePrice: '50000',
    rules: RULES,
    balancesBefore: { USDT: { free: '10000', locked: '0' }, BTC: { free: '0', locked: '0' } },
    lastTradeIdBefore: null,
    ...changes,
  };
}

/** An executor that answers as it is told, and keeps what it was asked. */
export class ScriptedExecutor implements Executor {
  readonly mode = 'live';
  readonly exchange = 'binance';
  readonly sent: OrderRequest[] = [];

  constructor(private readonly answer: (order: OrderRequest) => OrderOutcome | Promise<OrderOutcome>) {}

  async execute(order: OrderRequest): Promise<OrderOutcome> {
    this.sent.push(order);
    return this.answer(order);
  }

  async lookUp(): Promise<LookUp> {
    return { kind: 'not_found' };
  }

  async cancel(): Promise<LookUp> {
    return { kind: 'not_found' };
  }
}
