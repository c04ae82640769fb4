import { fromNumber, isZero, type DecimalText } from '../domain/decimal.js';
import type { Reconciliation } from '../execution/reconciliation.js';
import type { PaperExecutor } from '../execution/paper/paper-executor.js';
import type { EntryPrices } from './order-maker.js';

/** On a real exchange a purchase pays the ask; a market without one trades nothing. */
export class AskPrices implements EntryPrices {
  async entryPrice({ book }: Reconciliation): Promise<DecimalText | null> {
    return Promise.resolve(isZero(book.ask) ? null : book.ask);
  }
}

/** On paper a purchase pays what the executor will charge: an order is sized at the very price it fills at, as in a backtest. */
export class PaperPrices implements EntryPrices {
  constructor(
    private readonly executor: Pick<PaperExecutor, 'fillPrice'>,
    private readonly symbol: string,
  ) {}

  async entryPrice(_state: Reconciliation, nowMs: number): Promise<DecimalText | null> {
    const price = await this.executor.fillPrice(this.symbol, 'buy', nowMs);
    return price === null ? null : fromNumber(price);
  }
}
