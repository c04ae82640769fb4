import { createHash } from 'node:crypto';

import { signalKeyText, type SignalKey } from '../domain/order.js';

/** Orders of this program begin with it: what stands on the exchange under another name is never touched. */
export const CLIENT_ORDER_ID_PREFIX = 'tb-';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
const HASH_CHARACTERS = 26;

/**
 * The name under which an attempt to act on a signal goes to the exchange. Pure: after any crash the same name is computed again, and
 * can be searched for. 29 characters of `[a-z2-7-]`, which every exchange takes.
 *
 * @param attempt 1, and more for an exit that certainly never arrived
 */
export function clientOrderIdOf(signal: SignalKey | string, attempt: number): string {
  const text = typeof signal === 'string' ? signal : signalKeyText(signal);
  const hash = createHash('sha256').update(`${text}#${attempt}`).digest();
  return CLIENT_ORDER_ID_PREFIX + base32(hash).slice(0, HASH_CHARACTERS);
}

/** RFC 4648 in small letters; what does not fill the last five bits is left out. */
function base32(bytes: Uint8Array): string {
  let text = '';
  let pending = 0;
  let bits = 0;
  for (const byte of bytes) {
    pending = (pending << 8) | byte;
    for (bits += 8; bits >= 5; bits -= 5) text += ALPHABET[(pending >> (bits - 5)) & 31];
    pending &= (1 << bits) - 1;
  }
  return text;
}
