import { Option, SubCommand } from 'nest-commander';

import { ConfigLoader } from '../../config/config-loader.service.js';
import { rowFrom, sliceRows } from '../../data/candle-rows.js';
import { CandleStore } from '../../data/candle-store.js';
import { resample } from '../../data/resample.js';
import { CandleDataError, ConfigError } from '../../domain/errors.js';
import { isTimeframe, timeframeMs, TIMEFRAMES, type Timeframe } from '../../domain/timeframe.js';
import { BaseCommand } from '../base.command.js';
import { givenFlags, SettingFlags, type SettingFlag } from '../setting-flags.decorator.js';
import { configFileOf, STORE_FLAGS } from './data-flags.js';

const FLAGS: readonly SettingFlag[] = [{ flag: '--symbol', path: 'symbol', value: 'market' }, ...STORE_FLAGS];

@SubCommand({ name: 'resample', description: 'Make candles of longer timeframes out of shorter ones on file. Bars at the ends that are not whole are left out.' })
@SettingFlags(FLAGS)
export class DataResampleCommand extends BaseCommand {
  constructor(private readonly configs: ConfigLoader) {
    super();
  }

  async run(_args: string[], options: Record<string, unknown>): Promise<void> {
    const { symbol, data } = this.configs.load(givenFlags(FLAGS, options), configFileOf(options)).config;
    const from = timeframesOf(options['from'] ?? '1m', '--from')[0];
    const targets = timeframesOf(options['to'], '--to');
    const store = new CandleStore(data.cacheDir);
    const { rows, covered, file } = store.load(symbol, from);
    if (file === null) throw new CandleDataError('DATA.MISSING', `${data.cacheDir} holds no candles of ${symbol} ${from} to make others of`);
    for (const to of targets) {
      let added = 0;
      for (const range of covered) {
        const part = sliceRows(rows, rowFrom(rows.openTime, range.from), rowFrom(rows.openTime, range.to));
        const coarse = resample(part, from, to, range);
        if (coarse.openTime.length > 0) added += store.merge(symbol, to, coarse, [{ from: coarse.openTime[0], to: coarse.openTime[coarse.openTime.length - 1] + timeframeMs(to) }]).added;
      }
      this.print(`${symbol} ${from} → ${to}: ${added} candles added`);
    }
  }

  @Option({ flags: '--from <length>', description: 'Timeframe on file (default: 1m).' })
  readFrom(text: string): string {
    return text;
  }

  @Option({ flags: '--to <lengths>', description: 'Timeframes to make, comma-separated: 5m,1h,1d.' })
  readTo(text: string): string {
    return text;
  }

  @Option({ flags: '--config <file>', description: 'Settings file.' })
  readConfig(file: string): string {
    return file;
  }
}

function timeframesOf(value: unknown, flag: string): Timeframe[] {
  const names = typeof value === 'string' ? value.split(',').map((name) => name.trim()) : [];
  const bad = names.find((name) => !isTimeframe(name));
  if (names.length === 0 || bad !== undefined) throw new ConfigError([{ path: flag, message: `must be of ${TIMEFRAMES.join(', ')}, was ${bad === undefined ? 'left out' : `"${bad}"`}` }]);
  return names as Timeframe[];
}
