import { isoTime } from '../../domain/instant.js';
import { dimensionText } from '../../optimize/space/declared-space.js';
import { paramsText } from '../../optimize/trial-record.js';
import type { ParameterStability, WalkForwardResult, WindowResult } from '../../optimize/walk-forward/walk-forward.js';
import type { Workbench } from '../../optimize/workbench.js';
import { count, counted, percent, ratio, signedPercent } from '../../report/numbers.js';
import { table, type Column } from '../ledger/columns.js';
import { duration } from '../progress-line.js';
import type { WalkForwardOutcome } from './run-walk-forward.js';

interface Row {
  readonly window: WindowResult;
  readonly number: number;
  readonly from: string;
}

/** Windows, what they add up to, and whether that is more than chance, within 80 columns. */
export function walkForwardText({ bench, plan, objective, method, settings, result, windows, elapsedMs }: WalkForwardOutcome & { readonly result: WalkForwardResult }): string {
  const { candles, space, strategy, realData } = bench;
  const head = [
    `${strategy.name} on ${candles.symbol} ${candles.timeframe}${realData ? '' : ', made up'}: ${counted(result.windows.length, 'window')}${result.windows.length < windows ? ` of ${windows}` : ''}, ${plan.anchored ? 'anchored' : 'rolling'}, in ${duration(elapsedMs)}`,
    `  learns from ${count(plan.train)} bars${plan.anchored ? ' and all before' : ''}, leaves out ${plan.purge}, tests ${count(plan.test)}`,
    `  each time   ${method}, at most ${counted(settings.trials, 'trial')}, by ${objective.figure}`,
    ...space.dimensions.map((dimension, d) => `  ${d === 0 ? 'searched    ' : '            '}${dimensionText(dimension)}`),
  ];
  const rows = result.windows.map((window, number): Row => ({ window, number, from: dayOf(bench, window.window.testFrom) }));
  return [...head, '', table(rows, COLUMNS), '', ...totals(result), '', ...result.stability.map(steadyText), '', verdict(result)].join('\n');
}

const COLUMNS: readonly Column<Row>[] = [
  { name: 'test_from', title: 'test from', value: ({ from }) => from, cell: ({ from }) => from },
  { name: 'params', value: ({ window }) => window.params, cell: ({ window }) => (window.params === null ? 'none kept the limits' : paramsText(window.params)), flexible: true },
  { name: 'learnt', title: 'sharpe then', value: ({ window }) => window.inSample?.sharpe_daily ?? null, cell: ({ window }) => ratio(window.inSample?.sharpe_daily ?? null), align: 'right' },
  { name: 'return', title: 'return after', value: ({ window }) => window.outOfSample.totalReturn, cell: ({ window }) => signedPercent(window.outOfSample.totalReturn), align: 'right' },
  { name: 'trades', value: ({ window }) => window.closedTrades, cell: ({ window }) => count(window.closedTrades), align: 'right' },
];

function dayOf({ candles, from }: Workbench, bar: number): string {
  return isoTime(candles.openTime[from + bar]).slice(0, 10);
}

/** Share of windows that earned something after they were learnt. */
export function profitableShare({ windows }: WalkForwardResult): number {
  return windows.filter(({ outOfSample }) => outOfSample.totalReturn > 0).length / windows.length;
}

function totals(result: WalkForwardResult): string[] {
  const { metrics, sharpeDaily, t, p, efficiency } = result;
  const line = (name: string, text: string): string => `  ${name.padEnd(22)} ${text}`;
  return [
    'All tests one after the other',
    line('return', `${signedPercent(metrics.totalReturn)}, a year ${signedPercent(metrics.cagr)}`),
    line('sharpe_daily', ratio(sharpeDaily)),
    line('max_drawdown', percent(metrics.drawdown.depth)),
    line('t statistic', t === null ? 'too few days' : `${ratio(t)}, p ${p !== null && p < 0.001 ? 'below 0.001' : (p ?? 1).toFixed(3)}`),
    line('profitable windows', percent(profitableShare(result))),
    line('efficiency', `${ratio(efficiency?.efficiency ?? null)} (out of sample / in sample, a year; shown, not decisive)`),
  ];
}

function steadyText({ name, values, steady, edgeHits }: ParameterStability): string {
  return `  ${name.padEnd(22)} ${percent(steady)} of windows near the median: ${values.map((value) => String(value ?? '-')).join(' ')}${edgeHits > 0 ? ` (${edgeHits} at the edge)` : ''}`;
}

const CLEAR = 2;

function verdict(result: WalkForwardResult): string {
  const { t, metrics } = result;
  if (metrics.totalReturn <= 0) return 'Verdict: it lost out of sample. Optimising it again and again would not have paid.';
  if (t === null || t < CLEAR || profitableShare(result) < 0.5) return 'Verdict: it earned out of sample, but no more than chance may do (t below 2, or most windows lost).';
  return 'Verdict: it earned out of sample, and more steadily than chance would. Paper trading is the next test.';
}
