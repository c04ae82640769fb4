import { SubCommand } from 'nest-commander';

import { ConfigLoader } from '../../config/config-loader.service.js';
import { ConfigError } from '../../domain/errors.js';
import { isoTime } from '../../domain/instant.js';
import { counted } from '../../report/numbers.js';
import { causality, type CausalityVerdict, type Violation } from '../../verify/causality.js';
import { ProofCandlesService } from '../../verify/proof-candles.service.js';
import { BaseCommand } from '../base.command.js';
import { configFileOf } from '../data/data-flags.js';
import { CONFIG_FLAG, JSON_FLAG, LedgerFlags, type Options } from '../ledger/ledger-flags.decorator.js';
import { givenFlags, SettingFlags } from '../setting-flags.decorator.js';
import { VERIFY_FLAGS } from './verify-flags.js';

/** A strategy is run about two hundred times; on more bars than these nobody would wait for it. */
const MOST_BARS = 20_000;

@SubCommand({ name: 'causality', description: 'Show that a strategy knows no future: cut it off, replace it, and begin later. Exit 1 when anything changes.' })
@SettingFlags(VERIFY_FLAGS)
@LedgerFlags([{ flags: '--all', help: 'Every strategy that there is, each with its default parameters.' }, { flags: '--cuts <number>', help: 'About how many places to try (default: 60; every bar where there are 500 or fewer).' }, JSON_FLAG, CONFIG_FLAG])
export class VerifyCausalityCommand extends BaseCommand {
  constructor(
    private readonly configs: ConfigLoader,
    private readonly material: ProofCandlesService,
  ) {
    super();
  }

  async run(_args: string[], options: Options): Promise<void> {
    const cuts = cutsOf(options['cuts']);
    const { config } = this.configs.load(givenFlags(VERIFY_FLAGS, options), configFileOf(options));
    const names = options['all'] === true ? this.material.names(config) : [null];
    const verdicts: { strategy: string; verdict: CausalityVerdict }[] = [];
    for (const name of names) {
      const { strategy, candles, available } = await this.material.load(config, Date.now(), MOST_BARS, name);
      const verdict = causality(strategy, candles, { cuts, seed: config.data.seed });
      verdicts.push({ strategy: strategy.name, verdict });
      if (options['json'] !== true) this.print(wordsOf(strategy.name, verdict, available));
    }
    if (options['json'] === true) this.print(JSON.stringify(verdicts.map(documentOf), null, 2));
    if (verdicts.some(({ verdict }) => verdict.violations.length > 0)) process.exitCode = 1;
  }
}

function wordsOf(name: string, { bars, cuts, runs, violations, counts }: CausalityVerdict, available: number): string {
  const scope = `${counted(bars, 'bar')}${available > bars ? ` (the last of ${available})` : ''}, ${counted(cuts, 'cut')}, ${counted(runs, 'run')}`;
  if (violations.length === 0) return `${name}: knows no future. ${scope}: every row the same to the bit`;
  return [`${name}: LOOKS AHEAD, or remembers more than it says. ${scope}`, ...violations.map((violation) => `  ${sentence(violation)}${counts[violation.check] > 1 ? `; and at ${counts[violation.check] - 1} more` : ''}`)].join('\n');
}

function sentence({ check, cut, row, column, at, known, whole }: Violation): string {
  const place = `${column} of bar ${row} (${isoTime(at)}) is ${known}`;
  switch (check) {
    case 'prefix':
      return `prefix: with ${counted(cut, 'bar')} known ${place}, with all of them ${whole}`;
    case 'future':
      return `future: with other bars from ${cut} on ${place}, with the real ones ${whole}`;
    case 'warmup':
      return `warm-up: with the first ${counted(cut, 'bar')} left out ${place}, with them ${whole}`;
  }
}

function documentOf({ strategy, verdict }: { strategy: string; verdict: CausalityVerdict }): object {
  const { bars, cuts, runs, counts, violations } = verdict;
  return { strategy, causal: violations.length === 0, bars, cuts, runs, counts, violations: violations.map(({ at, ...rest }) => ({ ...rest, at: isoTime(at) })) };
}

function cutsOf(text: unknown): number | undefined {
  if (text === undefined) return undefined;
  const cuts = typeof text === 'string' && /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (cuts > 0) return cuts;
  throw new ConfigError([{ path: '--cuts', message: `must be a whole number from 1 to 99999, was ${JSON.stringify(text)}` }], 'Cannot use these flags');
}
