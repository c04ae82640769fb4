import { Option, SubCommand } from 'nest-commander';

import { ConfigLoader } from '../../config/config-loader.service.js';
import { formatCandleCsv } from '../../data/candle-csv.js';
import { diagnose, type Diagnosis } from '../../data/doctor.js';
import { readForeignFile, soundRows, timeframeInName } from '../../data/foreign-file.js';
import { listCandleFiles } from '../../data/stored-files.js';
import { ConfigError } from '../../domain/errors.js';
import { shortTime } from '../../domain/instant.js';
import { isTimeframe, TIMEFRAMES } from '../../domain/timeframe.js';
import { createFile } from '../../files/atomic-write.js';
import { BaseCommand } from '../base.command.js';
import { givenFlags, SettingFlags } from '../setting-flags.decorator.js';
import { configFileOf, STORE_FLAGS } from './data-flags.js';

const DAMAGE_EXIT_CODE = 1;

@SubCommand({
  name: 'doctor',
  arguments: '[files...]',
  description: 'Examine candle files (default: all of the folder). Ends with 1 when one is damaged.',
})
@SettingFlags(STORE_FLAGS)
export class DataDoctorCommand extends BaseCommand {
  constructor(private readonly configs: ConfigLoader) {
    super();
  }

  async run(files: string[], options: Record<string, unknown>): Promise<void> {
    const { config } = this.configs.load(givenFlags(STORE_FLAGS, options), configFileOf(options));
    const paths = files.length > 0 ? files : listCandleFiles(config.data.cacheDir).map(({ path }) => path);
    const repairTo = typeof options['repair'] === 'string' ? options['repair'] : null;
    if (repairTo !== null && paths.length !== 1) throw new ConfigError([{ path: '--repair', message: `mends one file at a time, but ${paths.length} were named` }]);
    const named = typeof options['timeframe'] === 'string' ? options['timeframe'] : null;
    if (named !== null && !isTimeframe(named)) throw new ConfigError([{ path: '--timeframe', message: `must be one of ${TIMEFRAMES.join(', ')}, was "${named}"` }]);
    const nowMs = Date.now();
    const examined: { file: string; diagnosis: Diagnosis }[] = [];
    for (const file of paths) examined.push({ file, diagnosis: diagnose(await readForeignFile(file), named ?? timeframeInName(file), nowMs) });
    if (options['json'] === true) this.print(JSON.stringify(examined.map(({ file, diagnosis }) => toJson(file, diagnosis)), null, 2));
    else if (examined.length === 0) this.print(`${config.data.cacheDir} holds no candle files.`);
    else this.print(examined.map(({ file, diagnosis }) => toText(file, diagnosis)).join('\n\n'));
    if (repairTo !== null) this.repair(examined[0].diagnosis, repairTo);
    if (examined.some(({ diagnosis }) => diagnosis.verdict === 'damaged')) process.exitCode = DAMAGE_EXIT_CODE;
  }

  /** Writes what is beyond doubt: no price is made up, and rows that contradict each other or stand off the grid are left out. */
  private repair(diagnosis: Diagnosis, target: string): void {
    if (diagnosis.sound.length === 0) throw new ConfigError([{ path: '--repair', message: 'nothing in the file is fit for use' }], 'Cannot mend it');
    createFile(target, [formatCandleCsv(soundRows(diagnosis))]);
    this.say(`Wrote ${diagnosis.sound.length} of ${diagnosis.rows} rows to ${target}; the rows left out are listed above`);
  }

  @Option({ flags: '--json', description: 'Print JSON.' })
  readJson(): boolean {
    return true;
  }

  @Option({ flags: '--repair <file>', description: 'Write what is sound to a new file: in milliseconds, sorted, once each; nothing is made up.' })
  readRepair(file: string): string {
    return file;
  }

  @Option({ flags: '--timeframe <length>', description: 'What the candles should be (default: what the name says, else their spacing).' })
  readTimeframe(text: string): string {
    return text;
  }

  @Option({ flags: '--config <file>', description: 'Settings file.' })
  readConfig(file: string): string {
    return file;
  }
}

function toJson(file: string, { sound, ...rest }: Diagnosis): object {
  return {
    file,
    verdict: rest.verdict,
    timeframe: rest.timeframe,
    rows: rest.rows,
    sound_rows: sound.length,
    first: rest.first,
    last: rest.last,
    findings: rest.findings,
    gaps: rest.gaps.map(({ lastBefore, nextAfter, missing }) => ({ last_before: lastBefore, next_after: nextAfter, missing_candles: missing })),
  };
}

function toText(file: string, { verdict, timeframe, rows, first, last, findings }: Diagnosis): string {
  const span = first === null || last === null ? '' : `, ${shortTime(first)} to ${shortTime(last)}`;
  const lines = findings.flatMap(({ damage, message, places, count }) => {
    const more = places.length < count ? ['      …'] : [];
    const shown = damage ? [...places.map((place) => `      ${place}`), ...more] : places.slice(0, 3).map((place) => `      ${place}`);
    return [`  ${damage ? '!' : '-'} ${message}`, ...shown];
  });
  return [`${file}: ${verdict.toUpperCase()} (${timeframe ?? 'unknown timeframe'}, ${rows} rows${span})`, ...lines].join('\n');
}
