import { Option, SubCommand } from 'nest-commander';

import { ConfigLoader } from '../../config/config-loader.service.js';
import { readCandleFile } from '../../data/candle-file.js';
import { listCandleFiles, type StoredFile } from '../../data/stored-files.js';
import { TradingBotError } from '../../domain/errors.js';
import { shortTime } from '../../domain/instant.js';
import { timeframeMs } from '../../domain/timeframe.js';
import { BaseCommand } from '../base.command.js';
import { duration } from '../progress-line.js';
import { givenFlags, SettingFlags } from '../setting-flags.decorator.js';
import { configFileOf, STORE_FLAGS } from './data-flags.js';

interface ListedFile {
  readonly file: string;
  readonly symbol: string;
  readonly timeframe: string;
  readonly rows: number | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly gaps: number | null;
  readonly missing: number | null;
  /** Since the last candle's close. */
  readonly age: string | null;
  readonly problem: string | null;
}

@SubCommand({ name: 'list', description: 'List the candle files: ranges, gaps, age.' })
@SettingFlags(STORE_FLAGS)
export class DataListCommand extends BaseCommand {
  constructor(private readonly configs: ConfigLoader) {
    super();
  }

  async run(_args: string[], options: Record<string, unknown>): Promise<void> {
    const { config } = this.configs.load(givenFlags(STORE_FLAGS, options), configFileOf(options));
    const { cacheDir } = config.data;
    const files = listCandleFiles(cacheDir).map((file) => describe(file, Date.now()));
    if (options['json'] === true) {
      this.print(JSON.stringify(files, null, 2));
    } else if (files.length === 0) {
      this.print(`${cacheDir} holds no candle files. Fetch some with: node dist/cli data download --start 2024-01-01`);
    } else {
      this.print(table(files));
    }
  }

  @Option({ flags: '--json', description: 'Print JSON.' })
  readJson(): boolean {
    return true;
  }

  @Option({ flags: '--config <file>', description: 'Settings file.' })
  readConfig(file: string): string {
    return file;
  }
}

function describe({ path, symbol, timeframe }: StoredFile, nowMs: number): ListedFile {
  const file = { file: path, symbol, timeframe };
  try {
    const { openTime } = readCandleFile(path, timeframe);
    const step = timeframeMs(timeframe);
    let gaps = 0;
    for (let i = 1; i < openTime.length; i++) if (openTime[i] - openTime[i - 1] > step) gaps++;
    const end = openTime[openTime.length - 1] + step;
    const missing = openTime.length === 0 ? 0 : (end - openTime[0]) / step - openTime.length;
    if (openTime.length === 0) return { ...file, rows: 0, from: null, to: null, gaps, missing, age: null, problem: null };
    return { ...file, rows: openTime.length, from: shortTime(openTime[0]), to: shortTime(end), gaps, missing, age: age(nowMs - end), problem: null };
  } catch (error) {
    if (!(error instanceof TradingBotError)) throw error;
    return { ...file, rows: null, from: null, to: null, gaps: null, missing: null, age: null, problem: error.message };
  }
}

function age(ms: number): string {
  const days = ms / 86_400_000;
  return days < 2 ? duration(Math.max(0, ms)) : `${Math.floor(days)} d`;
}

function table(files: readonly ListedFile[]): string {
  const rows = files.map(({ symbol, timeframe, rows: count, from, to, gaps, missing, age: old, problem }) => [
    symbol,
    timeframe,
    problem === null ? String(count) : 'damaged',
    from ?? '',
    to ?? '',
    gaps === null ? '' : gaps === 0 ? 'none' : `${gaps} (${missing})`,
    old ?? '',
  ]);
  const all = [['market', 'tf', 'candles', 'from', 'to', 'gaps (missing)', 'age'], ...rows];
  const widths = all[0].map((_, c) => Math.max(...all.map((row) => row[c].length)));
  const lines = all.map((row) => row.map((cell, c) => (c === 2 ? cell.padStart(widths[c]) : cell.padEnd(widths[c]))).join('  ').trimEnd());
  const problems = files.flatMap(({ problem }) => (problem === null ? [] : [`! ${problem}`]));
  return [...lines, ...problems].join('\n');
}
