import { SubCommand } from 'nest-commander';

import type { Manifest } from '../../backtest/backtest-result.js';
import { ReplayerService, type Replay } from '../../backtest/replayer.service.js';
import { findResult, readResult } from '../../backtest/saved-results.js';
import { ConfigLoader } from '../../config/config-loader.service.js';
import { isoTime } from '../../domain/instant.js';
import { counted } from '../../report/numbers.js';
import { BaseCommand } from '../base.command.js';
import { configFileOf } from '../data/data-flags.js';
import { CONFIG_FLAG, JSON_FLAG, LedgerFlags, type Options } from '../ledger/ledger-flags.decorator.js';
import { givenFlags, SettingFlags } from '../setting-flags.decorator.js';
import { RESULTS_DIR } from './results-dir.js';

@SubCommand({ name: 'replay', arguments: '<result>', description: 'Run a saved result again and say whether it is still the same, to the last bit. Exit 1 when it is not.' })
@SettingFlags(RESULTS_DIR)
@LedgerFlags([
  { flags: '--data-dir <folder>', help: 'Take the candles from this folder instead of the one that the result names.' },
  { flags: '--offline', help: 'Never ask the exchange.' },
  JSON_FLAG,
  CONFIG_FLAG,
])
export class ResultsReplayCommand extends BaseCommand {
  constructor(
    private readonly configs: ConfigLoader,
    private readonly replayer: ReplayerService,
  ) {
    super();
  }

  async run([wanted]: string[], options: Options): Promise<void> {
    const { resultsDir } = this.configs.load(givenFlags(RESULTS_DIR, options), configFileOf(options)).config.storage;
    const path = findResult(resultsDir, wanted);
    const saved = readResult(path);
    const cacheDir = typeof options['dataDir'] === 'string' ? options['dataDir'] : undefined;
    const replay = await this.replayer.replay(saved, Date.now(), { cacheDir, offline: options['offline'] === true ? true : undefined });
    if (options['json'] === true) this.print(JSON.stringify(documentOf(path, replay), null, 2));
    else this.print(wordsOf(path, replay, saved.manifest));
    if (replay.kind !== 'identical') process.exitCode = 1;
  }
}

function documentOf(file: string, replay: Replay): object {
  switch (replay.kind) {
    case 'identical':
      return { file, verdict: 'identical' };
    case 'other_candles':
      return { file, verdict: 'other_candles', changed_candle: replay.changedAt === null ? null : isoTime(replay.changedAt) };
    case 'different':
      return { file, verdict: 'different', ...replay.difference };
  }
}

function wordsOf(file: string, replay: Replay, { engine_version: engineVersion, strategy_sha256: sha256 }: Manifest): string {
  switch (replay.kind) {
    case 'identical':
      return `identical: ${counted(replay.now.trades.length, 'trade')} and ${counted(replay.now.equity_curve.length, 'point')} of the curve of ${file}, to the last bit`;
    case 'other_candles':
      return replay.changedAt === null
        ? 'not the same: the candles are others than those of the saved run'
        : `not the same: the candle of ${isoTime(replay.changedAt)} is no longer what it was, the first of those that the saved run used`;
    case 'different': {
      const { where, field, saved, now } = replay.difference;
      const version = engineVersion === replay.now.manifest.engine_version ? '' : `\n(saved by version ${engineVersion} of the engine; this is ${replay.now.manifest.engine_version})`;
      // Results of older versions do not say.
      const changed = (sha256 ?? null) === replay.now.manifest.strategy_sha256 ? '' : '\n(the file of the strategy has changed since)';
      return `not the same: ${where}, ${field}: saved ${JSON.stringify(saved)}, now ${JSON.stringify(now)}${version}${changed}`;
    }
  }
}
