import { statSync, type BigIntStats } from 'node:fs';

import { LedgerError } from '../domain/errors.js';

/**
 * Notices that the database under an open connection is no longer what it was: deleted, moved, exchanged, emptied, or overwritten by
 * another program. SQLite would go on writing into a file that nobody will find again, or trust pages that are gone.
 */
export class FileGuard {
  private readonly log: string;
  private readonly logStats: BigIntStats;
  private stats: BigIntStats;

  /** @param path the database; its write-ahead log is watched as well, and must exist by now */
  constructor(private readonly path: string) {
    this.log = `${path}-wal`;
    this.stats = statSync(path, { bigint: true });
    this.logStats = statSync(this.log, { bigint: true });
  }

  /** Before our own work: nobody else has touched the file since. @throws LedgerError LEDGER.MISSING, REPLACED or EMPTY */
  check(): void {
    const now = this.sameDatabase();
    if (now.mtimeNs === this.stats.mtimeNs && now.size === this.stats.size) return;
    if (now.size === 0n) throw this.refusal('LEDGER.EMPTY', this.path, 'was emptied');
    throw this.refusal('LEDGER.REPLACED', this.path, 'was changed by another program');
  }

  /** After our own work, which may have changed the files: it went into the ones of that name. @throws LedgerError as `check` */
  accept(): void {
    sameFile(this.log, this.logStats, (code, what) => this.refusal(code, this.log, what));
    this.stats = this.sameDatabase();
  }

  private sameDatabase(): BigIntStats {
    return sameFile(this.path, this.stats, (code, what) => this.refusal(code, this.path, what));
  }

  private refusal(code: LedgerError['code'], file: string, what: string): LedgerError {
    return new LedgerError(code, `${file} ${what} while it was in use. Nothing more is written. Stop the bot, put the file back or restore the newest backup (see \`db status\`), and start again`);
  }
}

function sameFile(file: string, { dev, ino }: BigIntStats, refusal: (code: LedgerError['code'], what: string) => LedgerError): BigIntStats {
  const now = statSync(file, { bigint: true, throwIfNoEntry: false });
  if (now === undefined) throw refusal('LEDGER.MISSING', 'was deleted or moved');
  if (now.dev !== dev || now.ino !== ino) throw refusal('LEDGER.REPLACED', 'was replaced by another file');
  return now;
}
