import { spawnSync } from 'node:child_process';

function mount(args: readonly string[]): boolean {
  return spawnSync('mount', args, { stdio: 'ignore' }).status === 0;
}

/** A disk of a given size in memory; mounting needs the rights for it, which not every machine gives. */
export function mountTinyDisk(folder: string, kibibytes: number): boolean {
  return process.platform === 'linux' && mount(['-t', 'tmpfs', '-o', `size=${kibibytes}k`, 'tmpfs', folder]);
}

export function resizeTinyDisk(folder: string, options: string): void {
  if (!mount(['-o', `remount,${options}`, folder])) throw new Error(`Cannot remount ${folder}`);
}

export function unmountTinyDisk(folder: string): void {
  spawnSync('umount', ['-l', folder], { stdio: 'ignore' });
}
