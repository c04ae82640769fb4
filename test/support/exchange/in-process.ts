import { setTimeout as sleep } from 'node:timers/promises';
import type { RawReply, RawRequest, RequestHandler } from './base/wire.js';
import { InProcessResponse, type BodyRules } from './transport/in-process-response.js';
import { abortError, fetchFailed } from './transport/transport-errors.js';

export interface FetchOptions extends Partial<BodyRules> {
  /** Time the client waits for the status line when the request names no `timeout` of its own; virtual ms. */
  timeoutMs?: number;
  ip?: string;
}

/** `timeout` is how ccxt tells a given fetch implementation how long it will wait, ms. */
type Init = RequestInit & { timeout?: number };

/** undici gives up on a body after so long without a byte. */
const UNDICI_BODY_TIMEOUT_MS = 300_000;

/**
 * A `fetch` that asks the exchange directly, without a network. What the wire would do to a reply comes out as the error or the
 * body that a client over HTTP would see. Under a virtual clock a wait takes no real time: the exchange's time moves instead.
 */
export function fetchFor(exchange: RequestHandler, options: FetchOptions = {}): typeof fetch {
  const rules: BodyRules = {
    bodyTimeoutMs: options.bodyTimeoutMs ?? UNDICI_BODY_TIMEOUT_MS,
    onStall: options.onStall ?? 'reject',
  };
  const ask = async (input: string | URL | Request, init: Init = {}): Promise<Response> => {
    if (init.signal?.aborted === true) throw abortError();
    const raw = toRaw(urlOf(input), init, options.ip ?? '127.0.0.1');
    const timeoutMs = init.timeout ?? options.timeoutMs ?? Infinity;
    const reply = await arrive(exchange, raw, exchange.handle(raw), timeoutMs, init.signal ?? undefined);
    return new InProcessResponse(reply, exchange, rules, init.signal ?? undefined) as unknown as Response;
  };
  return ask;
}

/** Lets the reply travel as far as its headers. */
async function arrive(
  exchange: RequestHandler,
  raw: RawRequest,
  reply: RawReply,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<RawReply> {
  const { delayMs, deferred, refuseMs, resetAtByte, close } = reply.wire;
  if (refuseMs !== undefined) throw fetchFailed('connect ECONNREFUSED 127.0.0.1', 'ECONNREFUSED');
  if (delayMs !== undefined) {
    if (!exchange.isVirtual) await sleep(Math.min(delayMs, timeoutMs) / exchange.timeScale, undefined, { signal });
    if (delayMs > timeoutMs) throw abortError();
  }
  if (deferred === true) return exchange.resume(raw);
  if (resetAtByte === 0) throw fetchFailed('read ECONNRESET', 'ECONNRESET');
  if (close === 'before') throw fetchFailed('other side closed', 'UND_ERR_SOCKET');
  // ccxt's own transport never follows a redirect; it reports the attempt as a failed fetch.
  if (reply.status >= 300 && reply.status < 400) throw fetchFailed('unexpected redirect', 'ERR_UNEXPECTED_REDIRECT');
  return reply;
}

function urlOf(input: string | URL | Request): string {
  return typeof input === 'string' ? input : 'url' in input ? input.url : input.href;
}

/** Cuts the URL by hand: a URL object would rewrite the percent-encoding that the signature covers. */
function toRaw(url: string, init: Init, ip: string): RawRequest {
  const target = url.replace(/^[a-z]+:\/\/[^/?]*/i, '').replace(/#.*$/, '');
  const mark = target.indexOf('?');
  return {
    method: (init.method ?? 'GET').toUpperCase(),
    path: mark < 0 ? target : target.slice(0, mark),
    query: mark < 0 ? '' : target.slice(mark + 1),
    body: typeof init.body === 'string' ? init.body : '',
    headers: lowerCase(init.headers),
    ip,
  };
}

function lowerCase(headers: Init['headers']): Record<string, string> {
  if (headers === undefined) return {};
  const pairs = headers instanceof Headers || Array.isArray(headers) ? [...headers] : Object.entries(headers);
  return Object.fromEntries(pairs.map(([name, value]) => [name.toLowerCase(), String(value)]));
}
