import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join, parse, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

import { ConfigError } from '../../domain/errors.js';
import { createFile, replaceFile } from '../../files/atomic-write.js';
import { KIT } from '../../strategy/user/user-strategies.js';
import { withStrategy } from './register-strategy.js';
import { strategyNames } from './strategy-names.js';
import { specText, strategyText, tsconfigText } from './strategy-template.js';

const STRATEGIES = 'src/strategy/strategies';
const PROJECT = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));

/**
 * Writes a new strategy; nothing that exists is overwritten.
 *
 * @param folder of the user's own, or null for this source, which is then the working folder
 * @param taken names of strategies that there are
 * @returns what was done and what comes next, in lines
 * @throws ConfigError, StorageError
 */
export function writeStrategy(text: string, folder: string | null, taken: readonly string[]): string[] {
  const names = strategyNames(text, taken);
  return folder === null ? intoSource(names) : intoFolder(names, folder);
}

function intoSource(names: ReturnType<typeof strategyNames>): string[] {
  const index = `${STRATEGIES}/index.ts`;
  if (!existsSync(index)) throw new ConfigError([{ path: index, message: `does not exist here: run it in the project's own folder, or write into one of yours with --dir my_strategies` }], 'Cannot write a strategy');
  const list = withStrategy(readFileSync(index, 'utf8'), names);
  const file = `${STRATEGIES}/${names.file}.strategy.ts`;
  const spec = `${STRATEGIES}/${names.file}.strategy.spec.ts`;
  createFile(file, [strategyText(names, '../kit.js')]);
  createFile(spec, [specText(names)]);
  replaceFile(index, [list]);
  return [
    `Wrote ${file}`,
    `Wrote ${spec}`,
    `Added it to ${index}`,
    '',
    'Next:',
    '  npm run docs      # builds, and lets editors know its parameters',
    ...proofs(names.name, ''),
    `  npm run test:jest -- ${names.file} test/laws test/contract/strategies`,
  ];
}

function intoFolder(names: ReturnType<typeof strategyNames>, folder: string): string[] {
  const file = join(folder, `${names.file}.strategy.ts`);
  createFile(file, [strategyText(names, KIT)]);
  const config = join(folder, 'tsconfig.json');
  const types = !existsSync(config) && existsSync(join(PROJECT, 'src/strategy/kit.ts'));
  if (types) createFile(config, [typesFor(folder)]);
  return [`Wrote ${file}`, ...(types ? [`Wrote ${config}, for your editor`] : []), '', `Next, or with "path": ${JSON.stringify(folder)} under "strategy" in the settings instead of the flag:`, ...proofs(names.name, ` --strategy-path ${folder}`)];
}

function typesFor(folder: string): string {
  const from = realpathSync(resolve(folder));
  const project = relative(from, realpathSync(PROJECT)).replaceAll(sep, '/');
  const inside = /^(\.\.\/)*\.\.$/.test(project);
  return tsconfigText(project, inside ? null : parse(from).root);
}

function proofs(name: string, path: string): string[] {
  return ['verify causality', 'verify warmup', 'backtest'].map((verb) => `  node dist/cli ${verb} --source built-in --strategy ${name}${path}`);
}
