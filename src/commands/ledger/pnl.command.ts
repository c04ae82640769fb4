import { Command } from 'nest-commander';

import { ConfigError } from '../../domain/errors.js';
import type { HeldPosition, PnlGroup, PnlRow } from '../../persistence/repositories/trade-repository.js';
import { SettingFlags } from '../setting-flags.decorator.js';
import { brief, briefSigned, csv, feesText, jsonRows, table, type Column } from './columns.js';
import { CONFIG_FLAG, filterOf, JSON_FLAG, LEDGER_DIR, LedgerFlags, MODE_FLAG, SPAN_FLAGS, STRATEGY_FLAG, SYMBOL_FLAG, type Options } from './ledger-flags.decorator.js';
import { LedgerCommand } from './ledger-base.command.js';

const GROUPS = ['day', 'month', 'strategy', 'symbol', 'total'] as const satisfies readonly PnlGroup[];

function rowColumns(group: PnlGroup): readonly Column<PnlRow>[] {
  return [
    { name: 'mode', value: ({ mode }) => mode, cell: ({ mode }) => mode, shared: true },
    { name: group, value: (row) => row.group, cell: (row) => row.group },
    { name: 'realised', value: ({ realised }) => realised, cell: ({ realised }) => briefSigned(realised), align: 'right' },
    { name: 'quote_asset', title: '', value: ({ quoteAsset }) => quoteAsset, cell: ({ quoteAsset }) => quoteAsset },
    { name: 'fills', value: ({ fills }) => fills, cell: ({ fills }) => String(fills), align: 'right' },
    { name: 'fees', title: 'fees taken', value: ({ fees }) => fees, cell: ({ fees }) => feesText(fees), flexible: true },
  ];
}

const POSITION_COLUMNS: readonly Column<HeldPosition>[] = [
  { name: 'bot_id', value: ({ botId }) => botId },
  { name: 'mode', value: ({ mode }) => mode, cell: ({ mode }) => mode, shared: true },
  { name: 'exchange', value: ({ exchange }) => exchange },
  { name: 'symbol', title: 'market', value: ({ symbol }) => symbol, cell: ({ symbol }) => symbol },
  { name: 'holding', value: ({ holding }) => holding, cell: ({ holding }) => holding },
  { name: 'quantity', title: 'held', value: ({ quantity }) => quantity, cell: ({ quantity }) => brief(quantity), align: 'right' },
  { name: 'cost', value: ({ cost }) => cost, cell: ({ cost }) => brief(cost), align: 'right' },
  { name: 'price', value: ({ price }) => price, cell: ({ price }) => brief(price), align: 'right' },
  { name: 'price_from', title: 'from', value: ({ priceAt }) => priceAt, cell: ({ priceAt }) => priceAt },
  { name: 'unrealised', value: ({ unrealised }) => unrealised, cell: ({ unrealised }) => briefSigned(unrealised), align: 'right' },
  { name: 'realised', value: ({ realised }) => realised, cell: ({ realised }) => briefSigned(realised), align: 'right' },
  { name: 'fees', value: ({ fees }) => fees },
];

@Command({ name: 'pnl', description: 'Show what was won and lost, exactly: realised by day, month, strategy or market, and what is held.' })
@SettingFlags(LEDGER_DIR)
@LedgerFlags([
  { flags: '--by <group>', help: `How results are put together: ${GROUPS.join(', ')} (default: month).` },
  ...SPAN_FLAGS,
  SYMBOL_FLAG,
  MODE_FLAG,
  STRATEGY_FLAG,
  JSON_FLAG,
  { flags: '--csv', help: 'Print the realised results as CSV.' },
  CONFIG_FLAG,
])
export class PnlCommand extends LedgerCommand {
  async run(_args: string[], options: Options): Promise<void> {
    const { filter } = filterOf(options);
    const group = groupOf(options['by'] ?? 'month');
    const { rows, held } = await this.ask(this.dataDir(options), async ({ trades }) => ({ rows: await trades.pnl(filter, group), held: await trades.positions(filter) }));
    const columns = rowColumns(group);
    if (options['json'] === true) this.print(JSON.stringify({ realised: jsonRows(rows, columns), positions: jsonRows(held, POSITION_COLUMNS) }, null, 2));
    else if (options['csv'] === true) this.print(csv(rows, columns));
    else if (rows.length === 0 && held.length === 0) this.print('No fills.');
    else this.print([rows.length === 0 ? 'Nothing realised in that span.' : table(rows, columns), '', table(held, POSITION_COLUMNS), ...notes(held)].join('\n'));
  }
}

function notes(held: readonly HeldPosition[]): string[] {
  const notes = ['Realised: commissions in base and quote currency are deducted; those in a third asset are not.'];
  if (held.some(({ priceAt, holding }) => priceAt === 'fill' && holding === 'open')) notes.push('Price "from fill": the newest fill, where no candle has been decided on.');
  return ['', ...notes];
}

function groupOf(text: unknown): PnlGroup {
  const group = GROUPS.find((known) => known === text);
  if (group === undefined) throw new ConfigError([{ path: '--by', message: `must be one of ${GROUPS.join(', ')}, was "${String(text)}"` }], 'Cannot use these flags');
  return group;
}
