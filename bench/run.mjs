// Ratios measured side by side in one run; fails on nothing. `npm run bench`, after a build.
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';

import { BARS, makeMinutes, median, root, scratch, table, timed, timedProcess } from './support.mjs';

const dist = (path) => import(join(root, 'dist', path));
const { Candles } = await dist('domain/candles.js');
const { runBacktest } = await dist('backtest/engine/run-backtest.js');
const { loadKernel } = await dist('kernels/load-kernel.js');
const { SmaCrossStrategy } = await dist('strategy/strategies/sma-cross.strategy.js');
const { formatCandleCsv } = await dist('data/candle-csv.js');

const results = { node: process.version, cpu: cpus()[0].model, cores: cpus().length };
const minutes = makeMinutes(1);
const candles = Candles.of('BTC/USDT', '1m', minutes);
const rules = { initialCapital: 1, fill: 'next_open', costs: { feeRate: 0.001, feeFrom: 'received', slippage: 0 }, sizing: { rule: 'all_in', quoteAmount: 0, fraction: 1 }, lot: { quantityStep: 0, minNotional: 0 } };
const strategy = new SmaCrossStrategy();
const source = { signals: (history, kernel) => strategy.signalList(history, { fastWindow: 10, slowWindow: 50 }, kernel) };
const rows = { from: 0, to: BARS };

function yardstick() {
  const closes = Float64Array.from(minutes.close, (price) => Math.round(price * 100));
  writeFileSync(join(scratch, 'closes.f64'), new Uint8Array(closes.buffer));
  const compiled = spawnSync('gcc', ['-O3', '-march=native', '-ffp-contract=off', '-o', join(scratch, 'one-pass'), join(root, 'bench', 'one-pass.c')]);
  return compiled.status === 0 ? () => JSON.parse(spawnSync(join(scratch, 'one-pass'), [join(scratch, 'closes.f64'), '31'], { encoding: 'utf8' }).stdout) : null;
}

const one = yardstick();
const rounds = { c: [], kernel: [], plain: [] };
let check = null;
for (let round = 0; round < 5; round++) {
  if (one !== null) {
    check = one();
    rounds.c.push(check.ms);
  }
  rounds.kernel.push(timed(() => runBacktest(source, candles, rows, rules, loadKernel())));
  rounds.plain.push(timed(() => runBacktest(source, candles, rows, rules, null)));
}
const run = runBacktest(source, candles, rows, rules, loadKernel());
const c = one === null ? NaN : median(rounds.c);
const ratio = (ms, base) => (Number.isNaN(base) ? 'no compiler' : (ms / base).toFixed(2));
results.w1 = { c_ms: c, kernel_ms: median(rounds.kernel), plain_ms: median(rounds.plain), kernel_ratio: median(rounds.kernel) / c, plain_ratio: median(rounds.plain) / c };
table(`One backtest of ${BARS.toLocaleString('en-US')} bars, SMA 10/50, with curve and metrics, warm`, [
  ['', 'ms', 'ratio to C'],
  ['C, one fused pass', c.toFixed(2), one === null ? 'no compiler' : '1.00'],
  ['engine, compiled kernel', results.w1.kernel_ms.toFixed(2), ratio(results.w1.kernel_ms, c)],
  ['engine, plain TypeScript', results.w1.plain_ms.toFixed(2), ratio(results.w1.plain_ms, c)],
  ['trades, wins (engine / C)', `${run.trades.trades}, ${run.trades.wins}`, check === null ? '' : `${check.trades}, ${check.wins}`],
]);

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

mkdirSync(join(root, 'bench', 'out'), { recursive: true });
writeFileSync(join(root, 'bench', 'out', 'bench.json'), `${JSON.stringify(results, null, 2)}\n`);
rmSync(scratch, { recursive: true, force: true });
