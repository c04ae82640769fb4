import type { Costs } from '../../../src/domain/costs.js';
import { plus, ZERO, type DecimalText } from '../../../src/domain/decimal.js';
import { ExchangeAuthError, ExchangeError, LedgerError } from '../../../src/domain/errors.js';
import { signalKeyText, type Side, type SignalKey } from '../../../src/domain/order.js';
import { purchaseQuantity } from '../../../src/domain/quantities.js';
import type { OrderPlan } from '../../../src/execution/recording-executor.js';
import type { Reconciliation } from '../../../src/execution/reconciliation.js';
import { OrderMaker } from '../../../src/bot/order-maker.js';
import type { RiskFacts, RiskLevel } from '../../../src/risk/risk-types.js';
import { BOT_ID, POSITION_LIMIT, SYMBOL, type RunningBot, type TickSummary } from '../layer.js';
import { TICK_MS, type SimulatedWorld } from '../world/simulated-world.js';
import { actAsOperator } from './operator.js';
import { BOOK, STRATEGY, type TradingParts } from './trading-parts.js';

const COSTS: Costs = { feeRate: 0.001, feeFrom: 'received', slippage: 0.0002 };


/** What a drawn tick wants. */
type Wish = 'hold' | 'buy' | 'sell' | 'again' | 'nonsense';

/** As often as each is listed. `again` acts once more on the bar before, `nonsense` has a quantity that is none. */
const WISHES: readonly Wish[] = ['hold', 'hold', 'buy', 'buy', 'buy', 'sell', 'sell', 'sell', 'sell', 'again', 'nonsense'];

/**
 * The order layer as a bot uses it, with decisions that are drawn instead of thought: reconcile, gate, record, send. It asks for orders
 * that are allowed and for some that are not: to buy more than the limit, the same signal twice, no number.
 */
export class OrderDriver implements RunningBot {
  private readonly maker: OrderMaker;

  constructor(
    private readonly world: SimulatedWorld,
    private readonly parts: TradingParts,
  ) {
    const prices = { entryPrice: async ({ book }: Reconciliation): Promise<DecimalText> => book.ask };
    const orderType = world.seed % 3 === 0 ? 'market' : 'limit_ioc';
    this.maker = new OrderMaker(BOOK, STRATEGY, prices, { maxPositionQuote: POSITION_LIMIT, costs: COSTS, orderType, slippageCapBps: 50 });
  }

  async tick(): Promise<TickSummary> {
    const { gate, states, reconciler } = this.parts;
    const { nowMs } = this.world;
    let state: Reconciliation | null = null;
    let failure: string | null = null;
    await gate.attend(nowMs);
    try {
      state = await reconciler.reconcile(nowMs);
      await this.act(state);
      await states.noteTick('ok', state.serverTime);
    } catch (error) {
      if (!(error instanceof ExchangeError)) throw error;
      if (error instanceof ExchangeAuthError) await states.halt(error.code, error.message, nowMs);
      await states.noteTick('error', nowMs);
      failure = error.message;
    }
    return this.summaryOf(state, failure);
  }

  async reconcile(): Promise<number> {
    return (await this.parts.reconciler.reconcile(this.world.nowMs)).changes;
  }

  level(): Promise<RiskLevel> {
    return this.parts.states.level();
  }

  operate(): Promise<DecimalText> {
    return actAsOperator(this.world, this.parts);
  }

  private async act(state: Reconciliation): Promise<void> {
    const { gate, executor, signals } = this.parts;
    const facts = factsOf(state);
    await gate.watch(facts);
    if (state.unresolved.length > 0 || state.working.length > 0) return;
    const planned = await this.planFor(this.world.draws.pick(WISHES), state);
    if (planned === null) return;
    const { plan, bar } = planned;
    const purpose = plan.purpose;
    const verdict = await gate.judge({ side: plan.side, purpose, quantity: plan.quantity, referencePrice: plan.referencePrice }, facts);
    if (verdict.kind === 'refused') return;
    const { id } = await signals.record({ ...SIGNAL, candleOpenTime: bar, value: plan.side === 'buy' ? 1 : -1, decision: plan.side, reason: plan.reason, decidedAt: state.serverTime });
    try {
      await executor.execute({ ...plan, signalId: id }, state.serverTime);
    } catch (error) {
      // Twice on one signal: that the ledger refuses is what is tested.
      if (!(error instanceof LedgerError) || error.code !== 'LEDGER.DUPLICATE') throw error;
    }
  }

