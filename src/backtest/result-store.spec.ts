import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

import { caught } from '../../test/support/caught.js';
import { useTemporaryFolder } from '../../test/support/temporary-folder.js';
import { StorageError } from '../domain/errors.js';
import { isoTime } from '../domain/instant.js';
import type { BacktestResult } from './backtest-result.js';
import { resultJson } from './result-json.js';
import { ResultStore } from './result-store.js';

const inFolder = useTemporaryFolder();
const AT = Date.UTC(2024, 5, 1, 12, 30, 45, 67);

const resultAt = (createdAt: number, warning = 'none'): BacktestResult =>
  ({ manifest: { strategy: 'sma_cross', created_at: createdAt, created_at_iso: isoTime(createdAt) }, config: {}, params: {}, metrics: {}, trades: [], equity_curve: [], gaps: [], warnings: [warning] }) as unknown as BacktestResult;
const saved = (result: BacktestResult): string => new ResultStore(inFolder('results')).save(result);

describe('ResultStore', () => {
  it('names a result after its strategy and its time, sortable and fit for every file system', () => {
    expect(saved(resultAt(AT))).toBe(inFolder('results/backtest_sma_cross_20240601T123045067Z.json'));
  });

  it('saves the very text that the command prints', () => {
    const result = resultAt(AT);
    expect(readFileSync(saved(result), 'utf8')).toBe([...resultJson(result)].join(''));
  });

  it('gives each of several results of one millisecond a name of its own, and keeps them all', () => {
    const paths = ['one', 'two', 'three'].map((warning) => saved(resultAt(AT, warning)));
    expect(paths).toEqual(['', '_2', '_3'].map((copy) => inFolder(`results/backtest_sma_cross_20240601T123045067Z${copy}.json`)));
    expect(paths.map((path) => (JSON.parse(readFileSync(path, 'utf8')) as BacktestResult).warnings)).toEqual([['one'], ['two'], ['three']]);
    expect(readdirSync(inFolder('results'))).toHaveLength(3);
  });

  it('never writes over a file that somebody else put there', () => {
    const first = saved(resultAt(AT));
    writeFileSync(first, 'mine');
    saved(resultAt(AT));
    expect(readFileSync(first, 'utf8')).toBe('mine');
  });

  it('says so when its folder is a file, at the first try', () => {
    writeFileSync(inFolder('results'), 'no folder');
    const { code, message } = caught(StorageError, () => saved(resultAt(AT)));
    expect([code, message]).toEqual(['STORAGE.WRITE', `Cannot write ${inFolder('results/backtest_sma_cross_20240601T123045067Z.json')}: a file stands where a folder should be`]);
    expect(readdirSync(inFolder())).toEqual(['results']);
  });
});
