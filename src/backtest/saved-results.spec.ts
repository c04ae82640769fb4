import { mkdirSync, writeFileSync } from 'node:fs';

import { caught } from '../../test/support/caught.js';
import { useTemporaryFolder } from '../../test/support/temporary-folder.js';
import { ResultError } from '../domain/errors.js';
import { isoTime } from '../domain/instant.js';
import type { BacktestResult } from './backtest-result.js';
import { ResultStore } from './result-store.js';
import { findResult, listResults, readResult } from './saved-results.js';

const inFolder = useTemporaryFolder();

const save = (createdAt: number, { strategy = 'sma_cross', points = 3 } = {}): string =>
  new ResultStore(inFolder()).save({
    manifest: { format: 1, strategy, created_at: createdAt, created_at_iso: isoTime(createdAt) },
    config: { symbol: 'BTC/USDT' },
    params: { fast_window: 10 },
    metrics: { sharpe: 1.5 },
    trades: [{ entry_time: 1 }],
    equity_curve: Array.from({ length: points }, (_, i) => ({ time: i, equity: i / 3 })),
    gaps: [],
    warnings: ['a "trades": [ in words'],
  } as unknown as BacktestResult);

describe('saved results', () => {
  it('are listed newest first, with all that stands before their curves', () => {
    const paths = [save(1000), save(3000), save(2000)];
    const { results, damaged } = listResults(inFolder());
    expect(damaged).toEqual([]);
    expect(results.map(({ path }) => path)).toEqual([paths[1], paths[2], paths[0]]);
    expect(results[0]).toEqual({ path: paths[1], manifest: expect.objectContaining({ created_at: 3000 }), config: { symbol: 'BTC/USDT' }, params: { fast_window: 10 }, metrics: { sharpe: 1.5 } });
  });

  it('are found in a file that somebody has written anew in one line', () => {
    const path = save(1000);
    writeFileSync(path, JSON.stringify(readResult(path)));
    expect(listResults(inFolder()).results).toHaveLength(1);
  });

  it('leave out other files, and say which of the right name are none', () => {
    save(1000);
    writeFileSync(inFolder('notes.json'), '{}');
    writeFileSync(inFolder('backtest_half.json'), '{\n  "manifest": {},\n');
    writeFileSync(inFolder('backtest_other.json'), '{"manifest":{"format":2},"config":{},"params":{},"metrics":{}}');
    const { results, damaged } = listResults(inFolder());
    expect(results).toHaveLength(1);
    expect(damaged.map(({ problem }) => problem).sort()).toEqual([expect.stringMatching(/^backtest_half\.json is no result: /), 'backtest_other.json has the format 2; this version reads format 1']);
  });

  it('are none where there is no folder', () => {
    expect(listResults(inFolder('nowhere'))).toEqual({ results: [], damaged: [] });
  });

  it('are found by path, by name with or without its ending, and as the latest', () => {
    const [older, newer] = [save(1000), save(2000)];
    const name = older.slice(inFolder().length + 1);
    expect([findResult(inFolder(), older), findResult(inFolder(), name), findResult(inFolder(), name.replace('.json', '')), findResult(inFolder(), 'latest')]).toEqual([older, older, older, newer]);
  });

  it('are missed with the nearest name', () => {
    const name = save(1000).slice(inFolder().length + 1);
    expect(caught(ResultError, () => findResult(inFolder(), name.replace('sma', 'smq'))).message).toContain(`Did you mean ${name}?`);
    expect(caught(ResultError, () => findResult(inFolder('empty'), 'latest')).code).toBe('RESULT.NONE');
    expect(caught(ResultError, () => readResult(inFolder('gone.json'))).code).toBe('RESULT.NONE');
    mkdirSync(inFolder('folder.json'));
    expect(caught(ResultError, () => readResult(inFolder('folder.json'))).code).toBe('RESULT.FILE');
  });
});
