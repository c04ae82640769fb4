import type { TradingMode } from '../domain/order.js';
import { BotEventEntity } from './entities/bot-event.entity.js';
import { FillEntity } from './entities/fill.entity.js';
import { OrderTransitionEntity } from './entities/order-transition.entity.js';
import { OrderEntity } from './entities/order.entity.js';
import { SignalEntity } from './entities/signal.entity.js';
import type { LedgerView } from './ledger-view.js';

export interface OrderStory {
  readonly order: OrderEntity;
  readonly transitions: readonly OrderTransitionEntity[];
  readonly fills: readonly FillEntity[];
}

/** All that the ledger keeps of one decision. */
export interface DecisionStory {
  readonly signal: SignalEntity;
  /** What the gate looked at, oldest first: `details` holds proposal, size and readings. Empty when nothing was proposed. */
  readonly judged: readonly BotEventEntity[];
  readonly orders: readonly OrderStory[];
}

/** @param atMs the bar in which the moment lies, or the last one before it that was decided on */
export async function decisionStory(view: LedgerView, { botId, mode, symbol }: { readonly botId: string; readonly mode: TradingMode; readonly symbol: string }, atMs: number): Promise<DecisionStory | null> {
  const [signal] = await view.find(SignalEntity, (query) =>
    query.where('row.botId = :botId AND row.mode = :mode AND row.symbol = :symbol AND row.candleOpenTime <= :atMs', { botId, mode, symbol, atMs }).orderBy('row.candleOpenTime', 'DESC').addOrderBy('row.id', 'DESC').limit(1),
  );
  if (signal === undefined) return null;
  const judged = await view.find(BotEventEntity, (query) =>
    query.where(`row.at >= :from AND row.botId = :botId AND row.mode = :mode AND row.kind = 'tick' AND json_extract(row.details, '$.signal_id') = :id`, { from: signal.decidedAt, botId, mode, id: signal.id }).orderBy('row.id'),
  );
  const orders: OrderStory[] = [];
  for (const order of await view.find(OrderEntity, (query) => query.where('row.signalId = :id', { id: signal.id }).orderBy('row.plannedAt').addOrderBy('row.attempt'))) {
    const transitions = await view.find(OrderTransitionEntity, (query) => query.where('row.orderId = :id', { id: order.id }).orderBy('row.id'));
    const fills = await view.find(FillEntity, (query) => query.where('row.orderId = :id', { id: order.id }).orderBy('row.id'));
    orders.push({ order, transitions, fills });
  }
  return { signal, judged, orders };
}
