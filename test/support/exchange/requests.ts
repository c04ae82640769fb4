import { sign } from './api/signature.js';
import type { RawReply, RawRequest, RequestHandler } from './base/wire.js';
import { DEFAULT_KEY, DEFAULT_SECRET } from './config/config.js';

export type Params = Record<string, string | number>;

/** Anything requests can be put to. */
export type Asked = Pick<RequestHandler, 'handle'> & { readonly now: number };

/** How a signed request departs from a plain correct one. */
export interface SigningOptions {
  key?: string;
  secret?: string;
  timestamp?: number;
  recvWindow?: number;
  signature?: string;
  ip?: string;
}

const LOCAL = '127.0.0.1';

/** An unsigned GET. */
export function get(exchange: Asked, path: string, params: Params = {}): RawReply {
  return exchange.handle(request('GET', path, encode(params), '', {}, LOCAL));
}

/** The parsed body of an unsigned GET. */
export function getJson(exchange: Asked, path: string, params: Params = {}): unknown {
  return JSON.parse(get(exchange, path, params).body) as unknown;
}

/** A signed request with the default key, at the exchange's time; parameters of a POST go into the body. */
export function signed(exchange: Asked, method: string, path: string, params: Params = {}, options: SigningOptions = {}): RawReply {
  const { key = DEFAULT_KEY, secret = DEFAULT_SECRET, timestamp = exchange.now, recvWindow = 5000 } = options;
  const payload = encode({ ...params, recvWindow, timestamp });
  const sent = `${payload}&signature=${options.signature ?? sign(secret, payload)}`;
  const inBody = method === 'POST';
  const headers = { 'x-mbx-apikey': key };
  return exchange.handle(request(method, path, inBody ? '' : sent, inBody ? sent : '', headers, options.ip ?? LOCAL));
}

export function encode(params: Params): string {
  return Object.entries(params)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
}

export function request(
  method: string,
  path: string,
  query: string,
  body: string,
  headers: Record<string, string>,
  ip: string,
): RawRequest {
  return { method, path, query, body, headers, ip };
}
