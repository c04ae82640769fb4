import type { TradingMode } from '../domain/order.js';
import { SignalEntity } from './entities/signal.entity.js';
import type { LedgerView } from './ledger-view.js';
import { STREAM_ROWS } from './repositories/page.js';

/** Every decision of one bot in one mode as one JSON document, in pieces, oldest first. */
export async function* exportDecisions(view: LedgerView, scope: { readonly botId: string; readonly mode: TradingMode }): AsyncGenerator<string> {
  yield '{"decisions":[';
  let last = 0;
  for (let rows: SignalEntity[] | null = null; rows === null || rows.length === STREAM_ROWS; last = rows.at(-1)?.id ?? last) {
    rows = await view.find(SignalEntity, (query) => query.where('row.botId = :botId AND row.mode = :mode AND row.id > :last', { ...scope, last }).orderBy('row.id').limit(STREAM_ROWS));
    if (rows.length > 0) yield `${last === 0 ? '\n' : ',\n'}${rows.map(textOf).join(',\n')}`;
  }
  yield '\n]}\n';
}

function textOf({ botId, mode, strategy, symbol, timeframe, candleOpenTime, decidedAt, candle, value, decision, reason, candleHash }: SignalEntity): string {
  const signalKey = [botId, mode, symbol, timeframe, candleOpenTime, decision].join('|');
  return JSON.stringify({ signalKey, strategy, symbol, timeframe, candleOpenTime, decidedAt, candle, value, action: decision.toUpperCase(), reason, candleHash });
}
