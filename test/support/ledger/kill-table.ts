import { rmSync } from 'node:fs';
import { join } from 'node:path';

import { BUSY_BOT, inParallel, runScript, survivors } from './kills.js';

export interface KillRow {
  /** What was counted: a system call, or the steps of the script. */
  readonly at: string;
  readonly points: number;
  recovered: number;
  lost: number;
  duplicated: number;
  half: number;
  readonly problems: string[];
}

/**
 * Kills the busy bot at the given numbers of one kind of point, each time in a new folder, and recovers twice: the second time
 * must find what the first one did.
 */
export async function killAt(at: string, numbers: readonly number[], folder: string, rounds: number): Promise<KillRow> {
  const row: KillRow = { at, points: numbers.length, recovered: 0, lost: 0, duplicated: 0, half: 0, problems: [] };
  await inParallel(numbers, async (n) => {
    const place = join(folder, `${at}-${n}`);
    const { lines, signal, code, errors } =
      at === 'step' ? await runScript(BUSY_BOT, [place, String(rounds), String(n)]) : await runScript(BUSY_BOT, [place, String(rounds)], `${at}:signal=SIGKILL:when=${n}`);
    if (signal !== 'SIGKILL') row.problems.push(`${at} ${n}: not killed (code ${code}) ${errors}`);
    try {
      for (const _ of ['first', 'second']) {
        const { lost, duplicated, half } = await survivors(place, lines);
        row.lost += lost.length;
        row.duplicated += duplicated.length;
        row.half += half.length;
        row.problems.push(...[...lost, ...duplicated, ...half].map((problem) => `${at} ${n}: ${problem}`));
      }
      row.recovered++;
    } catch (error) {
      row.problems.push(`${at} ${n}: ${(error as Error).message}`);
    }
    rmSync(place, { recursive: true, force: true });
  });
  return row;
}

/** How often a whole run makes each of these system calls. */
export async function countCalls(folder: string, calls: readonly string[], rounds: number): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const call of calls) {
    // The last call that can be hit is found by looking for the first that cannot.
    let [reached, beyond] = [0, 1];
    const hit = async (n: number): Promise<boolean> => {
      const place = join(folder, `count-${call}-${n}`);
      const { signal } = await runScript(BUSY_BOT, [place, String(rounds)], `${call}:signal=SIGKILL:when=${n}`);
      rmSync(place, { recursive: true, force: true });
      return signal === 'SIGKILL';
    };
    while (await hit(beyond)) [reached, beyond] = [beyond, beyond * 2];
    while (beyond - reached > 1) {
      const middle = Math.floor((reached + beyond) / 2);
      if (await hit(middle)) reached = middle;
      else beyond = middle;
    }
    counts[call] = reached;
  }
  return counts;
}

export function tableOf(rows: readonly KillRow[]): string {
  const lines = rows.map(({ at, points, recovered, lost, duplicated, half }) => [at, points, recovered, lost, duplicated, half].map((cell) => String(cell).padStart(11)).join(''));
  return [['killed at', 'points', 'recovered', 'lost', 'duplicated', 'half'].map((cell) => cell.padStart(11)).join(''), ...lines].join('\n');
}