  private async planFor(wish: Wish, state: Reconciliation): Promise<{ readonly plan: OrderPlan; readonly bar: number } | null> {
    const { draws } = this.world;
    const bar = Math.floor(state.serverTime / TICK_MS) * TICK_MS - TICK_MS;
    switch (wish) {
      case 'hold':
        return null;
      case 'buy':
        return this.planOf('buy', bar, purchaseQuantity(draws.pick(['300', '990']), state.book.ask, state.rules, COSTS), state);
      case 'sell':
        return this.planOf('sell', bar, state.sellable, state);
      case 'again':
        return this.planOf(state.position.holding === 'open' ? 'sell' : 'buy', bar - TICK_MS, state.position.holding === 'open' ? state.sellable : '0.002', state);
      case 'nonsense':
        return this.planOf('buy', bar, draws.pick(['NaN', '-1', '1e-3', '0.000000001', '']), state);
    }
  }

  private async planOf(side: Side, candleOpenTime: number, quantity: DecimalText | null, state: Reconciliation): Promise<{ readonly plan: OrderPlan; readonly bar: number } | null> {
    const rests = this.world.draws.chance(0.2);
    if (quantity === null || quantity === ZERO) return null;
    const key: SignalKey = { botId: BOT_ID, mode: 'live', symbol: SYMBOL, timeframe: '5m', candleOpenTime, action: side };
    const { length: made } = await this.parts.orders.ofSignal(signalKeyText(key));
    const price = side === 'buy' ? state.book.ask : state.book.bid;
    const plan = this.maker.planOf({ key, attempt: made + 1, signalId: null, purpose: side === 'buy' ? 'entry' : 'exit', reason: 'signal', quantity, referencePrice: price }, state);
    // At the other side of the book it waits for somebody to come.
    const limitPrice = side === 'buy' ? state.book.bid : state.book.ask;
    return { plan: rests ? { ...plan, type: 'limit', timeInForce: 'GTC', limitPrice } : plan, bar: candleOpenTime };
  }

  private async summaryOf(state: Reconciliation | null, failure: string | null): Promise<TickSummary> {
    const level = await this.level();
    const memory = await this.parts.states.memory();
    const findings = state?.findings ?? [];
    const against = findings.filter(({ stops }) => stops !== 'nothing').map(({ code, message }) => `${code}: ${message}`);
    const troubles = [...(failure === null ? [] : [failure]), ...(level === 'ACTIVE' ? [] : [`${level} (${memory.code ?? ''}: ${memory.reason})`]), ...against];
    const open = await this.parts.orders.unresolved(BOOK);
    const lookAgainMs = open.length > 0 ? this.world.draws.pick([100, 1000, 5000]) : null;
    return { level, isNormal: troubles.length === 0, why: troubles.join('; '), findings, lookAgainMs };
  }
}

const SIGNAL = {
  botId: BOT_ID,
  mode: 'live',
  strategy: STRATEGY,
  symbol: SYMBOL,
  timeframe: '5m',
  indicators: {},
  candle: { open: '1', high: '1', low: '1', close: '1', volume: '0' },
  candleHash: 'none',
} as const;

function factsOf({ serverTime, rules, book, balances, position, unresolved, findings }: Reconciliation): RiskFacts {
  // An order of unknown outcome counts as executed.
  const held = unresolved.filter(({ side }) => side === 'buy').reduce((total, { quantity }) => plus(total, quantity), position.quantity);
  return { nowMs: serverTime, rules, bid: book.bid, ask: book.ask, freeQuote: balances[rules.quote]?.free ?? ZERO, position: held, findings };
}
