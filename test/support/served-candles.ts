import type { Candles } from '../../src/domain/candles.js';
import { DataHandler, type History, type HistoryQuery } from '../../src/data/data-handler.js';

/** Serves candles that a test has built, with as much warm-up as there is, and remembers what it was asked. */
export class ServedCandles extends DataHandler {
  readonly asked: HistoryQuery[] = [];

  constructor(readonly candles: Candles) {
    super();
  }

  async history(query: HistoryQuery): Promise<History> {
    this.asked.push(query);
    const from = query.fromMs === null ? 0 : this.candles.indexFrom(query.fromMs);
    const to = query.toMs === null ? this.candles.length : this.candles.indexFrom(query.toMs);
    const first = Math.max(0, from - query.warmupBars);
    return { candles: this.candles.slice(first, to), from: from - first };
  }

  async recent(): Promise<Candles> {
    throw new Error('A backtest asks for no recent candles');
  }
}
