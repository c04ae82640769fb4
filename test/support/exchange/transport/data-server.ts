import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RawReply, RawRequest, RequestHandler } from '../base/wire.js';
import { readBody } from './read-body.js';

const DRIP_EVERY_MS = 50;
/** Bytes already written need a moment to reach the peer before a reset would discard them. */
const BEFORE_RESET_MS = 20;

/** Serves the API over HTTP and does to each reply what its `wire` says, in real time. */
export class DataServer {
  private server: Server;
  private port = 0;
  private isClosed = false;
  private readonly timers = new Set<NodeJS.Timeout>();

  constructor(
    private readonly handler: RequestHandler,
    private readonly host: string,
  ) {
    this.server = this.newServer();
  }

  /** @returns the port, which a later refusal of connections keeps */
  listen(port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, this.host, () => {
        this.port = (this.server.address() as AddressInfo).port;
        resolve(this.port);
      });
    });
  }

  close(): Promise<void> {
    this.isClosed = true;
    for (const timer of this.timers) clearTimeout(timer);
    return new Promise((resolve) => {
      if (!this.server.listening) resolve();
      else this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }

  private newServer(): Server {
    return createServer((request, response) => {
      readBody(request)
        .then((body) => this.answer(toRaw(request, body), response))
        .catch((error: unknown) => fail(response, error));
    });
  }

  private answer(raw: RawRequest, response: ServerResponse): void {
    const reply = this.handler.handle(raw);
    const { delayMs, deferred, refuseMs } = reply.wire;
    if (refuseMs !== undefined) this.refuse(refuseMs, response);
    else if (delayMs === undefined) this.send(reply, response);
    else this.later(delayMs, () => this.send(deferred === true ? this.handler.resume(raw) : reply, response));
  }

  private send({ status, headers, body, wire }: RawReply, response: ServerResponse): void {
    const { socket } = response;
    if (socket === null || socket.destroyed) return;
    if (wire.resetAtByte === 0) return void socket.resetAndDestroy();
    if (wire.close === 'before') return void socket.end();
    const bytes = Buffer.from(body, 'utf8');
    response.writeHead(status, { ...headers, 'content-length': bytes.length });
    const endAt = wire.resetAtByte ?? wire.cutAtByte ?? wire.stallAtByte;
    if (endAt !== undefined) {
      response.flushHeaders();
      response.write(bytes.subarray(0, endAt));
      if (wire.resetAtByte !== undefined) this.timer(BEFORE_RESET_MS, () => socket.resetAndDestroy());
      else if (wire.cutAtByte !== undefined) this.timer(BEFORE_RESET_MS, () => socket.end());
      else if (wire.stallMs !== undefined) this.later(wire.stallMs, () => response.end(bytes.subarray(endAt)));
    } else if (wire.dripBytesPerSec !== undefined) {
      response.flushHeaders();
      this.drip(bytes, wire.dripBytesPerSec * this.handler.timeScale, response);
    } else {
      response.end(bytes);
    }
  }

  private drip(bytes: Buffer, bytesPerSec: number, response: ServerResponse): void {
    const count = Math.max(1, Math.round((bytesPerSec * DRIP_EVERY_MS) / 1000));
    if (response.destroyed) return;
    if (bytes.length <= count) return void response.end(bytes);
    response.write(bytes.subarray(0, count));
    this.timer(DRIP_EVERY_MS, () => this.drip(bytes.subarray(count), bytesPerSec, response));
  }

  /** Resets this connection and takes no new ones for a while. */
  private refuse(ms: number, response: ServerResponse): void {
    response.socket?.resetAndDestroy();
    this.server.close();
    this.server.closeAllConnections();
    this.later(ms, () => {
      if (this.isClosed) return;
      this.server = this.newServer();
      this.server.listen(this.port, this.host);
    });
  }

  /** Runs after so many virtual ms. */
  private later(virtualMs: number, run: () => void): void {
    this.timer(virtualMs / this.handler.timeScale, run);
  }

  private timer(ms: number, run: () => void): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      run();
    }, ms);
    this.timers.add(timer);
  }
}

/** A mistake in the test's own set-up, such as a path that leads nowhere; told to the client for want of a better place. */
function fail(response: ServerResponse, error: unknown): void {
  if (response.headersSent || response.destroyed) return void response.destroy();
  response.writeHead(599, { 'content-type': 'text/plain' });
  response.end(String(error));
}

function toRaw(request: IncomingMessage, body: string): RawRequest {
  const url = request.url ?? '/';
  const mark = url.indexOf('?');
  const headers = Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]);
  return {
    method: request.method ?? 'GET',
    path: mark < 0 ? url : url.slice(0, mark),
    query: mark < 0 ? '' : url.slice(mark + 1),
    body,
    headers: Object.fromEntries(headers) as Record<string, string>,
    ip: request.socket.remoteAddress ?? '',
  };
}
