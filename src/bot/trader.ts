import { decide, type Decision } from '../domain/decision.js';
import { compare, fromNumber, plus, ZERO } from '../domain/decimal.js';
import { LedgerError } from '../domain/errors.js';
import type { Finding } from '../domain/finding.js';
import { signalKeyText, type Side, type SignalKey } from '../domain/order.js';
import type { Reconciliation } from '../execution/reconciliation.js';
import type { RecordedOrder } from '../execution/recording-executor.js';
import type { SignalEntity } from '../persistence/entities/signal.entity.js';
import type { Proposal, RiskFacts, Verdict } from '../risk/risk-types.js';
import type { Book } from './book.js';
import type { BotParts, BotSettings } from './bot-parts.js';
import type { Conclusion } from './conclusion.js';
import type { LastBar } from './last-bar.js';
import type { EntrySize, Intent } from './order-maker.js';
import { OrderWays } from './order-ways.js';
import type { TickTime } from './tick-time.js';

/** Everything that has to be known before anything may be decided. */
export interface View {
  readonly state: Reconciliation;
  readonly bar: LastBar;
  /** Something is held that could be sold. */
  readonly long: boolean;
  readonly findings: readonly Finding[];
  /** What was recorded about the bar before; null when this is the first look at it. */
  readonly known: SignalEntity | null;
  /** Open time of the last bar on which anything was traded; -Infinity when the window has none. */
  readonly tradedAt: number;
}

/** What is wanted, and under which key. */
interface Wish {
  readonly key: SignalKey;
  readonly attempt: number;
  readonly reason: 'SIGNAL.BUY' | 'SIGNAL.SELL' | 'ENTRY.WAITED' | 'EXIT.OWED';
  readonly proposal: Proposal;
  /** How an entry was sized; null for an exit. */
  readonly size: EntrySize | null;
}

/** Turns what is known into at most one order, and records what was decided and why before it is sent. */
export class Trader {
  private readonly ways: OrderWays;

  constructor(
    private readonly book: Book,
    private readonly parts: BotParts,
    private readonly settings: BotSettings,
  ) {
    this.ways = new OrderWays(book, parts.strategy.name, parts);
  }

  async act(view: View, time: TickTime): Promise<Conclusion> {
    const { bar, long, known } = view;
    if (known !== null) return this.finish(view, known, time);
    const decision = decide(bar.signal, long);
    if (decision === 'buy') return this.enter(view, bar.openTime, time);
    if (decision === 'sell') return this.leave(view, bar.openTime, time);
    const owed = long && bar.signal !== 1 ? await this.ways.owedSince() : null;
    if (owed !== null) return this.leave(view, owed, time);
    const waiting = !long && bar.signal === 0 && view.tradedAt < bar.openTime ? await this.ways.waitingSince(view.tradedAt) : null;
    if (waiting !== null) return this.enter(view, waiting, time);
    return this.hold(view, bar.signal === 0 ? 'HOLD.NEUTRAL' : long ? 'HOLD.ALREADY_LONG' : 'HOLD.ALREADY_FLAT', time);
  }

  /** A bar that was decided on before: what is left to do is what was decided and never begun, and a way out that never arrived. */
  private async finish(view: View, known: SignalEntity, time: TickTime): Promise<Conclusion> {
    if (view.long) {
      const owed = await this.ways.owedSince();
      return owed === null ? this.hold(view, 'HOLD.REPEATED', time) : this.leave(view, owed, time);
    }
    const { openTime } = view.bar;
    const begun = known.decision === 'buy' && (await this.parts.orders.ofSignal(signalKeyText(this.keyOf(openTime, 'buy')))).length > 0;
    return (known.decision === 'buy' && !begun) || known.reason === 'ENTRY.WAITS' ? this.enter(view, openTime, time) : this.hold(view, 'HOLD.REPEATED', time);
  }

  /** Sells what is held because a person wants it. The moment is the key: a second call finds nothing left to sell. */
  async close(state: Reconciliation, time: TickTime): Promise<Conclusion> {
    if (compare(state.sellable, ZERO) <= 0) return { outcome: 'held', reason: 'SIZE.BELOW_MINIMUM', message: `Of ${state.position.quantity} ${state.rules.base} held nothing can be sold` };
    const proposal: Proposal = { side: 'sell', purpose: 'exit', quantity: state.sellable, referencePrice: state.book.bid };
    const verdict = standsInTheWay(state) ?? (await this.parts.gate.judge(proposal, factsOf(state, state.findings, time.serverNow())));
    time.check('sending an order');
    if (verdict.kind === 'refused') return { outcome: 'refused', reason: verdict.code, message: verdict.message, gates: verdict.readings };
    return this.send({ ...proposal, key: this.keyOf(state.serverTime, 'sell'), attempt: 1, signalId: null, reason: 'operator' }, 'EXIT.OPERATOR', state, verdict, time.serverNow(), time);
  }

