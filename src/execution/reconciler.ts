import type { Clock } from '../domain/clock.js';
import { ExchangeAuthError, ExchangeUnavailable } from '../domain/errors.js';
import type { Finding } from '../domain/finding.js';
import type { MarketRules } from '../domain/market-rules.js';
import { UNRESOLVED_STATES, WORKING_STATES } from '../domain/order.js';
import { TradingClient, type BookTop, type TradingAccount } from '../exchange/trading-client.js';
import type { OrderEntity } from '../persistence/entities/order.entity.js';
import type { OrderRepository } from '../persistence/repositories/order-repository.js';
import type { ReconcileRepository } from '../persistence/repositories/reconcile-repository.js';
import type { TradeRepository } from '../persistence/repositories/trade-repository.js';
import { AccountTrades, type TradesRead } from './account-trades.js';
import { KeyWatch } from './key-watch.js';
import { clockFindings, statusFindings, weightFindings } from './market-findings.js';
import { Outage } from './outage.js';
import type { Reconciliation } from './reconciliation.js';
import type { SettleContext, Settled } from './settle-orders.js';
import { strangeOrders } from './strange-orders.js';
import type { TradingBook } from './trading-book.js';
import { WaitMemory } from './wait-memory.js';
import { checkWallet, mismatchOf, type WalletCheck } from './wallet-check.js';

/** Finds out what became of orders (`OrderSettler`). */
export interface SettlesOrders {
  settle(order: OrderEntity, context: SettleContext): Promise<Settled>;
}

/** Looks after orders that rest on the exchange (`WorkingOrders`). */
export interface FollowsOrders {
  follow(order: OrderEntity, serverTime: number): Promise<Settled>;
}

export interface ReconcilerParts {
  /** A `TradingClient` is looked at whole; an account on paper has no history but the ledger. */
  readonly account: TradingAccount;
  readonly settler: SettlesOrders;
  readonly working: FollowsOrders;
  readonly orders: OrderRepository;
  readonly trades: TradeRepository;
  readonly ledger: ReconcileRepository;
  readonly book: TradingBook;
  readonly clock: Clock;
  /** Uniform on [0, 1): spreads the pauses of bots that an outage hit together. */
  readonly random: () => number;
  /** Whether the owner has said that a key that can withdraw may be used. */
  readonly allowWithdrawals: boolean;
}

export interface ReconcileOptions {
  /** ms that may be spent waiting for each order of unknown outcome. */
  readonly settleMs?: number;
}

const USUAL_SETTLE_MS = 15_000;

/** A market that is gone has no book: nothing can be bought or sold at 0. */
const NO_BOOK: BookTop = { bid: '0', bidQuantity: '0', ask: '0', askQuantity: '0' };

/**
 * Brings the ledger up to what the account says, at the start and in every tick, by one and the same path: it asks, settles and books,
 * and never places an order nor touches one that is not ours. The second of two passes changes nothing.
 */
export class Reconciler {
  private readonly outage: Outage;
  private readonly client: TradingClient | null;
  private readonly accountTrades: AccountTrades | null;
  private readonly keys: KeyWatch | null;
  private readonly waits: WaitMemory | null;
  /** Exchange time minus this machine's, as it was last seen. */
  private offsetMs = 0;
  /** Exchange time of the last answer, and the steady clock then; null before the first. */
  private synced: { readonly serverTime: number; readonly at: number } | null = null;

  constructor(private readonly parts: ReconcilerParts) {
    const { account, random, allowWithdrawals, ledger, book } = parts;
    this.outage = new Outage(random);
    const client = account instanceof TradingClient ? account : null;
    this.client = client;
    this.accountTrades = client === null ? null : new AccountTrades({ ...parts, client });
    this.keys = client === null ? null : new KeyWatch(client, allowWithdrawals);
    this.waits = client === null ? null : new WaitMemory(client, ledger, book);
  }

  /**
   * @param nowMs this machine's clock, UTC ms
   * @throws ExchangeUnavailable when something could not be read that every order needs, or the exchange is being left alone: the tick ends
   * @throws ExchangeAuthError when the key is refused; the alarm is in the ledger, and stands until a person resumes
   * @throws LedgerError, InstanceLocked: whoever called stops
   */
  async reconcile(nowMs: number, { settleMs = USUAL_SETTLE_MS }: ReconcileOptions = {}): Promise<Reconciliation> {
    const { clock } = this.parts;
    await this.waits?.restore(nowMs);
    const pauseMs = this.outage.pauseMs(clock.monotonic());
    if (pauseMs > 0) throw new ExchangeUnavailable(`The exchange did not answer; it is asked again in ${Math.ceil(pauseMs / 1000)} s`, pauseMs);
    try {
      const result = await this.pass(nowMs, settleMs);
      await this.noteRecovery(result.serverTime);
      return result;
    } catch (error) {
      await this.noteFailure(error, nowMs);
      throw error;
    } finally {
      await this.keepWaits();
    }
  }

  /** Keeps for the next process how long the exchange wants to be left alone; also at the end of a tick, for an order may have been told so. */
  async keepWaits(): Promise<void> {
    await this.waits?.remember(this.serverNow());
  }

