import { InstanceLocked, LedgerError, TradingBotError } from '../../domain/errors.js';

type LedgerCode = LedgerError['code'];

interface Meaning {
  readonly code: LedgerCode;
  readonly message: (path: string) => string;
}

const RESTORE = 'Stop the bot, keep the damaged file for inspection, and restore the newest backup (see `db status`)';

/** By the beginning of SQLite's result code; the first that fits counts. */
const MEANINGS: readonly (readonly [prefix: string, meaning: Meaning])[] = [
  ['SQLITE_CONSTRAINT_UNIQUE', { code: 'LEDGER.DUPLICATE', message: () => 'The ledger holds this already' }],
  ['SQLITE_CONSTRAINT_PRIMARYKEY', { code: 'LEDGER.DUPLICATE', message: () => 'The ledger holds this already' }],
  ['SQLITE_CONSTRAINT', { code: 'LEDGER.INVALID', message: () => 'The ledger refuses this' }],
  ['SQLITE_MISMATCH', { code: 'LEDGER.INVALID', message: () => 'The ledger refuses this' }],
  ['SQLITE_BUSY', { code: 'LEDGER.BUSY', message: (path) => `${path} is locked by another process; nothing was written` }],
  ['SQLITE_LOCKED', { code: 'LEDGER.BUSY', message: (path) => `${path} is locked; nothing was written` }],
  ['SQLITE_FULL', { code: 'LEDGER.FULL', message: (path) => `The disk of ${path} is full; nothing was written. Make room, then start again` }],
  ['SQLITE_READONLY_DBMOVED', { code: 'LEDGER.REPLACED', message: (path) => `${path} was moved or deleted while it was open` }],
  ['SQLITE_READONLY', { code: 'LEDGER.READ_ONLY', message: (path) => `${path} cannot be written to (read-only file, folder or disk); nothing was written` }],
  ['SQLITE_PERM', { code: 'LEDGER.READ_ONLY', message: (path) => `${path}: permission denied` }],
  ['SQLITE_IOERR', { code: 'LEDGER.IO', message: (path) => `The disk of ${path} reported an error. Check the disk before the bot is started again` }],
  ['SQLITE_CANTOPEN', { code: 'LEDGER.IO', message: (path) => `${path} cannot be opened` }],
  ['SQLITE_NOTADB', { code: 'LEDGER.CORRUPT', message: (path) => `${path} is no SQLite database. ${RESTORE}` }],
  ['SQLITE_CORRUPT', { code: 'LEDGER.CORRUPT', message: (path) => `${path} is damaged. ${RESTORE}` }],
];

/** Faults after which nobody can say what the connection will do next: it is not used again. */
const LASTING: readonly string[] = ['LEDGER.IO', 'LEDGER.CORRUPT', 'LEDGER.REPLACED', 'LEDGER.EMPTY', 'LEDGER.MISSING', 'LEDGER.DURABILITY', 'LOCK.LOST'];

/** What SQLite says, in the ledger's words; whatever SQLite has not said comes back unchanged. */
export function ledgerErrorOf(error: unknown, path: string): unknown {
  if (error instanceof TradingBotError) return error;
  const native = nativeError(error);
  if (native === null) return error;
  // Raised by a trigger, whose message begins with our own code.
  if (native.message.startsWith('LEDGER.STATE: ')) return new LedgerError('LEDGER.STATE', native.message.slice('LEDGER.STATE: '.length), { cause: native });
  const meaning = MEANINGS.find(([prefix]) => native.code.startsWith(prefix))?.[1];
  // A statement that is wrong. The driver's error is no Error to whoever looks: it is wrapped into one.
  if (meaning === undefined) return new Error(`${native.message} (${native.code})`, { cause: error });
  return new LedgerError(meaning.code, `${meaning.message(path)} (${native.code}: ${native.message})`, { cause: native });
}

export function isLasting(error: unknown): error is LedgerError | InstanceLocked {
  return (error instanceof LedgerError || error instanceof InstanceLocked) && LASTING.includes(error.code);
}

interface NativeError {
  readonly code: string;
  readonly message: string;
}

/** TypeORM wraps what the driver throws; the driver's own error has a `code` such as SQLITE_BUSY. */
function nativeError(error: unknown): NativeError | null {
  // The driver's own error first: the wrapper copies its code but puts a word before its message.
  for (const candidate of [(error as { driverError?: unknown } | null)?.driverError, error]) {
    const code = (candidate as { code?: unknown } | null | undefined)?.code;
    if (typeof code === 'string' && code.startsWith('SQLITE_')) return candidate as NativeError;
  }
  return null;
}
