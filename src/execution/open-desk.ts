import type { TradingAccount } from '../exchange/trading-client.js';
import type { Ledger } from '../persistence/open-ledger.js';
import { AdjustmentRepository } from '../persistence/repositories/adjustment-repository.js';
import { OrderRepository } from '../persistence/repositories/order-repository.js';
import { ReconcileRepository } from '../persistence/repositories/reconcile-repository.js';
import { TradeRepository } from '../persistence/repositories/trade-repository.js';
import { allowsWithdrawals } from './live-keys.js';
import { prepareAccount, type AccountNeeds } from './open-account.js';
import { Reconciler } from './reconciler.js';
import { OrderSettler } from './settle-orders.js';
import type { TradingBook } from './trading-book.js';
import { WorkingOrders } from './working-orders.js';

export interface DeskNeeds extends AccountNeeds {
  /** Takes the lock. @throws InstanceLocked, LedgerError */
  readonly openLedger: () => Promise<Ledger>;
  /** Uniform on [0, 1). */
  readonly random: () => number;
}

/** An account and the ledger about it, to the exclusion of every other process. It can look and settle; nothing here places an order. */
export interface TradingDesk {
  readonly book: TradingBook;
  readonly account: TradingAccount;
  readonly reconciler: Reconciler;
  readonly orders: OrderRepository;
  readonly adjustments: AdjustmentRepository;
  close(): Promise<void>;
}

/**
 * For an operator beside no running bot: settles, books and compares. Nothing is signed before the lock is ours.
 *
 * @throws SafetyHalt when a key of live trading is missing; InstanceLocked while a service has the ledger; LedgerError LEDGER.NONE where no
 *   bot has ever run
 */
export async function openTradingDesk(needs: DeskNeeds): Promise<TradingDesk> {
  const { config, env, clock, random } = needs;
  const openAccount = prepareAccount(needs);
  const ledger = await needs.openLedger();
  try {
    const { database } = ledger;
    const { account, executor } = await openAccount(database);
    const orders = new OrderRepository(database);
    const book: TradingBook = { botId: config.botId, mode: executor.mode, exchange: executor.exchange, symbol: config.symbol, strategy: config.strategy.name };
    const reconciler = new Reconciler({
      account,
      settler: new OrderSettler({ executor, account, orders, clock, recvWindowMs: config.exchange.recvWindowMs }),
      working: new WorkingOrders(executor, orders, config.execution.openOrderTimeoutSeconds * 1000),
      orders,
      trades: new TradeRepository(database),
      ledger: new ReconcileRepository(database),
      book,
      clock,
      random,
      allowWithdrawals: allowsWithdrawals(env),
    });
    return { book, account, reconciler, orders, adjustments: new AdjustmentRepository(database), close: () => ledger.close() };
  } catch (error) {
    await ledger.close();
    throw error;
  }
}
