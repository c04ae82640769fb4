import { join } from 'node:path';

/** Where things are in a data folder. */
export interface LedgerPaths {
  readonly folder: string;
  readonly database: string;
  /** Holds the id of the ledger that belongs here: how a lost or exchanged database is noticed. */
  readonly identity: string;
  readonly lock: string;
  /** Who holds the lock, for people. */
  readonly holder: string;
  readonly backups: string;
}

export function ledgerPaths(folder: string): LedgerPaths {
  return {
    folder,
    database: join(folder, 'ledger.sqlite'),
    identity: join(folder, 'ledger.id'),
    lock: join(folder, 'instance.lock'),
    holder: join(folder, 'instance.json'),
    backups: join(folder, 'backups'),
  };
}
