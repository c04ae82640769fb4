import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { isIP, type AddressInfo } from 'node:net';

import { ConfigError } from '../domain/errors.js';
import type { Secret } from '../domain/secret.js';
import type { HealthStatus } from './status-board.js';

export interface HealthServerParts {
  readonly host: string;
  readonly port: number;
  /** A name that callers may use besides addresses and `localhost`; null for none. */
  readonly name: string | null;
  /** What callers of everything but /health must bring along; null: nothing, which is for this machine alone. */
  readonly token: Secret | null;
  readonly health: () => Promise<HealthStatus>;
  readonly metrics: () => Promise<{ readonly contentType: string; readonly text: string }>;
}

/** ms for the headers, for the whole request, and for a socket on which nothing happens. */
const HEADERS_MS = 5000;
const REQUEST_MS = 5000;
const IDLE_MS = 10_000;
const CHECK_EVERY_MS = 1000;
const MOST_HEADER_BYTES = 8192;
const MOST_CONNECTIONS = 20;

const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  // A body that somebody sends along is never read: it ends with the connection.
  connection: 'close',
};
const TEXT = 'text/plain; charset=utf-8';

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * GET /health and GET /metrics, and nothing else. It shows, and never acts: no route changes anything, and what is sent to it is not read.
 */
export class HealthServer {
  private readonly server: Server;
  private readonly tokenHash: Buffer | null;

  constructor(private readonly parts: HealthServerParts) {
    this.tokenHash = parts.token === null ? null : hashOf(parts.token.reveal());
    this.server = createServer(
      { headersTimeout: HEADERS_MS, requestTimeout: REQUEST_MS, connectionsCheckingInterval: CHECK_EVERY_MS, maxHeaderSize: MOST_HEADER_BYTES, insecureHTTPParser: false },
      (request, response) => void this.serve(request, response),
    );
    this.server.maxConnections = MOST_CONNECTIONS;
    this.server.setTimeout(IDLE_MS);
  }

  /** @returns the port that is listened on. @throws ConfigError when it cannot be */
  async listen(): Promise<number> {
    const { host, port } = this.parts;
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', ({ code }: NodeJS.ErrnoException) => reject(new ConfigError([{ path: 'http.port', message: `${port} on ${host} cannot be listened on (${code}): take another, or turn http.enabled off` }], 'Cannot open the HTTP endpoint')));
      this.server.listen({ host, port, exclusive: true }, resolve);
    });
    // Whatever a connection does from now on is its own affair.
    this.server.removeAllListeners('error').on('error', () => undefined);
    return (this.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.server.closeAllConnections();
    await closed;
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let answer: Answer;
    try {
      answer = await this.answer(request);
    } catch {
      // What went wrong is in the log, where it belongs; whoever asks learns that it did.
      answer = { status: 500, text: 'failed\n' };
    }
    const { status, text, contentType = TEXT, headers } = answer;
    response.writeHead(status, { ...HEADERS, ...headers, 'content-type': contentType, 'content-length': Buffer.byteLength(text) });
    response.end(request.method === 'HEAD' ? undefined : text);
  }

  private async answer(request: IncomingMessage): Promise<Answer> {
    const { method, url = '' } = request;
    if (!this.isOurName(request.headersDistinct['host'] ?? [])) return { status: 421, text: 'unknown host: ask by IP address, as localhost, or by the name in http.name\n' };
    // No page of any browser has anything to ask here.
    if (request.headers.origin !== undefined) return { status: 403, text: 'not for pages\n' };
    if (url !== '/health' && !this.isAllowed(request.headers.authorization)) return { status: 401, text: 'a token is needed\n', headers: { 'www-authenticate': 'Bearer' } };
    if (url !== '/health' && url !== '/metrics') return { status: 404, text: 'there are /health and /metrics\n' };
    if (method !== 'GET' && method !== 'HEAD') return { status: 405, text: 'only GET\n', headers: { allow: 'GET, HEAD' } };
    if (url === '/metrics') return { status: 200, ...(await this.parts.metrics()) };
    const status = await this.parts.health();
    return { status: status === 'halted' ? 503 : 200, text: `${JSON.stringify({ status })}\n`, contentType: 'application/json' };
  }

  /** A page that points its own name at this machine would reach us under that name; it cannot choose an address for a name. */
  private isOurName([host, ...others]: readonly string[]): boolean {
    const name = /^(\[[0-9a-fA-F:.]+\]|[^:[\]]+)(?::\d{1,5})?$/.exec(host ?? '')?.[1].toLowerCase();
    if (name === undefined || others.length > 0) return false;
    return name === 'localhost' || isIP(name.replace(/^\[|\]$/g, '')) !== 0 || name === this.parts.name?.toLowerCase();
  }

  private isAllowed(authorization: string | undefined): boolean {
    if (this.tokenHash === null) return true;
    const token = /^bearer ([!-~]{1,1024})$/i.exec(authorization ?? '')?.[1] ?? '';
    // Of equal length, whatever was sent: how long the comparison takes tells nothing.
    return timingSafeEqual(hashOf(token), this.tokenHash);
  }
}

function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
