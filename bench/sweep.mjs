// A thousand pairs of averages over a year of minutes: as a sweep, as a thousand single runs, and as a loop in C. A process each, in turns.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { BARS, median, root, scratch, table } from './support.mjs';

const ROUNDS = 2;
const WAYS = [
  { name: 'c_one_pass', label: 'C, one fused pass a pair (bench/sweep.c)' },
  { name: 'sweep', label: 'sweep, one thread', kind: 'sweep', repeats: 4 },
  { name: 'workers', label: 'sweep, two workers, messages included, by the clock', kind: 'workers', repeats: 4 },
  { name: 'columns', label: 'sweep of a strategy without a short cut', kind: 'columns', repeats: 1 },
  { name: 'plain', label: 'sweep, plain TypeScript', kind: 'plain', repeats: 1 },
  { name: 'single', label: 'a thousand single runs', kind: 'single', repeats: 1 },
];

export function measureSweep(minutes) {
  const measureC = cLoop(minutes);
  const rounds = Object.fromEntries(WAYS.map(({ name }) => [name, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const { name, kind, repeats } of WAYS) {
      const measured = kind === undefined ? (measureC?.() ?? null) : node(kind, repeats);
      if (measured !== null) rounds[name].push(measured);
    }
  }
  const found = Object.fromEntries(WAYS.map(({ name }) => [name, summary(rounds[name])]));
  const ratio = (of, base) => (of === null || base === null ? '-' : (of.median / base.median).toFixed(3));
  table(`1,000 pairs of averages over ${BARS.toLocaleString('en-US')} bars: processor time, medians`, [
    ['', 'ms', 'to C', 'to single runs', 'first, ms', 'trades, wins', 'memory'],
    ...WAYS.map(({ name, label }) => {
      const of = found[name];
      if (of === null) return [label, 'skipped', '-', '-', '-', '-', '-'];
      return [label, of.median.toFixed(0), ratio(of, found.c_one_pass), ratio(of, found.single), of.first?.toFixed(0) ?? '-', `${of.trades}, ${of.wins}`, of.megabytes === undefined ? '-' : `${of.megabytes.toFixed(0)} MB`];
    }),
  ]);
  return found;
}

function summary(rounds) {
  if (rounds.length === 0) return null;
  const first = rounds[0].first === undefined ? {} : { first: median(rounds.map((round) => round.first)) };
  return { ...rounds[0], ...first, median: median(rounds.map((round) => round.median)), best: Math.min(...rounds.map((round) => round.best)) };
}

function node(kind, repeats) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'bench', 'sweep-loop.mjs'), kind, String(repeats)], { encoding: 'utf8' });
  if (status !== 0) process.stderr.write(stderr);
  return status === 0 ? JSON.parse(stdout) : null;
}

/** Null without a compiler. */
function cLoop(minutes) {
  const program = join(scratch, 'sweep');
  if (spawnSync('gcc', ['-O3', '-march=native', '-ffp-contract=off', '-o', program, join(root, 'bench', 'sweep.c'), '-lm'], { stdio: 'ignore' }).status !== 0) return null;
  const data = join(scratch, 'sweep-closes.f64');
  writeFileSync(data, new Uint8Array(Float64Array.from(minutes.close, (price) => Math.round(price * 100)).buffer));
  return () => JSON.parse(spawnSync(program, [data, '1'], { encoding: 'utf8' }).stdout);
}
