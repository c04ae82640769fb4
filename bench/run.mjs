// Ratios measured side by side in one run; fails on nothing. `npm run bench`, after a build.
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';

import { measureOrderCost, showOrderCost } from './order-cost.mjs';
import { measureSweep } from './sweep.mjs';
import { BARS, dist, makeMinutes, median, root, scratch, table, timedProcess } from './support.mjs';
import { measureW1 } from './w1.mjs';

const { formatCandleCsv } = await dist('data/candle-csv.js');

const results = { node: process.version, cpu: cpus()[0].model, cores: cpus().length };
const minutes = makeMinutes(1);
results.w1 = measureW1(minutes);
results.w2 = measureSweep(minutes);

mkdirSync(join(scratch, 'year'));
mkdirSync(join(scratch, 'small'));
const text = formatCandleCsv(minutes);
writeFileSync(join(scratch, 'year', 'BTC_USDT_1m.csv'), text);
writeFileSync(join(scratch, 'small', 'BTC_USDT_1m.csv'), `${text.split('\n', 1001).join('\n')}\n`);
const columns = join(scratch, 'year', 'BTC_USDT_1m.csv.columns');
const readIn = `const { readCandleFile } = await import(${JSON.stringify(join(root, 'dist/data/candle-file.js'))}); const t = performance.now(); readCandleFile(${JSON.stringify(join(scratch, 'year', 'BTC_USDT_1m.csv'))}, '1m'); process.stdout.write(String(performance.now() - t));`;
const readOnce = () => Number(spawnSync(process.execPath, ['--input-type=module', '-e', readIn], { encoding: 'utf8' }).stdout);
const reads = { first: [], second: [] };
for (let round = 0; round < 5; round++) {
  rmSync(columns, { force: true });
  reads.first.push(readOnce());
  reads.second.push(readOnce());
}
results.csv = { first_ms: median(reads.first), second_ms: median(reads.second), ratio: median(reads.first) / median(reads.second) };
table(`Reading a CSV of ${BARS.toLocaleString('en-US')} rows (${Math.round(text.length / 1e6)} MB), fresh process`, [
  ['', 'ms', 'first / this'],
  ['first read, columns written', results.csv.first_ms.toFixed(1), '1.0'],
  ['second read, from the columns', results.csv.second_ms.toFixed(1), results.csv.ratio.toFixed(1)],
]);

const backtest = (folder) => ['dist/cli.js', 'backtest', '--data-dir', join(scratch, folder), '--offline', '--timeframe', '1m', '--results-dir', join(scratch, 'results'), '--quiet'];
rmSync(columns, { force: true });
const cold = timedProcess(backtest('year'), 1);
const [node, bare, small, year] = [timedProcess(['-e', '0']), timedProcess(['bench/bare-app.mjs', 'backtest']), timedProcess(backtest('small')), timedProcess(backtest('year'))];
results.process = { node, bare, small, year, cold };
const line = (name, { ms, megabytes }, base) => [name, ms.toFixed(0), (ms / base.ms).toFixed(2), `${megabytes.toFixed(0)} MB`];
table('Whole processes', [
  ['', 'ms', 'ratio', 'memory'],
  line('node -e 0 (to itself)', node, node),
  line('bare Nest + nest-commander (to node)', bare, node),
  line('backtest, 1,000 rows (to the bare app)', small, bare),
  line('backtest, a year of minutes (to 1,000 rows)', year, small),
  line('the same, first read of the CSV (to 1,000 rows)', cold, small),
]);

results.order = await measureOrderCost();
showOrderCost(results.order);

mkdirSync(join(root, 'bench', 'out'), { recursive: true });
writeFileSync(join(root, 'bench', 'out', 'bench.json'), `${JSON.stringify(results, null, 2)}\n`);
rmSync(scratch, { recursive: true, force: true });
