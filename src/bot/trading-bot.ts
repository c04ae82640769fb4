import { entryProblem } from '../data/live-window.js';
import type { Candles } from '../domain/candles.js';
import { fromNumber } from '../domain/decimal.js';
import { CandleDataError, ExchangeAuthError, ExchangeError, LedgerError, StrategyError } from '../domain/errors.js';
import type { Finding } from '../domain/finding.js';
import { holdingAt } from '../domain/quantities.js';
import type { Reconciliation } from '../execution/reconciliation.js';
import type { Book } from './book.js';
import type { BotParts, BotSettings } from './bot-parts.js';
import { reportOf, type Conclusion, type Gathered } from './conclusion.js';
import { lastBarOf } from './last-bar.js';
import { standingFindings } from './standing-findings.js';
import { TickDeadline, TickTime } from './tick-time.js';
import type { TickReport } from './tick-report.js';
import { factsOf, isPassing, Trader } from './trader.js';

/**
 * The bot: one look at the account, one decision on the last closed candle, at most one order. It keeps nothing between two ticks. What
 * it has to remember is in the ledger, so that a process may end anywhere and the next one goes on.
 */
export class TradingBot {
  private readonly trader: Trader;

  constructor(
    readonly book: Book,
    private readonly parts: BotParts,
    private readonly settings: BotSettings,
  ) {
    this.trader = new Trader(book, parts, settings);
  }

  /**
   * One tick. Safe to call twice for one bar: what was decided counts, and what was sent is never sent again.
   *
   * @param nowMs local time, UTC ms
   * @throws LedgerError, InstanceLocked when what became of an order cannot be kept, or the ledger can no longer be trusted: whoever runs
   *   the bot ends, and the next start settles it. What the exchange, the data and the strategy do is in the report.
   */
  async runOnce(nowMs: number): Promise<TickReport> {
    return this.tick(nowMs, async (time, gathered) => this.turn(nowMs, time, gathered));
  }

  /** Sells what is held because a person wants it, whatever the strategy says. @throws like `runOnce` */
  async closePosition(nowMs: number): Promise<TickReport> {
    return this.tick(nowMs, async (time, gathered) => this.trader.close(await this.reconciled(nowMs, time, gathered), time));
  }

  private async tick(nowMs: number, work: (time: TickTime, gathered: Gathered) => Promise<Conclusion>): Promise<TickReport> {
    const { gate, levels, clock, trades, strategy } = this.parts;
    const time = new TickTime(clock, this.settings.deadlineMs, nowMs);
    const gathered: Gathered = {};
    let conclusion: Conclusion;
    try {
      await gate.attend(nowMs);
      conclusion = await work(time, gathered);
      await levels.noteTick('ok', time.serverNow());
    } catch (error) {
      conclusion = await this.cutShort(error, time);
    }
    await this.parts.reconciler.keepWaits();
    if (conclusion.order !== undefined) gathered.position = await trades.position(this.book);
    return reportOf({ book: this.book, strategy: strategy.name, at: time.serverNow(), tookMs: time.tookMs, level: await levels.level(), gathered, conclusion });
  }

  /** What the world does ends the tick; what happens to our own record ends the process. */
  private async cutShort(error: unknown, time: TickTime): Promise<Conclusion> {
    // A ledger that cannot be written for the moment has kept the tick from sending anything; what comes after an order goes up.
    if (error instanceof LedgerError && isPassing(error) && !time.isOrdering) return { outcome: 'skipped', reason: error.code, message: error.message };
    if (!(error instanceof ExchangeError || error instanceof CandleDataError || error instanceof StrategyError || error instanceof TickDeadline)) throw error;
    const { levels } = this.parts;
    if (error instanceof ExchangeAuthError) await levels.halt('EXCHANGE.AUTH', error.message, time.serverNow());
    await levels.noteTick('error', time.serverNow());
    return { outcome: 'skipped', reason: error instanceof StrategyError ? 'STRATEGY.FAULT' : error.code, message: error.message };
  }

  private async reconciled(nowMs: number, time: TickTime, gathered: Gathered): Promise<Reconciliation> {
    const state = await this.parts.reconciler.reconcile(nowMs);
    time.reconciled(state);
    gathered.state = state;
    gathered.findings = state.findings;
    await this.parts.gate.watch(factsOf(state, state.findings, time.serverNow()));
    return state;
  }

  private async turn(nowMs: number, time: TickTime, gathered: Gathered): Promise<Conclusion> {
    const state = await this.reconciled(nowMs, time, gathered);
    const { strategy, data, signals } = this.parts;
    const { botId, mode, symbol, timeframe } = this.book;
    const bars = strategy.warmupBars + 1;
    time.check('reading candles');
    const serverTime = time.serverNow();
    const candles = await data.recent({ symbol, timeframe, source: this.settings.source, bars, nowMs: serverTime });
    time.check('asking the strategy');
    const bar = lastBarOf(strategy, candles);
    gathered.bar = bar;
    time.check('deciding');
    const long = holdingAt(state.position.quantity, state.rules, fromNumber(bar.close)) === 'open';
    const findings = [...state.findings, ...this.dataFindings(candles, bars, serverTime), ...(await standingFindings(this.book, strategy.name, long, this.parts))];
    gathered.findings = findings;
    const known = await signals.ofBar({ botId, mode, strategy: strategy.name, symbol, timeframe, candleOpenTime: bar.openTime });
    const traded = candles.missing.lastIndexOf(0);
    return this.trader.act({ state, bar, long, findings, known, tradedAt: traded < 0 ? -Infinity : candles.openTime[traded] }, time);
  }

  private dataFindings(candles: Candles, bars: number, serverTime: number): Finding[] {
    const problem = entryProblem(candles, bars, serverTime);
    if (problem === null || (problem.code === 'GAP' && this.settings.entriesOverGaps)) return [];
    return [{ code: `DATA.${problem.code}`, message: problem.message, stops: 'no_entries' }];
  }
}
