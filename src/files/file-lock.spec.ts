import { jest } from '@jest/globals';
import { transformFileSync } from '@swc/core';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { caught } from '../../test/support/caught.js';
import { useTemporaryFolder } from '../../test/support/temporary-folder.js';
import { StorageError } from '../domain/errors.js';
import { withFileLock } from './file-lock.js';

const inFolder = useTemporaryFolder();

afterEach(() => {
  jest.restoreAllMocks();
});

/** Adds one to the number in a file, a hundred times, with time enough between reading and writing for somebody else to come in. */
const COUNTER = `
import { readFileSync, writeFileSync } from 'node:fs';
import { withFileLock } from './files/file-lock.js';
const wait = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
const file = process.argv[2];
for (let i = 0; i < 100; i++) {
  withFileLock(file, () => {
    const count = Number(readFileSync(file, 'utf8'));
    wait(0.5);
    writeFileSync(file, String(count + 1));
  });
  if (i % 10 === 0) wait(3);
}
`;

/** The lock as plain JavaScript, for processes that are no tests. */
function compileLock(): void {
  for (const module of ['files/file-lock', 'domain/errors']) {
    const { code } = transformFileSync(fileURLToPath(new URL(`../${module}.ts`, import.meta.url)), { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'es6' } });
    mkdirSync(inFolder(module.split('/')[0]), { recursive: true });
    writeFileSync(inFolder(`${module}.js`), code);
  }
  writeFileSync(inFolder('package.json'), '{"type":"module"}');
  writeFileSync(inFolder('counter.js'), COUNTER);
}

function deadProcess(): number {
  return spawnSync(process.execPath, ['-e', '']).pid;
}

describe('withFileLock between processes', () => {
  it('lets one at a time in, also where a dead process left its lock behind', async () => {
    compileLock();
    writeFileSync(inFolder('count'), '0');
    writeFileSync(inFolder('count.lock'), String(deadProcess()));
    const children = [1, 2].map(() => spawn(process.execPath, [inFolder('counter.js'), inFolder('count')], { stdio: ['ignore', 'ignore', 'pipe'] }));
    let complaints = '';
    for (const child of children) child.stderr.on('data', (text: Buffer) => (complaints += text.toString()));
    const codes = await Promise.all(children.map(async (child) => (await once(child, 'close'))[0] as number));
    expect([codes, complaints]).toEqual([[0, 0], '']);
    expect(readFileSync(inFolder('count'), 'utf8')).toBe('200');
    expect(readdirSync(inFolder()).filter((name) => name.includes('lock'))).toEqual([]);
  }, 60_000);
});

describe('withFileLock', () => {
  it('gives back what the work gives, with the lock in place meanwhile and gone afterwards', () => {
    const seen = withFileLock(inFolder('a.csv'), () => readFileSync(inFolder('a.csv.lock'), 'utf8'));
    expect(seen).toBe(String(process.pid));
    expect(readdirSync(inFolder())).toEqual([]);
  });

  it('lets go when the work fails, and passes its fault on', () => {
    const work = (): never => {
      throw new RangeError('no');
    };
    expect(() => withFileLock(inFolder('a.csv'), work)).toThrow(RangeError);
    expect(existsSync(inFolder('a.csv.lock'))).toBe(false);
  });

  it('takes over the lock of a process that is gone, without waiting', () => {
    const wait = jest.spyOn(Atomics, 'wait');
    writeFileSync(inFolder('a.csv.lock'), String(deadProcess()));
    expect(withFileLock(inFolder('a.csv'), () => readFileSync(inFolder('a.csv.lock'), 'utf8'))).toBe(String(process.pid));
    expect([wait.mock.calls.length, readdirSync(inFolder())]).toEqual([0, []]);
  });

  it.each([
    { why: 'names nobody', content: '' },
    { why: 'names us, as when a container gives every process the same number', content: String(process.pid) },
  ])('takes over a lock that $why once it is older than any work takes', ({ content }) => {
    const wait = jest.spyOn(Atomics, 'wait');
    writeFileSync(inFolder('a.csv.lock'), content);
    const longAgo = Date.now() / 1000 - 60;
    utimesSync(inFolder('a.csv.lock'), longAgo, longAgo);
    expect(withFileLock(inFolder('a.csv'), () => 'done')).toBe('done');
    expect([wait.mock.calls.length, readdirSync(inFolder())]).toEqual([0, []]);
  });

  it('waits for a living holder, and goes on when it lets go', () => {
    writeFileSync(inFolder('a.csv.lock'), String(process.ppid));
    let waits = 0;
    jest.spyOn(Atomics, 'wait').mockImplementation(() => {
      if (++waits === 5) rmSync(inFolder('a.csv.lock'));
      return 'timed-out';
    });
    expect(withFileLock(inFolder('a.csv'), () => 'done')).toBe('done');
    expect(waits).toBe(5);
  });

  it.each([
    { why: 'by its number', content: String(process.ppid), holder: String(process.ppid) },
    { why: 'as unknown where it never wrote its number', content: '', holder: 'unknown' },
    { why: 'as unknown where something else stands there', content: 'someone', holder: 'unknown' },
  ])('gives up after a minute, naming the holder $why, and touches nothing', ({ content, holder }) => {
    writeFileSync(inFolder('a.csv.lock'), content);
    let waited = 0;
    jest.spyOn(Atomics, 'wait').mockImplementation((_array, _index, _value, ms) => {
      waited += ms ?? 0;
      return 'timed-out';
    });
    const { code, message } = caught(StorageError, () => withFileLock(inFolder('a.csv'), () => 'never'));
    expect([code, message]).toEqual(['STORAGE.WRITE', `${inFolder('a.csv.lock')} is held by process ${holder}; end it, or delete the file if no such process writes there`]);
    expect(waited).toBe(60_000);
    expect(readFileSync(inFolder('a.csv.lock'), 'utf8')).toBe(content);
  });

  it('says so when the lock cannot be written', () => {
    const { code, message } = caught(StorageError, () => withFileLock(inFolder('nowhere/a.csv'), () => 'never'));
    expect([code, message]).toEqual(['STORAGE.WRITE', `Cannot write ${inFolder('nowhere/a.csv.lock')}: ENOENT`]);
  });
});
