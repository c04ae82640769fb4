import { readFileSync } from 'node:fs';

import type { BacktestResult } from '../../backtest/backtest-result.js';
import { figuresOf } from '../figures.js';
import { moneyFormat } from '../numbers.js';
import { paintWith } from '../paint.js';
import { DEFINITIONS, definitionOf } from './definitions.js';

/** Rows of the table of metrics, a name each. */
function documented(): [string, string][] {
  const section = readFileSync('docs/RESULT_FORMAT.md', 'utf8').split(/^## /m).find((part) => part.startsWith('`metrics`')) ?? '';
  return [...section.matchAll(/^\| ((?:`[a-z_]+`(?:, )?)+) \| (.*) \|$/gm)].flatMap(([, names, words]) => [...names.matchAll(/`([a-z_]+)`/g)].map(([, name]): [string, string] => [name, words.replaceAll('`', '')]));
}

describe('the definitions on the page', () => {
  it('are those of docs/RESULT_FORMAT.md, word for word', () => {
    expect(DEFINITIONS).toEqual(Object.fromEntries(documented()));
  });

  it('are there for every figure of the report but the capital that was set', () => {
    const metrics = Object.fromEntries(Object.keys(DEFINITIONS).map((key) => [key, 1]));
    const result = { manifest: { start: 0, end: 1, timeframe: '1h' }, metrics, config: {}, equity_curve: [] } as unknown as BacktestResult;
    const { footnote: _, ...groups } = figuresOf(result, moneyFormat('USDT', 1), paintWith(false));
    const labels = Object.values(groups).flatMap(({ rows }) => rows.map(({ label }) => label));
    expect(labels.length).toBeGreaterThan(25);
    expect(labels.filter((label) => definitionOf(label) === null)).toEqual(['Initial capital']);
  });
});
