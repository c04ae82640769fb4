import { ConfigError } from '../../domain/errors.js';
import type { StrategyNames } from './strategy-names.js';

const IMPORT = /^import \{ (\w+) \} from '\.\/[\w-]+\.strategy\.js';$/;
const MEMBER = /^ {2}(\w+),$/;

/**
 * The text of the list of strategies with one more in it: its import and its place, in alphabetical order.
 *
 * @throws ConfigError when the list does not look like one any more
 */
export function withStrategy(index: string, { file, type }: StrategyNames): string {
  const name = `${type}Strategy`;
  const imported = inserted(index.split('\n'), IMPORT, name, `import { ${name} } from './${file}.strategy.js';`);
  const listed = imported === null ? null : inserted(imported, MEMBER, name, `  ${name},`);
  if (listed === null) throw new ConfigError([{ path: 'src/strategy/strategies/index.ts', message: `does not list the strategies one to a line any more; add ${name} there by hand` }], 'Cannot register the strategy');
  return listed.join('\n');
}

/** @returns null when no line looks like one of the kind */
function inserted(lines: readonly string[], kind: RegExp, name: string, line: string): string[] | null {
  const nameIn = (text: string): string | undefined => kind.exec(text)?.[1];
  const last = lines.findLastIndex((text) => nameIn(text) !== undefined);
  if (last < 0) return null;
  const next = lines.findIndex((text) => (nameIn(text) ?? '') > name);
  return next < 0 ? lines.toSpliced(last + 1, 0, line) : lines.toSpliced(next, 0, line);
}
