import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { assertNoSecretsBelow, assertNoSecretsSaid } from './secrets.js';
import { newTemporaryFolder } from './temporary-folder.js';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
const CLI = join(PROJECT, 'dist', 'cli.js');
/** More at once are slower, not faster, on a small machine. */
const MOST_AT_ONCE = 2;

export interface CliRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** What lies in the working folder afterwards, paths in alphabetical order. */
  readonly files: readonly string[];
  /** Those that the run itself has made. */
  readonly made: readonly string[];
  readonly folder: string;
}

export interface CliSetting {
  /** Files of the working folder by path; a path that ends in a slash is an empty folder. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  readonly env?: Readonly<Record<string, string>>;
  /** A working folder that is there already and stays, instead of a new one. */
  readonly folder?: string;
  /** Ends reading after this many characters, as `| head` does. */
  readonly readAtMost?: number;
}

let running = 0;
const waiting: (() => void)[] = [];
const folders: string[] = [];

/** The folders of all runs so far; whoever ran something takes them away. */
export function foldersOfRuns(): readonly string[] {
  return folders;
}

/**
 * Runs the built program in a new working folder, a few at a time.
 *
 * @param args `{dir}` in them stands for the working folder
 */
export async function runCli(args: readonly string[], { files = {}, env = {}, folder: given, readAtMost = Infinity }: CliSetting = {}): Promise<CliRun> {
  if (running < MOST_AT_ONCE) running++;
  else await new Promise<void>((resolve) => waiting.push(resolve)); // whoever ends hands its place over
  try {
    const folder = given ?? newTemporaryFolder();
    if (given === undefined) folders.push(folder);
    writeFiles(folder, files);
    const before = new Set(filesBelow(folder));
    const run = await spawnCli(args.map((arg) => arg.replaceAll('{dir}', folder)), folder, env, readAtMost);
    assertNoSecretsSaid({ stdout: run.stdout, stderr: run.stderr });
    assertNoSecretsBelow(folder);
    const after = filesBelow(folder);
    return { ...run, files: after, made: after.filter((name) => !before.has(name)), folder };
  } finally {
    const next = waiting.shift();
    if (next === undefined) running--;
    else next();
  }
}

/** Builds the program where there is none; `npm test` has built it already. */
export function buildOnce(): void {
  if (existsSync(CLI)) return;
  const { status, stderr, stdout } = spawnSync(process.execPath, [join(PROJECT, 'node_modules', '@nestjs', 'cli', 'bin', 'nest.js'), 'build'], { cwd: PROJECT, encoding: 'utf8' });
  if (status !== 0) throw new Error(`The build failed:\n${stdout}${stderr}`);
}

function writeFiles(folder: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(folder, name.endsWith('/') ? name : dirname(name)), { recursive: true });
    if (!name.endsWith('/')) writeFileSync(join(folder, name), content);
  }
}

function spawnCli(args: readonly string[], folder: string, env: Readonly<Record<string, string>>, readAtMost: number): Promise<Pick<CliRun, 'code' | 'stdout' | 'stderr'>> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CLI, ...args], { cwd: folder, env: { ...plainEnvironment(), ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    const said = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said.stdout += text;
      if (said.stdout.length > readAtMost) child.stdout.destroy();
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said.stderr += text));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, ...said }));
  });
}

/** What the machine needs, and nothing that would set or colour anything. */
function plainEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(BOT_|BINANCE_|NODE_|NO_COLOR|FORCE_COLOR|JEST_)/.test(name)));
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
}
