import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How a receiver behaves towards one request. */
export type Behaviour =
  | { readonly kind: 'answer'; readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }
  /** Takes the request and says nothing. */
  | { readonly kind: 'hang' }
  /** Begins to answer and never stops. */
  | { readonly kind: 'endless'; readonly status: number }
  /** Begins to answer and says no more. */
  | { readonly kind: 'stall'; readonly status: number }
  | { readonly kind: 'reset' };

export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const OK: Behaviour = { kind: 'answer', status: 200, body: 'ok' };
const PIECE = Buffer.alloc(65_536, 'x');

/** A receiver on this machine that behaves as told; once the script is over, well. */
export class HttpReceiver {
  readonly received: Received[] = [];
  /** Bytes that endless answers got rid of. */
  sent = 0;
  private readonly server: Server;
  private readonly waiting: { readonly count: number; readonly there: () => void }[] = [];

  private constructor(private readonly script: Behaviour[]) {
    this.server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        this.received.push({ method: request.method ?? '', path: request.url ?? '', headers: request.headers, body: Buffer.concat(parts).toString('utf8') });
        this.behave(this.script.shift() ?? OK, response);
        for (const { count, there } of this.waiting) if (this.received.length >= count) there();
      });
    });
  }

  static async open(...script: Behaviour[]): Promise<HttpReceiver> {
    const receiver = new HttpReceiver(script);
    await new Promise<void>((resolve) => receiver.server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Resolves when so many requests have come in. */
  async got(count: number): Promise<void> {
    if (this.received.length < count) await new Promise<void>((there) => this.waiting.push({ count, there }));
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.server.closeAllConnections();
    await closed;
  }

  private behave(behaviour: Behaviour, response: ServerResponse): void {
    if (behaviour.kind === 'hang') return;
    if (behaviour.kind === 'reset') {
      response.socket?.resetAndDestroy();
      return;
    }
    response.writeHead(behaviour.status, behaviour.kind === 'answer' ? behaviour.headers : {});
    if (behaviour.kind === 'answer') response.end(behaviour.body);
    else if (behaviour.kind === 'stall') response.write('a');
    else this.pour(response);
  }

  private pour(response: ServerResponse): void {
    while (!response.destroyed) {
      this.sent += PIECE.length;
      if (!response.write(PIECE)) {
        response.once('drain', () => this.pour(response));
        return;
      }
    }
  }
}
