import { Command } from 'nest-commander';

import { isoTime } from '../../domain/instant.js';
import type { FillEntity } from '../../persistence/entities/fill.entity.js';
import type { LedgerQueries } from '../../persistence/read-ledger.js';
import type { LedgerFilter, Page } from '../../persistence/repositories/page.js';
import { SettingFlags } from '../setting-flags.decorator.js';
import { brief, briefTime, type Column } from './columns.js';
import { LEDGER_DIR, LedgerFlags, LIST_FLAGS, SIDE_FLAG } from './ledger-flags.decorator.js';
import { LedgerListCommand } from './ledger-base.command.js';

@Command({ name: 'fills', description: 'List executions, each once, with the commission as it was taken.' })
@SettingFlags(LEDGER_DIR)
@LedgerFlags([...LIST_FLAGS, SIDE_FLAG])
export class FillsCommand extends LedgerListCommand<FillEntity> {
  protected readonly what = 'fills';
  protected readonly columns: readonly Column<FillEntity>[] = [
    { name: 'id', value: ({ id }) => id },
    { name: 'bot_id', value: ({ botId }) => botId },
    { name: 'mode', value: ({ mode }) => mode, cell: ({ mode }) => mode, shared: true },
    { name: 'exchange', value: ({ exchange }) => exchange },
    { name: 'executed_at', title: 'executed', value: ({ executedAt }) => isoTime(executedAt), cell: ({ executedAt }) => briefTime(executedAt) },
    { name: 'symbol', title: 'market', value: ({ symbol }) => symbol, cell: ({ symbol }) => symbol },
    { name: 'strategy', value: ({ strategy }) => strategy },
    { name: 'side', value: ({ side }) => side, cell: ({ side }) => side },
    { name: 'price', value: ({ price }) => price, cell: ({ price }) => brief(price), align: 'right' },
    { name: 'quantity', value: ({ quantity }) => quantity, cell: ({ quantity }) => brief(quantity), align: 'right' },
    { name: 'commission', title: 'fee', value: ({ commission }) => commission, cell: ({ commission }) => brief(commission), align: 'right' },
    { name: 'commission_asset', title: 'in', value: ({ commissionAsset }) => commissionAsset, cell: ({ commissionAsset }) => commissionAsset },
    { name: 'trade_id', title: 'trade', value: ({ tradeId }) => tradeId, cell: ({ tradeId, origin }) => (origin === 'external' ? `${tradeId} (external)` : tradeId) },
    { name: 'origin', value: ({ origin }) => origin },
    { name: 'order_id', value: ({ orderId }) => orderId },
    { name: 'booked_at', value: ({ bookedAt }) => isoTime(bookedAt) },
  ];

  protected list({ fills }: LedgerQueries, filter: LedgerFilter, page: Page): Promise<FillEntity[]> {
    return fills.list(filter, page);
  }
}
