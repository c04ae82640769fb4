/**
 * Every fault the application raises on purpose. `code` is stable and machine-readable, `retryable` says whether the very
 * same request may be sent again, `exitCode` is what a command ends with when nobody else can act on the fault.
 */
export abstract class TradingBotError extends Error {
  abstract readonly code: string;
  readonly retryable: boolean = false;
  readonly exitCode: 1 | 2 | 3 | 4 = 1;

  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** One thing wrong with what a user wrote: where, and what is expected there. */
export interface Problem {
  /** Path in the user's spelling, e.g. `risk.max_position_size_usd` or `--start`. Empty for the document as a whole. */
  readonly path: string;
  readonly message: string;
}

/** Settings, environment or flags cannot be used. Lists every problem at once; nothing has been done. */
export class ConfigError extends TradingBotError {
  readonly code = 'CONFIG.INVALID';
  override readonly exitCode = 2;

  constructor(
    readonly problems: readonly Problem[],
    heading = 'Invalid configuration',
  ) {
    super(`${heading}:\n${problems.map(({ path, message }) => `  - ${path === '' ? '' : `${path}: `}${message}`).join('\n')}`);
  }
}

/** The strategy does not exist or its parameters are refused. Nothing has been done. */
export class StrategyError extends TradingBotError {
  override readonly exitCode = 2;

  constructor(
    readonly code: 'STRATEGY.UNKNOWN' | 'STRATEGY.PARAMS' | 'STRATEGY.INVALID' | 'STRATEGY.FRAME',
    message: string,
  ) {
    super(message);
  }
}

/** Candles that cannot be trusted, or are not there. No number is computed from them. */
export class CandleDataError extends TradingBotError {
  override readonly exitCode = 2;

  constructor(
    readonly code: 'DATA.INVALID' | 'DATA.FILE' | 'DATA.MISSING' | 'DATA.EMPTY' | 'DATA.STALE',
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}

/** A file the application wanted to write is not there now, or one of its own cannot be read; nothing that existed before was changed. */
export class StorageError extends TradingBotError {
  constructor(
    readonly code: 'STORAGE.WRITE' | 'STORAGE.READ' | 'STORAGE.EXISTS',
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}

/** A database that must not be traded on: nothing is written until somebody has looked at it. */
const UNSAFE_LEDGERS: readonly string[] = ['LEDGER.MISSING', 'LEDGER.EMPTY', 'LEDGER.REPLACED', 'LEDGER.FOREIGN', 'LEDGER.CORRUPT', 'LEDGER.NEWER', 'LEDGER.IO'];

/**
 * The ledger could not do what it was asked. Before an order this means that there is no order; after one, that the process halts and
 * settles it at the next start.
 */
export class LedgerError extends TradingBotError {
  override readonly exitCode: 1 | 2 | 3 | 4;

  constructor(
    readonly code:
      | 'LEDGER.NONE' // there has never been one here
      | 'LEDGER.MISSING' // there was one
      | 'LEDGER.EMPTY'
      | 'LEDGER.REPLACED'
      | 'LEDGER.FOREIGN'
      | 'LEDGER.CORRUPT'
      | 'LEDGER.NEWER'
      | 'LEDGER.OLDER'
      | 'LEDGER.BUSY'
      | 'LEDGER.FULL'
      | 'LEDGER.READ_ONLY'
      | 'LEDGER.IO'
      | 'LEDGER.DURABILITY'
      | 'LEDGER.DUPLICATE'
      | 'LEDGER.CONFLICT'
      | 'LEDGER.INVALID'
      | 'LEDGER.STATE'
      | 'LEDGER.CHECK'
      | 'LEDGER.MISUSE',
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.exitCode = UNSAFE_LEDGERS.includes(code) ? 3 : 1;
  }
}

/** Another process trades on this data folder, or has taken it over from us. */
export class InstanceLocked extends TradingBotError {
  override readonly exitCode = 4;

  constructor(
    readonly code: 'LOCK.HELD' | 'LOCK.LOST',
    message: string,
  ) {
    super(message);
  }
}

/** Something happened on the way to or at the exchange. */
export abstract class ExchangeError extends TradingBotError {}

/** The exchange did not answer a read as it should: reads may be tried again, orders never. */
export class ExchangeUnavailable extends ExchangeError {
  readonly code = 'EXCHANGE.UNAVAILABLE';
  override readonly retryable = true;

  constructor(
    message: string,
    /** How long the exchange wants to be left alone; 0 when it says nothing. */
    readonly retryAfterMs = 0,
  ) {
    super(message);
  }
}

/** The exchange answered and refused: asking again will not help. */
export class ExchangeRefused extends ExchangeError {
  readonly code = 'EXCHANGE.REFUSED';
}

/** The user asked to stop; what was finished by then is kept. */
export class Interrupted extends TradingBotError {
  readonly code = 'INTERRUPTED';
}

/** Key, signature or permission: nothing will work before a person has looked. */
export class ExchangeAuthError extends ExchangeError {
  readonly code = 'EXCHANGE.AUTH';
  override readonly exitCode = 3;
}

/** A rule of safety stands against it. Nothing was sent. */
export class SafetyHalt extends TradingBotError {
  override readonly exitCode = 3;

  constructor(
    /** e.g. `RISK.HALTED`, `LIVE.KEY_MISSING`, `LIVE.WITHDRAWALS_ALLOWED` */
    readonly code: `RISK.${string}` | `LIVE.${string}` | `RECONCILE.${string}`,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}

/** A saved result that is not there or cannot be used. */
export class ResultError extends TradingBotError {
  override readonly exitCode = 2;

  constructor(
    readonly code: 'RESULT.NONE' | 'RESULT.FILE',
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}
