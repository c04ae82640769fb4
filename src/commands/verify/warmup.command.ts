import { SubCommand } from 'nest-commander';

import { ConfigLoader } from '../../config/config-loader.service.js';
import { percent, scientific } from '../../report/numbers.js';
import { ProofCandlesService } from '../../verify/proof-candles.service.js';
import { warmup, type WarmupVerdict } from '../../verify/warmup.js';
import { BaseCommand } from '../base.command.js';
import { configFileOf } from '../data/data-flags.js';
import { CONFIG_FLAG, JSON_FLAG, LedgerFlags, type Options } from '../ledger/ledger-flags.decorator.js';
import { givenFlags, SettingFlags } from '../setting-flags.decorator.js';
import { VERIFY_FLAGS } from './verify-flags.js';

const MOST_BARS = 50_000;

@SubCommand({ name: 'warmup', description: 'Find the warm-up that a strategy really needs, and what a shorter one would do. Exit 1 when the declared one is not enough.' })
@SettingFlags(VERIFY_FLAGS)
@LedgerFlags([{ flags: '--all', help: 'Every strategy that there is, each with its default parameters.' }, JSON_FLAG, CONFIG_FLAG])
export class VerifyWarmupCommand extends BaseCommand {
  constructor(
    private readonly configs: ConfigLoader,
    private readonly material: ProofCandlesService,
  ) {
    super();
  }

  async run(_args: string[], options: Options): Promise<void> {
    const { config } = this.configs.load(givenFlags(VERIFY_FLAGS, options), configFileOf(options));
    const names = options['all'] === true ? this.material.names(config) : [null];
    const verdicts: { strategy: string; verdict: WarmupVerdict }[] = [];
    for (const name of names) {
      const { strategy, candles } = await this.material.load(config, Date.now(), MOST_BARS, name);
      const verdict = warmup(strategy, candles);
      verdicts.push({ strategy: strategy.name, verdict });
      if (options['json'] !== true) this.print(wordsOf(strategy.name, verdict, candles.length));
    }
    if (options['json'] === true) this.print(JSON.stringify(verdicts.map(documentOf), null, 2));
    if (verdicts.some(({ verdict }) => verdict.rowsTried > 0 && verdict.smallest === null)) process.exitCode = 1;
  }
}

function wordsOf(name: string, { declared, smallest, rowsTried, capped }: WarmupVerdict, bars: number): string {
  if (rowsTried === 0) return `${name}: declares ${declared} bars, and there are only ${bars}: nothing could be tried`;
  const head =
    smallest === null
      ? `${name}: the declared warm-up of ${declared} bars is NOT ENOUGH: rows come out otherwise than in the whole history (${rowsTried} rows tried)`
      : `${name}: declares ${declared} bars; on these candles ${smallest} are enough to the bit (${rowsTried} rows tried)`;
  return [head, ...capped.map(({ warmupBars, otherSignals, worstDeviation, worstIndicator }) => `  capped at ${warmupBars}: ${percent(otherSignals)} of the signals are others${worstIndicator === null || worstDeviation === null ? '' : `, ${worstIndicator} off by up to ${deviation(worstDeviation)}`}`)].join('\n');
}

function deviation(value: number): string {
  if (value === 0) return 'nothing';
  return Number.isFinite(value) ? scientific(value) : 'all of it (undefined)';
}

function documentOf({ strategy, verdict }: { strategy: string; verdict: WarmupVerdict }): object {
  const { declared, smallest, rowsTried, capped } = verdict;
  const finite = (value: number | null): number | null => (value === null || !Number.isFinite(value) ? null : value);
  return { strategy, declared, smallest, rows_tried: rowsTried, capped: capped.map((cap) => ({ warmup_bars: cap.warmupBars, other_signals: cap.otherSignals, worst_deviation: finite(cap.worstDeviation), worst_indicator: cap.worstIndicator })) };
}
