import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { SubCommand } from 'nest-commander';

import { ConfigLoader } from '../../config/config-loader.service.js';
import { parseParamsText } from '../../config/params-text.js';
import { ConfigError } from '../../domain/errors.js';
import { isoTime } from '../../domain/instant.js';
import { counted } from '../../report/numbers.js';
import { ProofCandlesService } from '../../verify/proof-candles.service.js';
import type { ParityVerdict } from '../../verify/parity/run-parity.js';
import { BaseCommand } from '../base.command.js';
import { BACKTEST_FLAGS } from '../backtest.command.js';
import { configFileOf } from '../data/data-flags.js';
import { CONFIG_FLAG, JSON_FLAG, LedgerFlags, type Options } from '../ledger/ledger-flags.decorator.js';
import { givenFlags, SettingFlags } from '../setting-flags.decorator.js';
import { VERIFY_FLAGS } from './verify-flags.js';

/** Ten years of hours, or two months of minutes. */
const MOST_BARS = 100_000;
const MUTABLE = ['fill', 'fee_rate', 'fee_from', 'slippage_bps', 'quantity_step', 'min_notional', 'initial_capital'];

const PARITY_FLAGS = [...VERIFY_FLAGS, ...BACKTEST_FLAGS.filter(({ flag }) => ['--capital', '--fee', '--fee-from', '--slippage-bps'].includes(flag))];

@SubCommand({ name: 'parity', description: 'Show that backtest and bot agree trade for trade: the same candles through the engine and through the real bot on paper. Exit 1 when they do not.' })
@SettingFlags(PARITY_FLAGS)
@LedgerFlags([
  { flags: '--all', help: 'Every strategy that there is, each with its default parameters.' },
  { flags: '--restarts <number>', help: 'Throw the bot away so often, at random bars, and begin anew from its ledger (default: 0).' },
  { flags: '--mutate <list>', help: `Give these settings to the backtest alone, to see the difference found: ${MUTABLE.join(', ')}; e.g. fill=close.` },
  JSON_FLAG,
  CONFIG_FLAG,
])
export class VerifyParityCommand extends BaseCommand {
  constructor(
    private readonly configs: ConfigLoader,
    private readonly material: ProofCandlesService,
  ) {
    super();
  }

  async run(_args: string[], options: Options): Promise<void> {
    const { config } = this.configs.load(givenFlags(PARITY_FLAGS, options), configFileOf(options));
    const restarts = wholeNumber('--restarts', options['restarts'], 0);
    const mutation = mutationOf(options['mutate']);
    // The trading wing is loaded by whoever needs it: no other proof pays for it.
    const { runParity } = await import('../../verify/parity/run-parity.js');
    const names = options['all'] === true ? this.material.names(config) : [null];
    const verdicts: ParityVerdict[] = [];
    for (const name of names) {
      const { strategy, candles } = await this.material.load(config, Date.now(), MOST_BARS, name);
      const dataDir = mkdtempSync(join(tmpdir(), 'trading-bot-parity-'));
      try {
        const verdict = await runParity({ config, strategy, candles, from: Math.min(strategy.warmupBars, candles.length), dataDir, restarts, seed: config.data.seed, mutation });
        verdicts.push(verdict);
        if (options['json'] !== true) this.print(wordsOf(verdict, restarts));
      } finally {
        rmSync(dataDir, { recursive: true, force: true });
      }
    }
    if (options['json'] === true) this.print(JSON.stringify(verdicts.map(documentOf), null, 2));
    if (verdicts.some(({ differences }) => differences > 0)) process.exitCode = 1;
  }
}

function wordsOf({ strategy, bars, fills, differences, first, indicatorDifferences, backtestHash, botHash }: ParityVerdict, restarts: number): string {
  const scope = `${counted(Math.ceil(fills / 2), 'trade')}, ${counted(bars, 'bar')}${restarts > 0 ? `, ${counted(restarts, 'restart')}` : ''}`;
  const indicators = indicatorDifferences === 0 ? '' : `; ${counted(indicatorDifferences, 'value')} of indicators not the same to the bit`;
  if (first === null) return `${strategy}: 0 differences over ${scope}${indicators}\n  log ${botHash.slice(0, 16)}`;
  const { openTime, field, backtest, bot, cause } = first;
  return [
    `${strategy}: ${counted(differences, 'difference')} over ${scope}${indicators}`,
    `  first: bar of ${isoTime(openTime)}, ${field}: backtest ${JSON.stringify(backtest)}, bot ${JSON.stringify(bot)}`,
    `  ${cause}`,
    `  logs ${backtestHash.slice(0, 16)} and ${botHash.slice(0, 16)}`,
  ].join('\n');
}

function documentOf({ strategy, bars, fills, ticks, differences, first, indicatorDifferences, backtestHash, botHash }: ParityVerdict): object {
  return {
    strategy,
    equal: differences === 0,
    bars,
    fills,
    ticks,
    differences,
    first: first === null ? null : { bar: first.bar, open_time: isoTime(first.openTime), field: first.field, backtest: first.backtest, bot: first.bot, cause: first.cause },
    indicator_differences: indicatorDifferences,
    backtest_sha256: backtestHash,
    bot_sha256: botHash,
  };
}

function mutationOf(text: unknown): Record<string, unknown> {
  if (text === undefined) return {};
  const parsed = parseParamsText(typeof text === 'string' ? text : '');
  const problem = parsed.ok ? Object.keys(parsed.params).find((name) => !MUTABLE.includes(name)) : null;
  if (!parsed.ok) throw new ConfigError([{ path: '--mutate', message: parsed.problem }], 'Cannot use these flags');
  if (problem !== undefined) throw new ConfigError([{ path: '--mutate', message: `can change ${MUTABLE.join(', ')}, was "${problem}"` }], 'Cannot use these flags');
  return parsed.params;
}

function wholeNumber(flag: string, text: unknown, fallback: number): number {
  if (text === undefined) return fallback;
  if (typeof text === 'string' && /^\d{1,5}$/.test(text)) return Number(text);
  throw new ConfigError([{ path: flag, message: `must be a whole number from 0 to 99999, was ${JSON.stringify(text)}` }], 'Cannot use these flags');
}
