import { spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { checkLedger } from '../../../src/persistence/check-ledger.js';
import { openLedger } from '../../../src/persistence/open-ledger.js';

export const BUSY_BOT = fileURLToPath(new URL('busy-bot.mjs', import.meta.url));

/** Injects signals and errors into system calls; not on every machine, and not allowed everywhere. */
export const HAS_STRACE = spawnSync('strace', ['-qq', '-o', '/dev/null', '-e', 'trace=none', 'true']).status === 0;

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly lines: readonly string[];
  readonly errors: string;
}

/** Runs a script to its end, or to whatever is done to it. @param injection of strace, e.g. `fsync:signal=SIGKILL:when=3` */
export async function runScript(script: string, args: readonly string[], injection?: string): Promise<Ended> {
  const node = [process.execPath, script, ...args];
  const traced = injection === undefined ? node : ['strace', '-f', '-qq', '-o', '/dev/null', '-e', `trace=${injection.split(':')[0]}`, '-e', `inject=${injection}`, ...node];
  const child = spawn(traced[0], traced.slice(1), { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NODE_OPTIONS: '' } });
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve) => {
    child.on('close', (...how) => resolve(how));
  });
  return { code, signal, lines: output.split('\n').filter((line) => line !== ''), errors };
}

const STATES = ['PLANNED', 'SENDING', 'PARTIAL', 'FILLED'];
const FILLS = [0, 0, 1, 2];

export interface Survived {
  readonly lost: string[];
  readonly duplicated: string[];
  readonly half: string[];
}

/**
 * Opens what a killed process left, as every start does, and holds it against what that process said it had committed.
 *
 * @param acknowledged what it printed, in order
 */
export async function survivors(folder: string, acknowledged: readonly string[]): Promise<Survived> {
  const ledger = await openLedger({ dataDir: folder, botId: 'bot-1', nowMs: Date.now() });
  try {
    return await ledger.database.read(async (view) => {
      const signals = await view.rows<{ n: number }>('SELECT (candle_open_time - 1704067200000) / 3600000 AS n FROM signals');
      const orders = await view.rows<{ n: number; state: string; fills: number; distinctFills: number }>(
        `SELECT planned_at AS n, state, (SELECT count(*) FROM fills f WHERE f.order_id = orders.id) AS fills,
          (SELECT count(DISTINCT trade_id) FROM fills f WHERE f.order_id = orders.id) AS "distinctFills" FROM orders`,
      );
      const lost = acknowledged.filter((line) => {
        const [what, n] = line.split(' ');
        if (what === 'signal') return !signals.some((row) => row.n === Number(n));
        if (!STATES.includes(what)) return false;
        const order = orders.find((row) => row.n === Number(n));
        return order === undefined || STATES.indexOf(order.state) < STATES.indexOf(what);
      });
      const { findings } = await checkLedger(view);
      const half = orders.filter(({ state, fills }) => fills !== FILLS[STATES.indexOf(state)]).map(({ n, state, fills }) => `order ${n} is ${state} with ${fills} fills`);
      const beyond = signals.length + orders.reduce((sum, { state }) => sum + 1 + STATES.indexOf(state), 0) - acknowledged.filter((line) => / \d/.test(line)).length;
      return {
        lost,
        duplicated: [...orders.filter(({ fills, distinctFills }) => fills !== distinctFills), ...orders.filter(({ n }, i) => orders.findIndex((row) => row.n === n) !== i)].map(({ n }) => `order ${n}`),
        // At most the one step that was under way may be there without having been acknowledged.
        half: [...half, ...findings, ...(beyond > 1 ? [`${beyond} steps are there that nobody acknowledged`] : [])],
      };
    });
  } finally {
    await ledger.close();
  }
}

/** Work on many things, a few at a time. */
export async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>, workers = 2): Promise<void> {
  const queue = [...items];
  await Promise.all(
    Array.from({ length: workers }, async () => {
      for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
    }),
  );
}
