import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

import { useTemporaryFolder } from '../../test/support/temporary-folder.js';
import { isModuleName, ModuleFolder } from './module-folder.js';

const file = useTemporaryFolder();
const GIVEN = { 'the/kit': { seven: 7 } };
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

function write(files: Readonly<Record<string, string>>): ModuleFolder {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(file(`mine/${name}`)), { recursive: true });
    writeFileSync(file(`mine/${name}`), text, { mode: 0o644 });
  }
  return new ModuleFolder(file('mine'), GIVEN);
}

describe('ModuleFolder', () => {
  it.each([
    { kind: 'TypeScript', name: 'a.ts', text: "import { seven } from 'the/kit';\nexport const value: number = seven as number;\n" },
    { kind: 'a newer module', name: 'a.mjs', text: "import { seven } from 'the/kit';\nexport const value = seven;\n" },
    { kind: 'a newer module that is not called one', name: 'a.js', text: "import * as kit from 'the/kit';\nexport const value = kit.seven;\n" },
    { kind: 'what the compiler made of TypeScript', name: 'a.cjs', text: '"use strict";\nObject.defineProperty(exports, "__esModule", { value: true });\nconst kit_1 = require("the/kit");\nexports.value = kit_1.seven;\n' },
  ])('runs $kind, with what is given to it', ({ name, text }) => {
    const loaded = write({ [name]: text }).load(name);
    expect(loaded).toMatchObject({ file: name, exports: { value: 7 }, sha256: sha256(text) });
  });

  it('understands decorators, as the source itself is written', () => {
    const text = 'const made: string[] = [];\nfunction Note(target: { name: string }): void { made.push(target.name); }\n@Note\nexport class Noted {}\nexport { made };\n';
    expect(write({ 'a.ts': text }).load('a.ts').exports['made']).toEqual(['Noted']);
  });

  it('runs files that import each other once, under whatever ending', () => {
    const modules = write({
      'a.ts': "import { count } from './lib/b.js';\nimport { count as again } from './lib/b';\nexport const value = [count(), again()];\n",
      'lib/b.ts': "import { seven } from 'the/kit';\nlet n = seven as number;\nexport const count = (): number => n++;\n",
    });
    expect(modules.load('a.ts').exports['value']).toEqual([7, 8]);
  });

  it('hashes a file with what it imports, as sha256sum would', () => {
    const a = "import { b } from './b.js';\nexport const value = b;\n";
    const b = 'export const b = 1;\n';
    const modules = write({ 'a.ts': a, 'b.ts': b });
    const list = `${sha256(a)}  a.ts\n${sha256(b)}  b.ts\n`;
    expect([modules.load('a.ts').sha256, modules.load('b.ts').sha256]).toEqual([sha256(list), sha256(b)]);
  });

  it.each([
    { why: 'a file system', text: "import { readFileSync } from 'node:fs';\nexport const value = readFileSync;", says: 'mine/a.ts imports "node:fs"; it may import "the/kit" and files of its own folder, and nothing else' },
    { why: 'a package', text: "import ccxt from 'ccxt';\nexport const value = ccxt;", says: 'mine/a.ts imports "ccxt"; it may import' },
    { why: 'a name that every object has', text: "import * as x from 'constructor';\nexport const value = x;", says: 'mine/a.ts imports "constructor"; it may import' },
    { why: 'what does not exist', text: "import { x } from './gone.js';\nexport const value = x;", says: 'mine/a.ts imports "./gone.js", which does not exist' },
    { why: 'what lies outside', text: "import { x } from '../outside.js';\nexport const value = x;", says: 'mine/a.ts imports "../outside.js", which lies outside of' },
  ])('refuses to import $why', ({ text, says }) => {
    writeFileSync(file('outside.js'), 'export const x = 1;');
    expect(() => write({ 'a.ts': text }).load('a.ts')).toThrow(says);
  });

  it.each([
    { why: 'a file that is no code', text: 'export const = 1;\n', says: /mine\/a\.ts cannot be run: SyntaxError: line 1: Variable declaration expected/ },
    { why: 'a file that throws', text: 'export const value = 1;\nthrow new TypeError("no");\n', says: /mine\/a\.ts cannot be run: TypeError: no/ },
    { why: 'a file that throws what is no error', text: 'export {};\nthrow "no";\n', says: /mine\/a\.ts cannot be run: no/ },
  ])('names $why', ({ text, says }) => {
    expect(() => write({ 'a.ts': text }).load('a.ts')).toThrow(says);
  });

  it('S15 runs no file that everybody may write, nor any in such a folder', () => {
    const modules = write({ 'a.ts': 'export const value = 1;' });
    chmodSync(file('mine/a.ts'), 0o666);
    expect(() => modules.load('a.ts')).toThrow(/mine\/a\.ts may be written by everybody; take that away with: chmod o-w /);
    chmodSync(file('mine'), 0o777);
    expect(() => new ModuleFolder(file('mine'), GIVEN)).toThrow(/mine may be written by everybody/);
  });

  it('S15 follows no link out of the folder', () => {
    writeFileSync(file('outside.ts'), 'export const value = 1;');
    const modules = write({ 'b.ts': 'export const value = 1;' });
    symlinkSync(file('outside.ts'), file('mine/a.ts'));
    expect(() => modules.load('a.ts')).toThrow(/mine\/a\.ts is a link to .*outside\.ts, outside of/);
  });

  it('names a folder that is not there, and one that is none', () => {
    expect(() => new ModuleFolder(file('none'), GIVEN)).toThrow(`${file('none')} does not exist`);
    writeFileSync(file('text'), '');
    expect(() => new ModuleFolder(file('text'), GIVEN)).toThrow(`${file('text')} is no folder`);
  });

  it('lists the files of the folder itself, by name', () => {
    expect(write({ 'b.ts': '', 'a.js': '', 'lib/c.ts': '' }).names()).toEqual(['a.js', 'b.ts']);
  });
});

describe('isModuleName', () => {
  it.each(['my-idea.strategy.ts', 'A_1.strategy.mjs', 'x.strategy.cjs', 'x.strategy.js'])('takes %s', (name) => expect(isModuleName(name, 'strategy')).toBe(true));
  it.each(['my-idea.ts', 'my-idea.strategy.spec.ts', 'my-idea.strategy.d.ts', '.my-idea.strategy.ts', 'my-idea.strategy.ts~', '#x.strategy.ts', 'x.strategy.ts.swp', '-x.strategy.ts'])('leaves %s alone', (name) => expect(isModuleName(name, 'strategy')).toBe(false));
});
