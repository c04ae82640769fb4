import { Command } from 'nest-commander';

import { ConfigError } from '../../domain/errors.js';
import { isoTime } from '../../domain/instant.js';
import type { Signal } from '../../domain/signal.js';
import type { SignalEntity } from '../../persistence/entities/signal.entity.js';
import type { LedgerQueries } from '../../persistence/read-ledger.js';
import type { LedgerFilter, Page } from '../../persistence/repositories/page.js';
import type { SignalFilter } from '../../persistence/repositories/signal-repository.js';
import { SettingFlags } from '../setting-flags.decorator.js';
import { brief, briefTime, type Column } from './columns.js';
import { LEDGER_DIR, LedgerFlags, LIST_FLAGS, SIDE_FLAG, type Options } from './ledger-flags.decorator.js';
import { LedgerListCommand } from './ledger-base.command.js';

@Command({ name: 'signals', description: 'List what the strategy said about each bar, what was decided, and why.' })
@SettingFlags(LEDGER_DIR)
@LedgerFlags([...LIST_FLAGS, SIDE_FLAG, { flags: '--value <number>', help: 'Only signals of this value: 1, 0 or -1.' }])
export class SignalsCommand extends LedgerListCommand<SignalEntity, SignalFilter> {
  protected readonly what = 'signals';
  protected readonly columns: readonly Column<SignalEntity>[] = [
    { name: 'id', value: ({ id }) => id },
    { name: 'bot_id', value: ({ botId }) => botId },
    { name: 'mode', value: ({ mode }) => mode, cell: ({ mode }) => mode, shared: true },
    { name: 'symbol', title: 'market', value: ({ symbol }) => symbol, cell: ({ symbol }) => symbol },
    { name: 'timeframe', title: 'tf', value: ({ timeframe }) => timeframe, cell: ({ timeframe }) => timeframe },
    { name: 'candle_open_time', title: 'bar opened', value: ({ candleOpenTime }) => isoTime(candleOpenTime), cell: ({ candleOpenTime }) => briefTime(candleOpenTime) },
    { name: 'strategy', value: ({ strategy }) => strategy, cell: ({ strategy }) => strategy, flexible: true },
    { name: 'close', value: ({ candle }) => candle.close, cell: ({ candle }) => brief(candle.close), align: 'right' },
    { name: 'value', title: 'says', value: ({ value }) => value, cell: ({ value }) => String(value), align: 'right' },
    { name: 'decision', title: 'did', value: ({ decision }) => decision, cell: ({ decision }) => decision },
    { name: 'reason', title: 'why', value: ({ reason }) => reason, cell: ({ reason }) => reason, flexible: true },
    { name: 'indicators', value: ({ indicators }) => indicators },
    { name: 'candle', value: ({ candle }) => candle },
    { name: 'candle_hash', value: ({ candleHash }) => candleHash },
    { name: 'decided_at', value: ({ decidedAt }) => isoTime(decidedAt) },
  ];

  protected override narrowed(filter: LedgerFilter, { value }: Options): SignalFilter {
    return { ...filter, value: valueOf(value) };
  }

  protected list({ signals }: LedgerQueries, filter: SignalFilter, page: Page): Promise<SignalEntity[]> {
    return signals.list(filter, page);
  }
}

function valueOf(text: unknown): Signal | undefined {
  if (text === undefined) return undefined;
  if (text === '1' || text === '0' || text === '-1') return Number(text) as Signal;
  throw new ConfigError([{ path: '--value', message: `must be 1, 0 or -1, was ${JSON.stringify(text)}` }], 'Cannot use these flags');
}
