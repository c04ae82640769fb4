import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const scratch = mkdtempSync(join(tmpdir(), 'bench-'));

/** A built module. */
export const dist = (path) => import(pathToFileURL(join(root, 'dist', path)).href);

export const BARS = 525_600;

/** Deterministic minutes: a random walk from 30,000 with calm and wild weeks, tick 0.01, every open the close before. */
export function makeMinutes(seed, bars = BARS) {
  let state = seed >>> 0;
  const uniform = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const column = () => new Float64Array(bars);
  const columns = { openTime: column(), open: column(), high: column(), low: column(), close: column(), volume: column() };
  let price = 3_000_000;
  let wildness = 1;
  for (let i = 0; i < bars; i++) {
    if (i % 10_080 === 0) wildness = 0.5 + 1.5 * uniform();
    const bell = uniform() + uniform() + uniform() + uniform() - 2;
    const open = price;
    price = Math.max(100, Math.round(price * (1 + bell * 0.0011 * wildness)));
    columns.openTime[i] = Date.UTC(2023, 0, 1) + i * 60_000;
    columns.open[i] = open / 100;
    columns.high[i] = (Math.max(open, price) + Math.floor(uniform() * 500)) / 100;
    columns.low[i] = (Math.min(open, price) - Math.floor(uniform() * 50)) / 100;
    columns.close[i] = price / 100;
    columns.volume[i] = Math.floor(uniform() * 1e7) / 1e5;
  }
  return columns;
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}

/**
 * Milliseconds of a call after a warm-up: the median, which contains the collector's share, and the best, which shows what a call
 * takes when nobody else uses the machine.
 */
export function timed(work, rounds = 41, warmUp = 15) {
  for (let i = 0; i < warmUp; i++) work();
  const times = [];
  for (let i = 0; i < rounds; i++) {
    const started = process.hrtime.bigint();
    work();
    times.push(Number(process.hrtime.bigint() - started) / 1e6);
  }
  return { median: median(times), best: Math.min(...times) };
}

/** Median wall time of a whole process, and its largest resident memory, both over several runs. */
export function timedProcess(args, rounds = 5, env = {}) {
  const times = [];
  const memory = [];
  for (let i = 0; i < rounds; i++) {
    const started = process.hrtime.bigint();
    const run = spawnSync(process.execPath, ['--import', 'data:text/javascript,process.on("exit",()=>process.stderr.write("RSS "+process.resourceUsage().maxRSS))', ...args], { cwd: root, encoding: 'utf8', env: { ...process.env, ...env } });
    times.push(Number(process.hrtime.bigint() - started) / 1e6);
    if (run.status !== 0) throw new Error(`${args.join(' ')} ended with ${run.status}: ${run.stderr}`);
    memory.push(Number(/RSS (\d+)/.exec(run.stderr)?.[1] ?? NaN) / 1024);
  }
  return { ms: median(times), megabytes: Math.max(...memory) };
}

export function table(title, rows) {
  const width = Math.max(...rows.map(([name]) => name.length));
  process.stdout.write(`\n${title}\n${rows.map(([name, ...cells]) => `  ${name.padEnd(width)}${cells.map((cell) => String(cell).padStart(16)).join('')}`).join('\n')}\n`);
}
