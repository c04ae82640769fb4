import { Help, Option, SubCommand } from 'nest-commander';

import { ConfigLoader } from '../../config/config-loader.service.js';
import { COLUMN_NAMES } from '../../data/candle-rows.js';
import { CandleStore } from '../../data/candle-store.js';
import { diagnose } from '../../data/doctor.js';
import { readForeignFile, soundRows } from '../../data/foreign-file.js';
import type { ColumnMap } from '../../data/raw-table.js';
import { CandleDataError, ConfigError } from '../../domain/errors.js';
import { timeframeMs } from '../../domain/timeframe.js';
import { BaseCommand } from '../base.command.js';
import { givenFlags, SettingFlags } from '../setting-flags.decorator.js';
import { configFileOf, MARKET_FLAGS, STORE_FLAGS } from './data-flags.js';

const FLAGS = [...MARKET_FLAGS, ...STORE_FLAGS];
/** What an import puts right by itself; anything worse is for the doctor and its owner. */
const HARMLESS = new Set(['unit', 'unsorted', 'duplicate', 'partial_last', 'gap', 'zero_volume']);

@SubCommand({
  name: 'import',
  arguments: '<file...>',
  description: "Merge other people's candle files (CSV, gz, zip; the exchange's archives too) into the folder.",
})
@SettingFlags(FLAGS)
export class DataImportCommand extends BaseCommand {
  constructor(private readonly configs: ConfigLoader) {
    super();
  }

  async run(files: string[], options: Record<string, unknown>): Promise<void> {
    const { symbol, timeframe, data } = this.configs.load(givenFlags(FLAGS, options), configFileOf(options)).config;
    const map = columnMapOf(options['columns']);
    const store = new CandleStore(data.cacheDir);
    for (const file of files) {
      const diagnosis = diagnose(await readForeignFile(file, map), timeframe, Date.now());
      const faults = diagnosis.findings.filter(({ kind }) => !HARMLESS.has(kind));
      if (faults.length > 0) {
        const words = faults.map(({ message, places }) => `${message} (${places[0]})`).join('; ');
        throw new CandleDataError('DATA.FILE', `${file} is not imported: ${words}.\n  Look at it with: node dist/cli data doctor ${file} --timeframe ${timeframe}\n  and import what its --repair writes`);
      }
      const rows = soundRows(diagnosis);
      const { openTime } = rows;
      if (openTime.length === 0) throw new CandleDataError('DATA.EMPTY', `${file} holds no candles`);
      const span = { from: openTime[0], to: openTime[openTime.length - 1] + timeframeMs(timeframe) };
      const { added, conflicts } = store.merge(symbol, timeframe, rows, [span]);
      this.print(`${file}: ${added} of ${openTime.length} candles added to ${symbol} ${timeframe}`);
      for (const { kind, message } of diagnosis.findings) if (kind === 'unit' || kind === 'duplicate' || kind === 'unsorted' || kind === 'partial_last') this.say(`  put right: ${message}`);
      if (conflicts.length > 0) this.say(`  ${conflicts.length} candles differ from the ones on file; the older ones were kept`);
    }
  }

  @Option({ flags: '--columns <list>', description: `Which column holds what, by header name or number: timestamp=Date,open=2,… (${COLUMN_NAMES.join(', ')}).` })
  readColumns(text: string): string {
    return text;
  }

  @Option({ flags: '--config <file>', description: 'Settings file.' })
  readConfig(file: string): string {
    return file;
  }

  @Help('after')
  examples(): string {
    return `
Examples:
  $ node dist/cli data import BTCUSDT-1m-2024-12.zip --symbol BTC/USDT --timeframe 1m
  $ node dist/cli data import prices.csv --symbol BTC/USDT --timeframe 1d --columns 'timestamp=Date,volume=Volume BTC'`;
  }
}

function columnMapOf(text: unknown): ColumnMap {
  if (typeof text !== 'string') return {};
  const map: Record<string, string> = {};
  for (const pair of text.split(',')) {
    const [name, column] = pair.split('=').map((part) => part.trim());
    if (!(COLUMN_NAMES as readonly string[]).includes(name) || column === undefined || column === '') {
      throw new ConfigError([{ path: '--columns', message: `must be pairs such as timestamp=Date,open=2 with names of ${COLUMN_NAMES.join(', ')}, but one is "${pair}"` }]);
    }
    map[name] = column;
  }
  return map;
}
