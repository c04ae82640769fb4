import type { BacktestResult } from './backtest-result.js';

/**
 * The result as JSON text, in parts: one line for every trade and for every stretch of the curve, everything else indented. A year of minutes has
 * half a million points, which no one wants as two million lines, nor as one string beside the objects.
 */
export function* resultJson(result: BacktestResult): Generator<string> {
  const { manifest, config, params, metrics, trades, equity_curve, gaps, warnings } = result;
  const section = (name: string, value: unknown): string => `  "${name}": ${JSON.stringify(value, null, 2).replaceAll('\n', '\n  ')}`;
  yield `{\n${[section('manifest', manifest), section('config', config), section('params', params), section('metrics', metrics)].join(',\n')},\n`;
  yield* lines('trades', trades);
  yield ',\n';
  yield* lines('equity_curve', equity_curve);
  yield `,\n${section('gaps', gaps)},\n${section('warnings', warnings)}\n}\n`;
}

const ROWS_A_PART = 4096;

function* lines(name: string, rows: readonly object[]): Generator<string> {
  if (rows.length === 0) {
    yield `  "${name}": []`;
    return;
  }
  yield `  "${name}": [\n`;
  for (let from = 0; from < rows.length; from += ROWS_A_PART) {
    const part = rows.slice(from, from + ROWS_A_PART).map((row) => `    ${JSON.stringify(row)}`);
    yield `${part.join(',\n')}${from + ROWS_A_PART < rows.length ? ',\n' : '\n'}`;
  }
  yield '  ]';
}
