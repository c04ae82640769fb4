import { LedgerReader } from './ledger-reader.js';
import { FillQueries } from './repositories/fill-queries.js';
import { OrderQueries } from './repositories/order-repository.js';
import { SignalQueries } from './repositories/signal-repository.js';
import { TradeRepository } from './repositories/trade-repository.js';

/** Every question that can be asked of a ledger, without the right to change it. */
export interface LedgerQueries {
  readonly reader: LedgerReader;
  readonly signals: SignalQueries;
  readonly orders: OrderQueries;
  readonly fills: FillQueries;
  readonly trades: TradeRepository;
}

/** Opens a ledger for questions, and closes it when they are answered. @throws LedgerError LEDGER.NONE where there is none */
export async function readLedger<T>(dataDir: string, work: (queries: LedgerQueries) => Promise<T>): Promise<T> {
  const reader = await LedgerReader.open(dataDir);
  try {
    return await work({ reader, signals: new SignalQueries(reader), orders: new OrderQueries(reader), fills: new FillQueries(reader), trades: new TradeRepository(reader) });
  } finally {
    await reader.close();
  }
}
