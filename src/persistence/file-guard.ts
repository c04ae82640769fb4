import { statSync } from 'node:fs';

import { LedgerError } from '../domain/errors.js';

interface Seen {
  readonly device: bigint;
  readonly inode: bigint;
}

/**
 * Notices that the database under an open connection is no longer the file of that name: deleted, moved, exchanged or emptied. SQLite
 * would go on writing into a file that nobody will find again.
 */
export class FileGuard {
  private readonly seen: readonly (readonly [path: string, seen: Seen])[];

  /** @param path the database; its write-ahead log is watched as well, and must exist by now */
  constructor(private readonly path: string) {
    this.seen = [path, `${path}-wal`].map((file) => {
      const { dev, ino } = statSync(file, { bigint: true });
      return [file, { device: dev, inode: ino }] as const;
    });
  }

  /** @throws LedgerError LEDGER.MISSING, LEDGER.REPLACED or LEDGER.EMPTY */
  check(): void {
    for (const [file, { device, inode }] of this.seen) {
      const now = statSync(file, { bigint: true, throwIfNoEntry: false });
      if (now === undefined) throw new LedgerError('LEDGER.MISSING', `${file} was deleted or moved while the bot was running. ${this.wayBack}`);
      if (now.dev !== device || now.ino !== inode) throw new LedgerError('LEDGER.REPLACED', `${file} was replaced by another file while the bot was running. ${this.wayBack}`);
      if (file === this.path && now.size === 0n) throw new LedgerError('LEDGER.EMPTY', `${file} was emptied while the bot was running. ${this.wayBack}`);
    }
  }

  private get wayBack(): string {
    return 'Nothing more is written. Stop the bot, put the file back or restore the newest backup, and start again';
  }
}
