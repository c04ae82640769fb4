import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { newTemporaryFolder } from './temporary-folder.js';

const KIBIBYTES = 256;

export interface TinyDisk {
  readonly path: string;
  /** Leaves so many bytes free. */
  fill(freeBytes: number): void;
  /** Takes the filling away again. */
  empty(): void;
  forbidWriting(): void;
}

/**
 * A suite on a disk of 256 KiB, a new one for every test. It is one in memory, and needs the right to mount; where there is none the suite
 * is skipped, and says so.
 */
export function withTinyDisk(name: string, define: (disk: TinyDisk) => void): void {
  const trial = newTemporaryFolder();
  const works = mount(['-t', 'tmpfs', '-o', `size=${KIBIBYTES}k`, 'tmpfs', trial]);
  if (works) spawnSync('umount', ['-l', trial]);
  rmSync(trial, { recursive: true });
  if (!works) {
    process.stderr.write(`Skipped: ${name}: this process may not mount a disk in memory\n`);
    describe.skip(`${name} (skipped: may not mount a disk in memory)`, () => it('has nothing to run on', () => {}));
    return;
  }
  let folder = '';
  describe(name, () => {
    beforeEach(() => {
      folder = newTemporaryFolder();
      mkdirSync(join(folder, 'disk'));
      mount(['-t', 'tmpfs', '-o', `size=${KIBIBYTES}k`, 'tmpfs', join(folder, 'disk')]);
    });
    afterEach(() => {
      spawnSync('umount', ['-l', join(folder, 'disk')]);
      rmSync(folder, { recursive: true, force: true });
    });
    define({
      get path() {
        return join(folder, 'disk');
      },
      fill: (freeBytes) => {
        const { bavail, bsize } = statfsSync(join(folder, 'disk'));
        writeFileSync(join(folder, 'disk', 'filling'), Buffer.alloc(bavail * bsize - freeBytes));
      },
      empty: () => rmSync(join(folder, 'disk', 'filling')),
      forbidWriting: () => {
        if (!mount(['-o', 'remount,ro', join(folder, 'disk')])) throw new Error('Cannot make the disk read-only');
      },
    });
  });
}

function mount(args: readonly string[]): boolean {
  return process.platform === 'linux' && spawnSync('mount', args, { stdio: 'ignore' }).status === 0;
}
