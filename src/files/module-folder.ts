import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';

import { compileModule } from './compile-module.js';

/** A file of the folder, loaded. */
export interface LoadedModule {
  /** Path within the folder. */
  readonly file: string;
  readonly exports: Readonly<Record<string, unknown>>;
  /**
   * What was run: of a file that stands alone its SHA-256, as `sha256sum` says; of one that imports others of the folder that of the lines
   * which `sha256sum` prints for all of them, itself included, by name.
   */
  readonly sha256: string;
}

/** Why a file or the folder cannot be used, for the one who wrote it. */
export class ModuleFault extends Error {
  constructor(
    readonly path: string,
    readonly reason: string,
  ) {
    super(`${path} ${reason}`);
  }
}

interface Loading {
  readonly exports: { exports: Record<string, unknown> };
  readonly sha256: string;
  readonly imports: Set<string>;
}

const WRITABLE_BY_ALL = 0o002;
const MOST_BYTES = 1_048_576;
/** `./helper.js` may be written in TypeScript, and its ending may be left out. */
const ENDINGS: readonly [RegExp, readonly string[]][] = [
  [/\.js$/, ['.js', '.ts']],
  [/\.mjs$/, ['.mjs', '.ts']],
  [/\.(ts|cjs)$/, ['$&']],
  [/$/, ['.ts', '.js', '.mjs', '.cjs']],
];

/**
 * Modules of one folder of a user's, run in this process: TypeScript or JavaScript, which may import each other and what is given to them,
 * and nothing else. What is hashed is what is run: every file is read once.
 */
export class ModuleFolder {
  private readonly loaded = new Map<string, Loading>();
  private readonly root: string;

  /**
   * @param folder as the user wrote it
   * @param given modules that do not lie in the folder, by the name under which they are imported
   * @throws ModuleFault when there is no such folder, or when everybody may write to it
   */
  constructor(
    readonly folder: string,
    private readonly given: Readonly<Record<string, object>>,
  ) {
    this.root = realFolder(folder);
    refuseWritable(folder, this.root);
  }

  /** Files that lie in the folder itself, by name. */
  names(): string[] {
    return readdirSync(this.root, { withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map(({ name }) => name)
      .sort();
  }

  /** @throws ModuleFault naming the file and the cause */
  load(name: string): LoadedModule {
    const path = join(this.root, name);
    const { exports } = this.run(path);
    return { file: name, exports: exports.exports, sha256: this.hashOf(path) };
  }

  private run(path: string): Loading {
    const known = this.loaded.get(path);
    if (known !== undefined) return known;
    const shown = join(this.folder, relative(this.root, path));
    const text = this.read(path, shown);
    const loading: Loading = { exports: { exports: {} }, sha256: sha256(text), imports: new Set() };
    // Before it is run: files that import each other see what there is of the other so far.
    this.loaded.set(path, loading);
    try {
      compileModule(text.toString('utf8'), shown)(loading.exports.exports, (wanted) => this.import(wanted, path, loading), loading.exports);
    } catch (error) {
      this.loaded.delete(path);
      if (error instanceof ModuleFault) throw error;
      throw new ModuleFault(shown, `cannot be run: ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`);
    }
    return loading;
  }

  private import(wanted: string, from: string, loading: Loading): object {
    const given = Object.hasOwn(this.given, wanted) ? this.given[wanted] : undefined;
    if (given !== undefined) return given;
    const shown = join(this.folder, relative(this.root, from));
    if (!/^\.{1,2}\//.test(wanted)) {
      const names = Object.keys(this.given).map((name) => `"${name}"`).join(', ');
      throw new ModuleFault(shown, `imports "${wanted}"; it may import ${names} and files of its own folder, and nothing else`);
    }
    const path = this.find(resolve(dirname(from), wanted));
    if (path === null) throw new ModuleFault(shown, `imports "${wanted}", which does not exist`);
    if (!path.startsWith(this.root + sep)) throw new ModuleFault(shown, `imports "${wanted}", which lies outside of ${this.folder}`);
    loading.imports.add(path);
    return this.run(path).exports.exports;
  }

  private find(path: string): string | null {
    const [pattern, endings] = ENDINGS.find(([ending]) => ending.test(path)) ?? ENDINGS[ENDINGS.length - 1];
    const found = endings.map((ending) => path.replace(pattern, ending)).find((candidate) => statSync(candidate, { throwIfNoEntry: false })?.isFile() === true);
    return found === undefined ? null : realpathSync(found);
  }

  private read(path: string, shown: string): Buffer {
    try {
      const real = realpathSync(path);
      if (!real.startsWith(this.root + sep)) throw new ModuleFault(shown, `is a link to ${real}, outside of ${this.folder}`);
      refuseWritable(shown, real);
      if (statSync(real).size > MOST_BYTES) throw new ModuleFault(shown, `is larger than ${MOST_BYTES} bytes`);
      return readFileSync(real);
    } catch (error) {
      if (error instanceof ModuleFault) throw error;
      throw new ModuleFault(shown, `cannot be read (${(error as NodeJS.ErrnoException).code})`);
    }
  }

  private hashOf(path: string): string {
    const files = new Set([path]);
    // The set grows while it is walked through, and ends when nothing new is imported.
    for (const file of files) for (const imported of this.loaded.get(file)?.imports ?? []) files.add(imported);
    if (files.size === 1) return this.loaded.get(path)?.sha256 ?? '';
    const lines = [...files].map((file) => [relative(this.root, file).replaceAll(sep, '/'), this.loaded.get(file)?.sha256] as const);
    return sha256(lines.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, hash]) => `${hash}  ${name}\n`).join(''));
  }
}

function realFolder(folder: string): string {
  try {
    const real = realpathSync(folder);
    if (statSync(real).isDirectory()) return real;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ModuleFault(folder, code === 'ENOENT' ? 'does not exist' : `cannot be read (${code})`);
  }
  throw new ModuleFault(folder, 'is no folder');
}

/** Code that anybody may change is anybody's code, and it would run with our rights. */
function refuseWritable(shown: string, real: string): void {
  const { mode } = statSync(real);
  if (process.platform !== 'win32' && (mode & WRITABLE_BY_ALL) !== 0) throw new ModuleFault(shown, `may be written by everybody; take that away with: chmod o-w ${JSON.stringify(shown)}`);
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** Whether a name is one of a module that is not a declaration, a test or a copy of an editor. */
export function isModuleName(name: string, kind: string): boolean {
  return new RegExp(`^[A-Za-z0-9][A-Za-z0-9_-]*\\.${kind}\\.(ts|js|mjs|cjs)$`).test(basename(name));
}