  /** @param since open time of the bar that said buy */
  private async enter(view: View, since: number, time: TickTime): Promise<Conclusion> {
    const { state, bar } = view;
    time.check('sizing an entry');
    const size = await this.parts.maker.sizeEntry(state, time.serverNow());
    if (size === null) return this.hold(view, 'ENTRY.WAITS', time);
    if (size.quantity === null) return this.hold(view, 'SIZE.BELOW_MINIMUM', time, `${size.budget} ${state.rules.quote} at ${size.price} buys less than the market trades`);
    const proposal: Proposal = { side: 'buy', purpose: 'entry', quantity: size.quantity, referencePrice: fromNumber(bar.close) };
    return this.judge(view, { key: this.keyOf(since, 'buy'), attempt: 1, reason: since === bar.openTime ? 'SIGNAL.BUY' : 'ENTRY.WAITED', proposal, size }, time);
  }

  /** @param since open time of the bar that said sell */
  private async leave(view: View, since: number, time: TickTime): Promise<Conclusion> {
    const { state, bar } = view;
    const way = await this.ways.find([since, bar.openTime]);
    if (way.kind === 'waits') return this.hold(view, 'EXIT.WAITS', time);
    if (way.kind === 'failed') {
      const message = `The way out was refused or lost ${way.attempts} times. Look at the orders, sell with \`close-position\` or by hand, then \`resume\``;
      await this.parts.levels.halt('EXIT.FAILED', message, time.serverNow());
      return this.hold(view, 'EXIT.FAILED', time, message);
    }
    if (compare(state.sellable, ZERO) <= 0) return this.hold(view, 'SIZE.BELOW_MINIMUM', time, `Of ${state.position.quantity} ${state.rules.base} held nothing can be sold`);
    const proposal: Proposal = { side: 'sell', purpose: 'exit', quantity: state.sellable, referencePrice: fromNumber(bar.close) };
    return this.judge(view, { key: way.key, attempt: way.attempt, reason: since === bar.openTime ? 'SIGNAL.SELL' : 'EXIT.OWED', proposal, size: null }, time);
  }

  private async judge(view: View, wish: Wish, time: TickTime): Promise<Conclusion> {
    const { state, findings } = view;
    const { proposal, reason } = wish;
    time.check('judging');
    const verdict = this.tooLate(view, wish, time) ?? standsInTheWay(state) ?? (await this.parts.gate.judge(proposal, factsOf(state, findings, time.serverNow())));
    time.check('sending an order');
    if (verdict.kind === 'refused') {
      await this.record(view, 'hold', verdict.code, time, { wish, verdict });
      return { outcome: 'refused', reason: verdict.code, message: verdict.message, gates: verdict.readings };
    }
    const signalId = await this.record(view, proposal.side, reason, time, { wish, verdict });
    // On paper the price belongs to the moment at which it was asked; live the moment is part of the request.
    const at = this.book.mode === 'paper' && wish.size !== null ? wish.size.at : time.serverNow();
    return this.send({ ...proposal, key: wish.key, attempt: wish.attempt, signalId, reason: 'signal' }, reason, state, verdict, at, time);
  }

  private async send(intent: Intent, reason: string, state: Reconciliation, verdict: Verdict, nowMs: number, time: TickTime): Promise<Conclusion> {
    const common = { reason, decision: intent.key.action, gates: verdict.readings };
    let recorded: RecordedOrder;
    time.isOrdering = true;
    try {
      recorded = await this.parts.executor.execute(this.parts.maker.planOf(intent, state), nowMs);
    } catch (error) {
      // Nothing was sent: the ledger holds an order for this signal that moved money, or may have.
      if (error instanceof LedgerError && error.code === 'LEDGER.DUPLICATE') return { outcome: 'held', reason: 'HOLD.REPEATED' };
      if (error instanceof LedgerError && isPassing(error) && !(await this.hasIntent(intent))) return { ...common, outcome: 'refused', reason: 'ORDER.NOT_SENT', message: error.message };
      throw error;
    }
    const { order, outcome } = recorded;
    switch (outcome.kind) {
      case 'known':
        if (compare(order.executedQuantity, ZERO) > 0) return { ...common, outcome: 'traded', order };
        return { ...common, outcome: order.state === 'OPEN' ? 'working' : 'unfilled', order, ...(outcome.report.reason === null ? {} : { message: outcome.report.reason }) };
      case 'refused':
        if (outcome.consequence === 'halt') await this.parts.levels.halt('ORDER.REFUSED', `${outcome.code}: ${outcome.message}`, nowMs);
        return { ...common, outcome: 'refused', reason: 'ORDER.REFUSED', message: `${outcome.code}: ${outcome.message}`, order };
      case 'not_sent':
        return { ...common, outcome: 'refused', reason: 'ORDER.NOT_SENT', message: outcome.message, order };
      case 'unknown':
        return { ...common, outcome: 'unknown', reason: 'ORDER.UNKNOWN', message: outcome.message, order };
    }
  }

