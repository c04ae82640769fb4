import type { Prng } from '../base/prng.js';
import type { RawReply, Wire } from '../base/wire.js';
import type { ReplacementKind, ReplyEffect } from './effect.js';
import { setAtPath } from './json-path.js';
import { damageRows } from './kline-damage.js';

const HTML_TYPE = 'text/html';
const DEEP_LEVELS = 10_000;
const HUGE_BYTES = 64 * 1024 * 1024;

/** What the gateway says with its own error codes, by code: HTTP status and text. */
const GATEWAY_ERRORS: Record<number, [status: number, msg: string]> = {
  [-1000]: [500, 'An unknown error occurred while processing the request.'],
  [-1001]: [400, 'Internal error; unable to process your request. Please try again.'],
  [-1006]: [500, 'An unexpected response was received from the message bus. Execution status unknown.'],
  [-1007]: [504, 'Timeout waiting for response from backend server. Send status unknown; execution status unknown.'],
  [-1008]: [503, 'Server is currently overloaded with other requests. Please try again in a few minutes.'],
  [-1016]: [503, 'This service is no longer available.'],
};

export const MAINTENANCE_PAGE = page('503 Service Unavailable', 'System maintenance');

/** The reply as the effect leaves it. Headers of the untouched reply stay where they make sense. */
export function spoil(reply: RawReply, effect: ReplyEffect, nowMs: number, draws: Prng): RawReply {
  switch (effect.type) {
    case 'latency':
      return { ...reply, wire: { ...reply.wire, delayMs: effect.ms } };
    case 'reset':
      return onWire(reply, { resetAtByte: effect.atByte ?? 0 });
    case 'close':
      return onWire(reply, effect.atByte === undefined ? { close: 'before' } : { close: 'after', cutAtByte: effect.atByte });
    case 'stall':
      return onWire(reply, { stallAtByte: effect.atByte ?? 0, stallMs: effect.ms });
    case 'drip':
      return onWire(reply, { dripBytesPerSec: effect.bytesPerSec });
    case 'refuse':
      return onWire(reply, { refuseMs: effect.ms });
    case 'http':
      return { status: effect.status, headers: { ...typeOf(effect.body ?? ''), ...effect.headers }, body: effect.body ?? '', wire: {} };
    case 'error':
      return gatewayError(reply, effect.code, effect.status, effect.msg);
    case 'truncate':
      return withBody(reply, reply.body.slice(0, effect.bytes ?? Math.floor(reply.body.length / 2)));
    case 'replace':
      return { ...withBody(reply, replacement(effect.kind)), status: 200 };
    case 'mutate':
      return changeJson(reply, (body) => setAtPath(body, effect.jsonPath, effect.value));
    case 'redirect':
      return { status: effect.status ?? 302, headers: { location: effect.location }, body: '', wire: {} };
    case 'klines':
      return changeJson(reply, (body) => (Array.isArray(body) ? damageRows(body as unknown[][], effect, nowMs, draws) : body));
    default:
      throw new Error(`effect: expected one on a reply; was ${JSON.stringify(effect satisfies never)}`);
  }
}

/** A page as the gateway in front of the exchange sends it. */
export function page(title: string, text: string): string {
  return `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${text}</h1></center>\r\n</body>\r\n</html>\r\n`;
}

function gatewayError(reply: RawReply, code: number, status?: number, msg?: string): RawReply {
  const [usualStatus, usualMsg] = GATEWAY_ERRORS[code] ?? [400, 'An error has occurred.'];
  const body = JSON.stringify({ code, msg: msg ?? usualMsg });
  return { ...withBody(reply, body), status: status ?? usualStatus };
}

function onWire(reply: RawReply, wire: Wire): RawReply {
  return { ...reply, wire: { ...reply.wire, ...wire } };
}

function withBody(reply: RawReply, body: string): RawReply {
  return { ...reply, headers: { ...reply.headers, ...typeOf(body) }, body };
}

function typeOf(body: string): Record<string, string> {
  return body.startsWith('<') ? { 'content-type': HTML_TYPE } : { 'content-type': 'application/json;charset=UTF-8' };
}

function changeJson(reply: RawReply, change: (body: unknown) => unknown): RawReply {
  if (reply.status !== 200) return reply;
  return { ...reply, body: JSON.stringify(change(JSON.parse(reply.body))) };
}

function replacement(kind: ReplacementKind): string {
  switch (kind) {
    case 'empty':
      return '';
    case 'html':
      return page('502 Bad Gateway', '502 Bad Gateway');
    case 'binary':
      return Array.from({ length: 256 }, (_, code) => String.fromCharCode(code)).join('');
    case 'deep':
      return '['.repeat(DEEP_LEVELS) + ']'.repeat(DEEP_LEVELS);
    case 'huge':
      return `[${'0,'.repeat((HUGE_BYTES - 3) / 2)}0]`.padEnd(HUGE_BYTES, ' ');
    default:
      return kind;
  }
}
