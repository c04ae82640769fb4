// One backtest of a year of minutes against loops that do nothing else, in C and in JavaScript: a process each, in turns.
import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { BARS, median, root, scratch, table } from './support.mjs';

const ROUNDS = 9;

export function measureW1(minutes) {
  const loops = [
    { name: 'c_one_pass', label: 'C, one fused pass (bench/one-pass.c)', measure: ownLoop(minutes) },
    { name: 'c_baseline', label: 'C, "w1 fused (equity)" of C_BASELINE_DIR', measure: baselineLoop(minutes) },
    { name: 'kernel', label: 'engine, compiled kernel', measure: node('kernel') },
    { name: 'plain', label: 'engine, plain TypeScript', measure: node('plain') },
    { name: 'js_one_pass', label: 'JavaScript, one pass (bench/one-pass.mjs)', measure: node('one-pass') },
  ];
  const rounds = Object.fromEntries(loops.map(({ name }) => [name, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const { name, measure } of loops) {
      const measured = measure?.() ?? null;
      if (measured !== null) rounds[name].push(measured);
    }
  }
  const found = Object.fromEntries(loops.map(({ name }) => [name, summary(rounds[name])]));
  const inMs = (of) => (of === null ? 'skipped' : `${of.median.toFixed(2)} (${of.best.toFixed(2)})`);
  const to = (base, of) => (base === null || of === null ? '-' : `${(of.median / base.median).toFixed(2)} (${(of.best / base.best).toFixed(2)})`);
  table(`One backtest of ${BARS.toLocaleString('en-US')} bars, SMA 10/50, with curve and metrics, warm: median (best)`, [
    ['', 'ms', 'to own C', 'to baseline C', 'to one-pass JS', 'trades, wins'],
    ...loops.map(({ name, label }) => {
      const of = found[name];
      return [label, inMs(of), to(found.c_one_pass, of), to(found.c_baseline, of), to(found.js_one_pass, of), of?.trades === undefined ? '-' : `${of.trades}, ${of.wins}`];
    }),
  ]);
  return found;
}

/** Of all rounds: the median of their medians, the best, and what they found. */
function summary(rounds) {
  if (rounds.length === 0) return null;
  return { ...rounds[0], median: median(rounds.map((round) => round.median)), best: Math.min(...rounds.map((round) => round.best)) };
}

function node(kind) {
  return () => {
    const { status, stdout } = spawnSync(process.execPath, [join(root, 'bench', 'w1-loop.mjs'), kind], { encoding: 'utf8' });
    return status === 0 ? JSON.parse(stdout) : null;
  };
}

function compile(source, target, flags = []) {
  return spawnSync('gcc', ['-O3', '-march=native', '-ffp-contract=off', ...flags, '-o', target, source, '-lm'], { stdio: 'ignore' }).status === 0;
}

/** The loop beside this file; null without a compiler. */
function ownLoop(minutes) {
  const program = join(scratch, 'one-pass');
  if (!compile(join(root, 'bench', 'one-pass.c'), program)) return null;
  const data = join(scratch, 'closes.f64');
  writeFileSync(data, new Uint8Array(Float64Array.from(minutes.close, (price) => Math.round(price * 100)).buffer));
  return () => JSON.parse(spawnSync(program, [data, '41'], { encoding: 'utf8' }).stdout);
}

/** Another's loop, where it is and this processor can run it; null otherwise. */
function baselineLoop({ openTime, open, high, low, close, volume }) {
  const source = join(resolve(root, process.env.C_BASELINE_DIR ?? '../shared/baseline'), 'w.c');
  const program = join(scratch, 'baseline');
  if (!existsSync(source) || !compile(source, program, ['-pthread'])) return null;
  const data = join(scratch, 'minutes.f64');
  const all = new Float64Array(6 * BARS);
  for (const [k, column] of [openTime, open, high, low, close, volume].entries()) all.set(column, k * BARS);
  writeFileSync(data, new Uint8Array(all.buffer));
  return () => {
    const { stdout } = spawnSync(program, ['w1', data, '41'], { encoding: 'utf8' });
    const timing = /w1 fused \(equity\)\s+wall med\s+([\d.]+) min\s+([\d.]+)/.exec(stdout ?? '');
    return timing === null ? null : { median: Number(timing[1]), best: Number(timing[2]) };
  };
}