  /** Whether the intent is in the ledger: without it nothing has left. */
  private async hasIntent({ key, attempt }: Intent): Promise<boolean> {
    return (await this.parts.orders.ofSignal(signalKeyText(key))).some((order) => order.attempt === attempt);
  }

  private async hold(view: View, reason: string, time: TickTime, message?: string): Promise<Conclusion> {
    await this.record(view, 'hold', reason, time);
    return { outcome: 'held', reason, ...(message === undefined ? {} : { message }) };
  }

  /**
   * What is decided about a bar is recorded once, whatever is decided; what the gate looked at is kept as an event each time.
   *
   * @returns id of the bar's record
   */
  private async record(view: View, decision: Decision, reason: string, time: TickTime, judged?: { readonly wish: Wish; readonly verdict: Verdict }): Promise<number> {
    const { bar, known } = view;
    const { botId, mode, symbol, timeframe } = this.book;
    const { openTime: candleOpenTime, signal: value, indicators, candle, candleHash } = bar;
    const row = { botId, mode, strategy: this.parts.strategy.name, symbol, timeframe, candleOpenTime, value, decision, reason, indicators, candle, candleHash, decidedAt: Math.round(time.serverNow()) };
    const id = known?.id ?? (await this.parts.signals.record(row)).id;
    if (judged !== undefined) {
      const { wish, verdict } = judged;
      const details = { signal_id: id, candle_open_time: candleOpenTime, reason, attempt: wish.attempt, proposal: wish.proposal, size: wish.size, gates: verdict.readings };
      await this.parts.events.recordEvent({ botId, mode, kind: 'tick', at: time.serverNow(), configHash: null, details });
    }
    return id;
  }

  /** By the time of the order the next candle may have closed: a machine that slept, a tick that hung. A way out is never too late. */
  private tooLate({ bar }: View, { proposal }: Wish, time: TickTime): Verdict | null {
    const lateMs = time.serverNow() - (2 * bar.closeTime - bar.openTime) - this.settings.graceMs;
    if (proposal.purpose === 'exit' || lateMs <= 0) return null;
    return { kind: 'refused', code: 'STALE_SIGNAL', message: `The next candle closed ${Math.round((lateMs + this.settings.graceMs) / 1000)} s ago`, readings: [] };
  }

  private keyOf(candleOpenTime: number, action: Side): SignalKey {
    const { botId, mode, symbol, timeframe } = this.book;
    return { botId, mode, symbol, timeframe, candleOpenTime, action };
  }
}

/** Nothing was written, and a later attempt may succeed. */
export function isPassing({ code }: LedgerError): boolean {
  return code === 'LEDGER.BUSY' || code === 'LEDGER.FULL' || code === 'LEDGER.READ_ONLY';
}

/** While an order's outcome is not known, or it is not done, nothing else is sent on the market. */
function standsInTheWay({ unresolved, working }: Reconciliation): Verdict | null {
  const [order] = [...unresolved, ...working];
  if (order === undefined) return null;
  const code = unresolved.length > 0 ? 'ORDER.UNRESOLVED' : 'ORDER.WORKING';
  return { kind: 'refused', code, message: `${order.side} ${order.quantity} ${order.symbol} (${order.clientOrderId}) is ${order.state}`, readings: [] };
}

export function factsOf(state: Reconciliation, findings: readonly Finding[], nowMs: number): RiskFacts {
  const { rules, book, balances, position, unresolved } = state;
  const pending = unresolved.filter(({ side }) => side === 'buy').reduce((total, { quantity }) => plus(total, quantity), ZERO);
  return { nowMs, rules, bid: book.bid, ask: book.ask, freeQuote: balances[rules.quote]?.free ?? ZERO, position: plus(position.quantity, pending), findings };
}
