import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

import type { Canary } from './canary.js';
import { caught, type Catch } from './catch.js';

/** `npm run test:canaries [-- 1 4 26]`: every known bug, or those named by number, and what noticed it. Fails when one went unnoticed. */
async function main(): Promise<void> {
  const chosen = process.argv.slice(2).map(Number);
  const folder = fileURLToPath(new URL('.', import.meta.url));
  const files = readdirSync(folder).filter((name) => /^\d\d-.*\.ts$/.test(name)).toSorted();
  const queue = files.filter((name) => chosen.length === 0 || chosen.includes(numberOf(name)));
  const rows: string[][] = [];
  let missed = 0;
  const work = async (): Promise<void> => {
    for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
      const { default: canary } = (await import(`./${file}`)) as { default: Canary };
      const { by, seeds }: Catch = await caught(canary).catch((error: unknown) => ({ by: `cannot be run: ${error instanceof Error ? error.message : String(error)}`, seeds: NaN }));
      if (by === null || Number.isNaN(seeds)) missed++;
      rows.push([String(numberOf(file)), canary.bug, by ?? 'NOTHING', seeds === 0 ? '-' : String(seeds)]);
      process.stderr.write(`${rows.length}: ${rows.at(-1)?.join(' | ')}\n`);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  rows.sort((a, b) => Number(a[0]) - Number(b[0]));
  const table = [['no', 'bug', 'caught by', 'seeds'], ...rows];
  const widths = table[0].map((_, i) => Math.max(...table.map((row) => row[i].length)));
  process.stdout.write(`${table.map((row) => row.map((cell, i) => cell.padEnd(widths[i])).join('  ').trimEnd()).join('\n')}\n`);
  process.stdout.write(missed === 0 ? `all ${rows.length} were caught\n` : `${missed} of ${rows.length} were NOT caught\n`);
  if (missed > 0) process.exitCode = 1;
}

function numberOf(file: string): number {
  return Number(file.slice(0, 2));
}

await main();
