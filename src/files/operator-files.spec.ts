import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';

import { useTemporaryFolder } from '../../test/support/temporary-folder.js';
import { OperatorFiles } from './operator-files.js';

const inFolder = useTemporaryFolder();
const files = (name = 'KILL'): OperatorFiles => new OperatorFiles(inFolder(), name);
const request = { id: 'a', answers: 5, reason: 'operator: looked', exitsOnly: false };

describe('the kill switch', () => {
  it('is not thrown where there is no file, nor a folder', () => {
    expect([files().killedBy(), new OperatorFiles(inFolder('gone'), 'KILL').killedBy()]).toEqual([null, null]);
  });

  it.each([
    { what: 'an empty file', make: (path: string) => writeFileSync(path, ''), by: 'the file KILL' },
    { what: 'a folder', make: (path: string) => mkdirSync(path), by: 'the file KILL' },
    { what: 'a link to nowhere', make: (path: string) => symlinkSync('/nowhere', path), by: 'the file KILL' },
    { what: 'a file with a note, of which one clean line is shown', make: (path: string) => writeFileSync(path, `stop\n\u001b[31mnow${' x'.repeat(500)}`), by: `the file KILL (${`stop [31mnow${' x'.repeat(500)}`.slice(0, 200)})` },
  ])('is thrown by $what', ({ make, by }) => {
    make(inFolder('KILL'));
    expect(files().killedBy()).toBe(by);
  });

  it('is thrown by a place that cannot be looked at', () => {
    writeFileSync(inFolder('loop'), '');
    symlinkSync(inFolder('ring'), inFolder('ring'));
    expect(files('ring/KILL').killedBy()).toMatch(/cannot be looked at \(ELOOP\)/);
  });

  it('may be a file elsewhere', () => {
    writeFileSync(inFolder('STOP'), '');
    expect(new OperatorFiles(inFolder('data'), inFolder('STOP')).killedBy()).toBe('the file STOP');
  });

  it('that cannot be taken back is said to stand there', () => {
    mkdirSync(inFolder('KILL'));
    expect(() => files().clear()).toThrow(expect.objectContaining({ code: 'STORAGE.WRITE', message: expect.stringContaining('remove it by hand') as string }));
    expect(files().killedBy()).toBe('the file KILL');
  });

  it('is thrown and taken back by the verbs, and takes back a request that waits', () => {
    files().requestResume(request);
    files().kill('halted by an operator');
    expect([files().killedBy(), files().resumeRequest()]).toEqual(['the file KILL (halted by an operator)', null]);
    expect([files().clear(), files().clear(), files().killedBy()]).toEqual([true, false, null]);
  });
});

describe('a request to resume', () => {
  it('is read as it was written, and is gone when it was dropped', () => {
    files().requestResume(request);
    expect(files().resumeRequest()).toEqual(request);
    files().dropRequest();
    expect(existsSync(files().requestFile)).toBe(false);
  });

  it.each(['', '{}', '[]', 'null', '{"id":"","answers":1,"reason":"x","exits_only":false}', '{"id":"a","answers":"1","reason":"x","exits_only":false}', '{"id":"a","answers":1,"reason":"x"}'])('that is none is not heard: %s', (text) => {
    writeFileSync(files().requestFile, text);
    expect(files().resumeRequest()).toBeNull();
  });
});
