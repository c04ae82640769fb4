import { Command } from 'nest-commander';

import { ConfigError } from '../../domain/errors.js';
import { isoTime } from '../../domain/instant.js';
import { ORDER_STATES, type OrderState } from '../../domain/order.js';
import type { OrderEntity } from '../../persistence/entities/order.entity.js';
import type { LedgerQueries } from '../../persistence/read-ledger.js';
import type { LedgerFilter, Page } from '../../persistence/repositories/page.js';
import type { OrderFilter } from '../../persistence/repositories/order-repository.js';
import { SettingFlags } from '../setting-flags.decorator.js';
import { OrdersResolveCommand } from '../trading/orders-resolve.command.js';
import { brief, briefTime, type Column } from './columns.js';
import { LEDGER_DIR, LedgerFlags, LIST_FLAGS, SIDE_FLAG, type Options } from './ledger-flags.decorator.js';
import { LedgerListCommand } from './ledger-base.command.js';

const timeOrNull = (ms: number | null): string | null => (ms === null ? null : isoTime(ms));

@Command({ name: 'orders', description: 'List orders from intent to end; `orders resolve` settles those of unknown outcome.', subCommands: [OrdersResolveCommand] })
@SettingFlags(LEDGER_DIR)
@LedgerFlags([...LIST_FLAGS, SIDE_FLAG, { flags: '--state <names>', help: `Only orders in these states, comma-separated: ${ORDER_STATES.join(', ')}.` }])
export class OrdersCommand extends LedgerListCommand<OrderEntity, OrderFilter> {
  protected readonly what = 'orders';
  protected readonly columns: readonly Column<OrderEntity>[] = [
    { name: 'id', value: ({ id }) => id },
    { name: 'bot_id', value: ({ botId }) => botId },
    { name: 'mode', value: ({ mode }) => mode, cell: ({ mode }) => mode, shared: true },
    { name: 'exchange', value: ({ exchange }) => exchange },
    { name: 'planned_at', title: 'planned', value: ({ plannedAt }) => isoTime(plannedAt), cell: ({ plannedAt }) => briefTime(plannedAt) },
    { name: 'symbol', title: 'market', value: ({ symbol }) => symbol, cell: ({ symbol }) => symbol },
    { name: 'strategy', value: ({ strategy }) => strategy },
    { name: 'side', value: ({ side }) => side, cell: ({ side }) => side },
    { name: 'type', value: ({ type }) => type, cell: ({ type }) => type },
    { name: 'quantity', value: ({ quantity }) => quantity, cell: ({ quantity }) => brief(quantity), align: 'right' },
    { name: 'executed_quantity', title: 'done', value: ({ executedQuantity }) => executedQuantity, cell: ({ executedQuantity }) => brief(executedQuantity), align: 'right' },
    { name: 'executed_quote', value: ({ executedQuote }) => executedQuote },
    { name: 'limit_price', value: ({ limitPrice }) => limitPrice },
    { name: 'stop_price', value: ({ stopPrice }) => stopPrice },
    { name: 'reference_price', value: ({ referencePrice }) => referencePrice },
    { name: 'state', value: ({ state }) => state, cell: ({ state }) => state },
    { name: 'state_at', value: ({ stateAt }) => isoTime(stateAt) },
    { name: 'state_reason', value: ({ stateReason }) => stateReason },
    { name: 'reason', title: 'why', value: ({ reason }) => reason, cell: ({ reason, stateReason }) => stateReason ?? reason, flexible: true },
    { name: 'purpose', value: ({ purpose }) => purpose },
    { name: 'signal_key', value: ({ signalKey }) => signalKey },
    { name: 'attempt', value: ({ attempt }) => attempt },
    { name: 'client_order_id', value: ({ clientOrderId }) => clientOrderId },
    { name: 'exchange_order_id', value: ({ exchangeOrderId }) => exchangeOrderId },
    { name: 'sent_at', value: ({ sentAt }) => timeOrNull(sentAt) },
  ];

  protected override narrowed(filter: LedgerFilter, { state }: Options): OrderFilter {
    return { ...filter, states: statesOf(state) };
  }

  protected list({ orders }: LedgerQueries, filter: OrderFilter, page: Page): Promise<OrderEntity[]> {
    return orders.list(filter, page);
  }
}

function statesOf(text: unknown): OrderState[] | undefined {
  if (typeof text !== 'string') return undefined;
  const names = text.split(',').map((name) => name.trim().toUpperCase());
  const bad = names.find((name) => !(ORDER_STATES as readonly string[]).includes(name));
  if (bad !== undefined) throw new ConfigError([{ path: '--state', message: `must be of ${ORDER_STATES.join(', ')}, was "${bad}"` }], 'Cannot use these flags');
  return names as OrderState[];
}
