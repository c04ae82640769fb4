import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { assertNoSecretsSaid } from './secrets.js';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

export interface CliEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningCli {
  readonly process: ChildProcess;
  readonly end: Promise<CliEnd>;
}

/** The built program in a folder, asking an exchange at this address; goes on by itself, and can be sent signals meanwhile. What it prints is searched for secrets. */
export function startCli(args: readonly string[], folder: string, baseUrl: string | null, env: Readonly<Record<string, string>> = {}): RunningCli {
  const plain = Object.entries(process.env).filter(([name]) => !/^(BOT_|BINANCE_|EXCHANGE_|ALLOW_|LIVE_|NODE_|NO_COLOR|FORCE_COLOR|JEST_)/.test(name));
  const test = baseUrl === null ? {} : { EXCHANGE_BASE_URL: baseUrl, ALLOW_LOOPBACK_EXCHANGE: '1' };
  const child = spawn(process.execPath, [CLI, ...args], { cwd: folder, env: { ...Object.fromEntries(plain), ...test, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.stderr += text));
  const end = new Promise<CliEnd>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      try {
        assertNoSecretsSaid(said);
        resolve({ code, signal, ...said });
      } catch (error) {
        reject(error);
      }
    });
  });
  return { process: child, end };
}
