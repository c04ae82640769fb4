import { Option, SubCommand } from 'nest-commander';

import { ConfigLoader } from '../../config/config-loader.service.js';
import { formatCandleCsv } from '../../data/candle-csv.js';
import { rowFrom, sliceRows } from '../../data/candle-rows.js';
import { CandleStore } from '../../data/candle-store.js';
import { candlesToParquet } from '../../data/parquet.js';
import { CandleDataError, ConfigError } from '../../domain/errors.js';
import { createFile } from '../../files/atomic-write.js';
import { BaseCommand } from '../base.command.js';
import { givenFlags, SettingFlags } from '../setting-flags.decorator.js';
import { configFileOf, dateOf, MARKET_FLAGS, STORE_FLAGS } from './data-flags.js';

const FLAGS = [...MARKET_FLAGS, ...STORE_FLAGS];

@SubCommand({ name: 'export', description: 'Write candles on file to a new file, as CSV or Parquet.' })
@SettingFlags(FLAGS)
export class DataExportCommand extends BaseCommand {
  constructor(private readonly configs: ConfigLoader) {
    super();
  }

  async run(_args: string[], options: Record<string, unknown>): Promise<void> {
    const { symbol, timeframe, data } = this.configs.load(givenFlags(FLAGS, options), configFileOf(options)).config;
    const out = options['out'];
    if (typeof out !== 'string') throw new ConfigError([{ path: '--out', message: 'is required: the file to write, .csv or .parquet' }]);
    const parquet = out.endsWith('.parquet');
    if (!parquet && !out.endsWith('.csv')) throw new ConfigError([{ path: '--out', message: `must end with .csv or .parquet, was "${out}"` }]);
    const { rows, file } = new CandleStore(data.cacheDir).load(symbol, timeframe);
    if (file === null) throw new CandleDataError('DATA.MISSING', `${data.cacheDir} holds no candles of ${symbol} ${timeframe}`);
    const from = rowFrom(rows.openTime, dateOf(options, 'start', 0));
    const to = rowFrom(rows.openTime, dateOf(options, 'end', Infinity));
    if (from >= to) throw new CandleDataError('DATA.EMPTY', `${file} holds no candles in that range`);
    const part = sliceRows(rows, from, to);
    createFile(out, [parquet ? await candlesToParquet(part) : formatCandleCsv(part)]);
    this.print(`Wrote ${to - from} candles to ${out}`);
  }

  @Option({ flags: '--out <file>', description: 'File to write, .csv or .parquet; never over one that exists.' })
  readOut(file: string): string {
    return file;
  }

  @Option({ flags: '--start <date>', description: 'First moment wanted, UTC.' })
  readStart(date: string): string {
    return date;
  }

  @Option({ flags: '--end <date>', description: 'First moment no longer wanted, UTC.' })
  readEnd(date: string): string {
    return date;
  }

  @Option({ flags: '--config <file>', description: 'Settings file.' })
  readConfig(file: string): string {
    return file;
  }
}
