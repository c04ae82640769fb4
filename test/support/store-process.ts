import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import type { Piece } from './store-pieces.js';

const CHILD = fileURLToPath(new URL('store-child.mjs', import.meta.url));

export interface StoreProcess {
  /** Whether it was killed. */
  readonly died: boolean;
  readonly complaints: string;
}

export interface Death {
  /** Of the operations on files the one before which it dies. */
  readonly afterOperations?: number;
  /** A moment after it begins to merge. */
  readonly afterMs?: number;
}

/** Merges pieces of a market into a folder in a process of its own, which may be killed on the way. */
export function mergeInProcess(folder: string, pieces: readonly Piece[], { afterOperations, afterMs }: Death = {}): Promise<StoreProcess> {
  const list = pieces.map(({ from, to }) => `${from},${to}`).join(';');
  const args = [CHILD, folder, list, ...(afterOperations === undefined ? [] : [String(afterOperations)])];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let complaints = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text));
    let knife: NodeJS.Timeout | undefined;
    child.stdout.once('data', () => {
      if (afterMs !== undefined) knife = setTimeout(() => child.kill('SIGKILL'), afterMs);
    });
    child.on('error', reject);
    child.on('close', (_code, signal) => {
      clearTimeout(knife);
      resolve({ died: signal === 'SIGKILL', complaints });
    });
  });
}
