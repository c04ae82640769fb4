import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';

import { caught } from '../../test/support/caught.js';
import { useTemporaryFolder } from '../../test/support/temporary-folder.js';
import { StorageError } from '../domain/errors.js';
import { createFile, removeLeftovers, replaceFile } from './atomic-write.js';

const inFolder = useTemporaryFolder();
const isRoot = process.getuid?.() === 0;
const read = (name: string): string => readFileSync(inFolder(name), 'utf8');
const faultOf = (work: () => void): [string, string] => {
  const { code, message } = caught(StorageError, work);
  return [code, message];
};

describe.each([
  { name: 'replaceFile', write: replaceFile },
  { name: 'createFile', write: createFile },
])('$name', ({ write }) => {
  it('puts all parts in place, texts and bytes, and nothing beside them', () => {
    write(inFolder('a.txt'), ['one ', Buffer.from('zwei '), 'drei €\n', new Uint8Array(0)]);
    expect(read('a.txt')).toBe('one zwei drei €\n');
    expect(readdirSync(inFolder())).toEqual(['a.txt']);
  });

  it('writes what is larger than one write takes', () => {
    const part = 'x'.repeat(5_000_000);
    write(inFolder('a.txt'), [part, part, '!']);
    expect(statSync(inFolder('a.txt')).size).toBe(10_000_001);
  });

  it('makes an empty file of no parts', () => {
    write(inFolder('a.txt'), []);
    expect(read('a.txt')).toBe('');
  });

  it('makes the folders on the way', () => {
    write(inFolder('deep/er/a.txt'), ['x']);
    expect(read('deep/er/a.txt')).toBe('x');
  });

  it.each(['a.txt/b.txt', 'a.txt/deep/er/b.txt'])('says so when a file stands where a folder should be: %s', (path) => {
    writeFileSync(inFolder('a.txt'), 'kept');
    expect(faultOf(() => write(inFolder(path), ['x']))).toEqual(['STORAGE.WRITE', `Cannot write ${inFolder(path)}: a file stands where a folder should be`]);
    expect([read('a.txt'), readdirSync(inFolder())]).toEqual(['kept', ['a.txt']]);
  });

  (isRoot ? it.skip : it)('says so when it may not write there', () => {
    mkdirSync(inFolder('locked'));
    chmodSync(inFolder('locked'), 0o555);
    expect(faultOf(() => write(inFolder('locked/a.txt'), ['x']))).toEqual(['STORAGE.WRITE', `Cannot write ${inFolder('locked/a.txt')}: permission denied`]);
    chmodSync(inFolder('locked'), 0o755);
  });

  it('keeps the cause of a fault', () => {
    writeFileSync(inFolder('a.txt'), '');
    expect(caught(StorageError, () => write(inFolder('a.txt/b'), ['x'])).cause).toMatchObject({ syscall: 'mkdir' });
  });
});

describe('replaceFile', () => {
  it('puts the new content in place of the old, as a file of its own', () => {
    writeFileSync(inFolder('a.txt'), 'old');
    const before = statSync(inFolder('a.txt')).ino;
    replaceFile(inFolder('a.txt'), ['new']);
    expect(read('a.txt')).toBe('new');
    expect(statSync(inFolder('a.txt')).ino).not.toBe(before);
    expect(readdirSync(inFolder())).toEqual(['a.txt']);
  });

  it('says so when a folder stands in its place, and leaves nothing behind', () => {
    mkdirSync(inFolder('a.txt'));
    expect(faultOf(() => replaceFile(inFolder('a.txt'), ['x']))).toEqual(['STORAGE.WRITE', `Cannot write ${inFolder('a.txt')}: a folder stands in its place`]);
    expect([readdirSync(inFolder()), readdirSync(inFolder('a.txt'))]).toEqual([['a.txt'], []]);
  });
});

describe('createFile', () => {
  it('never writes over what is there, a file or a folder', () => {
    writeFileSync(inFolder('a.txt'), 'old');
    mkdirSync(inFolder('b.txt'));
    for (const name of ['a.txt', 'b.txt']) {
      expect(faultOf(() => createFile(inFolder(name), ['new']))).toEqual(['STORAGE.EXISTS', `${inFolder(name)} exists already and is never overwritten`]);
    }
    expect([read('a.txt'), readdirSync(inFolder())]).toEqual(['old', ['a.txt', 'b.txt']]);
  });
});

describe('removeLeftovers', () => {
  const dead = spawnSync(process.execPath, ['-e', '']).pid;
  const left = (name: string): string => {
    writeFileSync(inFolder(name), 'half');
    return name;
  };

  it('removes what killed processes left beside a file, and nothing else', () => {
    left(`a.csv.${dead}.0123abcd.tmp`);
    left(`a.csv.coverage.json.${dead}.89abcdef.tmp`);
    const kept = ['a.csv', `a.csv.${process.pid}.0123abcd.tmp`, `a.csv.${dead}.tmp`, `b.csv.${dead}.0123abcd.tmp`, 'a.csv.tmp'].map(left);
    removeLeftovers(inFolder('a.csv'));
    expect(readdirSync(inFolder()).sort()).toEqual(kept.sort());
  });

  it('removes what is older than any write takes, whoever has that number now', () => {
    const name = left(`a.csv.${process.pid}.0123abcd.tmp`);
    const longAgo = Date.now() / 1000 - 7200;
    utimesSync(inFolder(name), longAgo, longAgo);
    removeLeftovers(inFolder('a.csv'));
    expect(readdirSync(inFolder())).toEqual([]);
  });
});
