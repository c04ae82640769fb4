import { Command } from 'nest-commander';

import { ratio } from '../../domain/decimal.js';
import { isoTime } from '../../domain/instant.js';
import type { TradeEntity } from '../../persistence/entities/trade.entity.js';
import type { LedgerQueries } from '../../persistence/read-ledger.js';
import type { LedgerFilter, Page } from '../../persistence/repositories/page.js';
import { SettingFlags } from '../setting-flags.decorator.js';
import { brief, briefSigned, briefSpan, briefTime, type Column } from './columns.js';
import { LEDGER_DIR, LedgerFlags, LIST_FLAGS } from './ledger-flags.decorator.js';
import { LedgerListCommand } from './ledger-base.command.js';

const PRICE_PLACES = 8;

@Command({ name: 'trades', description: 'List round trips: from the first purchase to the sale that left nothing to sell.' })
@SettingFlags(LEDGER_DIR)
@LedgerFlags(LIST_FLAGS)
export class TradesCommand extends LedgerListCommand<TradeEntity> {
  protected readonly what = 'trades';
  protected readonly columns: readonly Column<TradeEntity>[] = [
    { name: 'id', value: ({ id }) => id },
    { name: 'bot_id', value: ({ botId }) => botId },
    { name: 'mode', value: ({ mode }) => mode, cell: ({ mode }) => mode, shared: true },
    { name: 'exchange', value: ({ exchange }) => exchange },
    { name: 'symbol', title: 'market', value: ({ symbol }) => symbol, cell: ({ symbol }) => symbol },
    { name: 'strategy', value: ({ strategy }) => strategy },
    { name: 'opened_at', title: 'opened', value: ({ openedAt }) => isoTime(openedAt), cell: ({ openedAt }) => briefTime(openedAt) },
    { name: 'closed_at', title: 'for', value: ({ closedAt }) => (closedAt === null ? null : isoTime(closedAt)), cell: ({ openedAt, closedAt }) => (closedAt === null ? 'open' : briefSpan(closedAt - openedAt)), align: 'right' },
    { name: 'bought', value: ({ bought }) => bought, cell: ({ bought }) => brief(bought), align: 'right' },
    { name: 'sold', value: ({ sold }) => sold },
    { name: 'entry_price', title: 'entry', value: ({ entryValue, bought }) => ratio(entryValue, bought, PRICE_PLACES), cell: ({ entryValue, bought }) => brief(ratio(entryValue, bought, PRICE_PLACES)), align: 'right' },
    { name: 'exit_price', title: 'exit', value: ({ exitValue, sold }) => ratio(exitValue, sold, PRICE_PLACES), cell: ({ exitValue, sold }) => brief(ratio(exitValue, sold, PRICE_PLACES)), align: 'right' },
    { name: 'entry_value', value: ({ entryValue }) => entryValue },
    { name: 'exit_value', value: ({ exitValue }) => exitValue },
    { name: 'fees', value: ({ fees }) => fees },
    { name: 'pnl', value: ({ pnl }) => pnl, cell: ({ pnl }) => briefSigned(pnl), align: 'right' },
    { name: 'exit_reason', title: 'why', value: ({ exitReason }) => exitReason, cell: ({ exitReason }) => exitReason ?? '', flexible: true },
  ];

  protected list({ trades }: LedgerQueries, filter: LedgerFilter, page: Page): Promise<TradeEntity[]> {
    return trades.list(filter, page);
  }
}
