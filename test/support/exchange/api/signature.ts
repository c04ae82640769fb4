import { createHmac, timingSafeEqual } from 'node:crypto';

/** Lower-case hex HMAC-SHA256. */
export function sign(secret: string, payload: string): string {
  return createHmac('sha256', secret).update(payload).digest('hex');
}

/** What is signed: query string and body as sent, one straight after the other, without their `signature` pairs. */
export function signedPayload(query: string, body: string): string {
  return withoutSignature(query) + withoutSignature(body);
}

/** Compares without regard to the case of the hex digits and in constant time. */
export function matchesSignature(secret: string, payload: string, signature: string): boolean {
  const expected = Buffer.from(sign(secret, payload));
  const given = Buffer.from(signature.toLowerCase());
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function withoutSignature(part: string): string {
  if (!part.includes('signature=')) return part;
  return part
    .split('&')
    .filter((pair) => !pair.startsWith('signature='))
    .join('&');
}