  private async pass(nowMs: number, settleMs: number): Promise<Reconciliation> {
    const { account, book, orders, trades, ledger } = this.parts;
    const { serverTime, offsetMs, now } = await this.askTime(nowMs);
    const rules = await account.rules(book.symbol);
    const isGone = rules.status === 'gone';
    const findings: Finding[] = [...clockFindings(offsetMs), ...((await this.keys?.findings(serverTime)) ?? [])];
    let changes = 0;
    const note = (before: OrderEntity, { order, finding }: Settled): void => {
      if (isChanged(before, order)) changes++;
      if (finding !== null) findings.push(finding);
    };
    // Orders are asked for again only after something that may have moved one.
    const pending = await orders.notDone(book);
    const open = pending.filter(({ state }) => UNRESOLVED_STATES.includes(state));
    for (const order of open) note(order, await this.parts.settler.settle(order, { serverTime: now(), budgetMs: settleMs }));
    const read = isGone ? nothingRead() : ((await this.accountTrades?.catchUp(now())) ?? nothingRead());
    changes += read.changes;
    findings.push(...read.findings);
    const resting = open.length > 0 || read.changes > 0 ? await orders.working(book) : pending.filter(({ state }) => WORKING_STATES.includes(state));
    if (!isGone) for (const order of resting) note(order, await this.parts.working.follow(order, now()));
    findings.push(...(isGone ? [] : await this.foreignFindings()));

    const left = pending.length > 0 || resting.length > 0 || changes > 0 ? await orders.notDone(book) : [];
    const unresolved = left.filter(({ state }) => UNRESOLVED_STATES.includes(state));
    const working = left.filter(({ state }) => WORKING_STATES.includes(state));
    const balances = await account.balances();
    const top = isGone ? NO_BOOK : await account.bookTop(book.symbol);
    const position = await trades.position(book);
    const wallet = checkWallet(position.quantity, balances, rules, working, top.bid);
    findings.push(...statusFindings(rules, position.quantity), ...(await this.walletFindings(wallet, rules, unresolved, now())), ...weightFindings(this.client?.weightUsed() ?? null));
    findings.push(...(await ledger.openAlarms(book)).map(({ code, message }): Finding => ({ code, message: `${message}. \`resume\` when that is settled`, stops: 'halt' })));
    return { serverTime, offsetMs, rules, balances, book: top, position: { ...position, holding: wallet.holding }, sellable: wallet.sellable, lastTradeId: read.lastTradeId, unresolved, working, findings, changes };
  }

  /** The exchange's clock is read at each pass, which also sets the one that requests are stamped by. */
  private async askTime(nowMs: number): Promise<{ serverTime: number; offsetMs: number; now: () => number }> {
    const { account, clock } = this.parts;
    const before = clock.monotonic();
    const serverTime = await account.serverTime();
    const after = clock.monotonic();
    this.offsetMs = Math.round(serverTime - (nowMs + (after - before) / 2));
    this.synced = { serverTime, at: after };
    return { serverTime, offsetMs: this.offsetMs, now: () => Math.round(serverTime + clock.monotonic() - after) };
  }

  /** Exchange time as far as it is known; a local clock that was set since does not change it. */
  private serverNow(): number {
    const { clock } = this.parts;
    return this.synced === null ? clock.now() : this.synced.serverTime + clock.monotonic() - this.synced.at;
  }

  /** Orders in our name that this ledger knows nothing of. That they cannot be listed stands against purchases only. */
  private async foreignFindings(): Promise<readonly Finding[]> {
    if (this.client === null) return [];
    try {
      return await strangeOrders(this.client, this.parts.orders, this.parts.book);
    } catch (error) {
      if (!(error instanceof ExchangeUnavailable)) throw error;
      return [{ code: 'RECONCILE.UNREAD', message: `The open orders of the account could not be read: ${error.message}`, stops: 'no_entries' }];
    }
  }

  /** While an order is unresolved the account may be ahead of the ledger, and nothing is sent anyway. */
  private async walletFindings(wallet: WalletCheck, rules: MarketRules, unresolved: readonly OrderEntity[], at: number): Promise<Finding[]> {
    const mismatch = mismatchOf(wallet, rules);
    if (mismatch === null || unresolved.length > 0) return [];
    const { ledger, book } = this.parts;
    const { held, there } = wallet;
    const known = (await ledger.lastEvent(book, 'mismatch'))?.details;
    if (known?.['symbol'] !== book.symbol || known['held'] !== held || known['there'] !== there) {
      await ledger.recordEvent({ botId: book.botId, mode: book.mode, kind: 'mismatch', at, configHash: null, details: { symbol: book.symbol, held, there } });
    }
    return [mismatch];
  }

  private async noteRecovery(at: number): Promise<void> {
    const lastedMs = this.outage.over(this.parts.clock.monotonic());
    if (lastedMs === null) return;
    const { ledger, book } = this.parts;
    await ledger.recordEvent({ botId: book.botId, mode: book.mode, kind: 'reconciled', at, configHash: null, details: { after_outage_ms: Math.round(lastedMs) } });
  }

  private async noteFailure(error: unknown, nowMs: number): Promise<void> {
    const { ledger, book, clock } = this.parts;
    const at = Math.round(nowMs + this.offsetMs);
    if (error instanceof ExchangeAuthError) await ledger.raise(book, { code: error.code, message: error.message }, at);
    if (!(error instanceof ExchangeUnavailable) || !this.outage.failed(clock.monotonic())) return;
    await ledger.recordEvent({ botId: book.botId, mode: book.mode, kind: 'error', at, configHash: null, details: { code: error.code, message: error.message } });
  }
}

function isChanged(before: OrderEntity, after: OrderEntity): boolean {
  return before.state !== after.state || before.executedQuantity !== after.executedQuantity || before.exchangeOrderId !== after.exchangeOrderId;
}

function nothingRead(): TradesRead {
  return { changes: 0, lastTradeId: null, findings: [] };
}
