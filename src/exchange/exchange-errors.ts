import type { Exchange } from 'ccxt';

import { ExchangeError, ExchangeRefused, ExchangeUnavailable } from '../domain/errors.js';

/**
 * Names of ccxt's errors that say "you asked for something that does not exist": asking again cannot help. By name, so that this
 * room knows them without loading the library.
 */
const REFUSALS = new Set(['BadSymbol', 'BadRequest', 'AuthenticationError', 'PermissionDenied', 'NotSupported', 'ArgumentsRequired', 'AccountSuspended']);

/**
 * A failed read as one of ours. The text is made anew from what is known to be harmless: the library's messages hold whole
 * addresses.
 */
export function toExchangeError(thrown: unknown, exchange: Exchange, doing: string): ExchangeError {
  if (thrown instanceof ExchangeError) return thrown;
  const { name, reason } = reasonOf(thrown);
  const message = `${exchange.id}: ${doing} failed (${name}${reason})`;
  if (name === 'DDoSProtection' || name === 'RateLimitExceeded') {
    const waitMs = retryAfterMs(exchange);
    return new ExchangeUnavailable(waitMs === 0 ? message : `${message}; it wants to be left alone for ${waitMs / 1000} s`, waitMs);
  }
  if (REFUSALS.has(name)) return new ExchangeRefused(message);
  return new ExchangeUnavailable(message);
}

function reasonOf(thrown: unknown): { name: string; reason: string } {
  if (!isError(thrown)) return { name: 'unknown fault', reason: '' };
  const name = thrown.name === 'Error' ? thrown.constructor.name : thrown.name;
  const network = /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EPIPE|UND_ERR_[A-Z_]+|CERT_[A-Z_]+|SELF_SIGNED_CERT_IN_CHAIN)\b/.exec(`${thrown.message} ${causes(thrown)}`);
  const code = /"code":\s*(-?\d+)/.exec(thrown.message);
  const missing = name === 'BadSymbol' ? ', no such market' : '';
  return { name, reason: [network?.[1], code?.[1]].filter((part) => part !== undefined).map((part) => `, ${part}`).join('') + missing };
}

function causes(error: Error): string {
  const texts: string[] = [];
  let cause: unknown = error.cause;
  for (let depth = 0; isError(cause) && depth < 5; depth++, cause = cause.cause) texts.push(`${(cause as NodeJS.ErrnoException).code ?? ''} ${cause.message}`);
  return texts.join(' ');
}

/** By its looks: errors of another realm are none of our `Error`. */
function isError(thrown: unknown): thrown is Error {
  return typeof thrown === 'object' && thrown !== null && typeof (thrown as Error).message === 'string' && typeof (thrown as Error).name === 'string';
}

function retryAfterMs(exchange: Exchange): number {
  const headers = (exchange.last_response_headers ?? {}) as Record<string, string>;
  const seconds = Number(headers['Retry-After'] ?? headers['retry-after']);
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : 0;
}
