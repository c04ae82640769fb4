import { SubCommand } from 'nest-commander';

import { findResult, readResult } from '../../backtest/saved-results.js';
import type { BacktestResult } from '../../backtest/backtest-result.js';
import { ConfigLoader } from '../../config/config-loader.service.js';
import { ConfigError } from '../../domain/errors.js';
import { isPlainObject } from '../../schema/fields.js';
import { BaseCommand } from '../base.command.js';
import { configFileOf } from '../data/data-flags.js';
import { csv, table, type Column, type Value } from '../ledger/columns.js';
import { CONFIG_FLAG, JSON_FLAG, LedgerFlags, type Options } from '../ledger/ledger-flags.decorator.js';
import { givenFlags, SettingFlags } from '../setting-flags.decorator.js';
import { metricText } from './metric-columns.js';
import { RESULTS_DIR } from './results-dir.js';

/** One line of the comparison: a setting or a figure, and its value in every result. */
interface Line {
  readonly kind: 'setting' | 'figure';
  readonly name: string;
  readonly values: readonly unknown[];
}

/** What says where things were, not what was done. */
const NO_MATTER = /^(config\.storage|config\.data\.cache_dir|manifest\.(created_at|candle_checks|candles_sha256|overridden_params|.+_iso$))/;

@SubCommand({ name: 'compare', arguments: '<results...>', description: 'Put saved results side by side: settings that differ first, then every figure.' })
@SettingFlags(RESULTS_DIR)
@LedgerFlags([JSON_FLAG, { flags: '--csv', help: 'Print CSV, every digit.' }, CONFIG_FLAG])
export class ResultsCompareCommand extends BaseCommand {
  constructor(private readonly configs: ConfigLoader) {
    super();
  }

  async run(args: string[], options: Options): Promise<void> {
    const wanted = args.flat();
    if (wanted.length < 2) throw new ConfigError([{ path: 'results', message: `needs two or more, was ${wanted.length}` }], 'Nothing to compare');
    const { resultsDir } = this.configs.load(givenFlags(RESULTS_DIR, options), configFileOf(options)).config.storage;
    const results = wanted.map((name) => readResult(findResult(resultsDir, name)));
    const lines = [...settingsThatDiffer(results), ...figuresOf(results)];
    if (options['json'] === true) this.print(JSON.stringify(lines.map(({ kind, name, values }) => ({ kind, name, values })), null, 2));
    else if (options['csv'] === true) this.print(csv(lines, columnsFor(wanted)));
    else this.print(this.sideBySide(lines, results));
  }

  private sideBySide(lines: readonly Line[], results: readonly BacktestResult[]): string {
    const names = results.map((_, i) => letter(i));
    const legend = results.map(({ manifest }, i) => `${letter(i)}  ${manifest.strategy} ${manifest.symbol} ${manifest.timeframe}, run ${manifest.created_at_iso.slice(0, 19).replace('T', ' ')}`);
    const settings = lines.filter(({ kind }) => kind === 'setting');
    const heading = settings.length === 0 ? ['The settings are the same.'] : [table(settings, columnsFor(names))];
    return [legend.join('\n'), ...heading, table(lines.filter(({ kind }) => kind === 'figure'), columnsFor(names))].join('\n\n');
  }
}

function settingsThatDiffer(results: readonly BacktestResult[]): Line[] {
  const leaves = results.map(({ config, params, manifest }) => new Map(leavesOf({ config: { ...config, strategy: { name: manifest.strategy, params } }, manifest })));
  const names = new Set(leaves.flatMap((known) => [...known.keys()]));
  return [...names].flatMap((name): Line[] => {
    const values = leaves.map((known) => known.get(name) ?? null);
    const same = values.every((value) => JSON.stringify(value) === JSON.stringify(values[0]));
    return same || NO_MATTER.test(name) ? [] : [{ kind: 'setting', name: name.replace(/^config\.|^manifest\./, ''), values }];
  });
}

function figuresOf(results: readonly BacktestResult[]): Line[] {
  return Object.keys(results[0].metrics)
    .filter((name) => !/_at(_iso)?$/.test(name))
    .map((name) => ({ kind: 'figure', name, values: results.map(({ metrics }) => (metrics as unknown as Record<string, unknown>)[name] ?? null) }));
}

function leavesOf(value: Record<string, unknown>, prefix = ''): [string, unknown][] {
  return Object.entries(value).flatMap(([key, field]): [string, unknown][] => (isPlainObject(field) ? leavesOf(field, `${prefix}${key}.`) : [[prefix + key, field]]));
}

function columnsFor(names: readonly string[]): Column<Line>[] {
  return [
    { name: 'kind', value: ({ kind }) => kind },
    { name: 'name', title: '', value: ({ name }) => name, cell: ({ name }) => name },
    ...names.map((name, i): Column<Line> => ({ name, value: ({ values }) => (values[i] ?? null) as Value, cell: (line) => cellOf(line, i), align: 'right' })),
  ];
}

function cellOf({ kind, name, values }: Line, i: number): string {
  const value = values[i];
  if (kind === 'figure') return metricText(name, value);
  return value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** A, B, … Z, AA, … */
function letter(i: number): string {
  return (i >= 26 ? letter(Math.floor(i / 26) - 1) : '') + String.fromCharCode(65 + (i % 26));
}
