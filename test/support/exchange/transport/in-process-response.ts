import { STATUS_CODES } from 'node:http';
import type { RawReply, RequestHandler } from '../base/wire.js';
import { abortError, bodyCut, bodyTimeout } from './transport-errors.js';

export interface BodyRules {
  /** Longest the client waits for the rest of a body, virtual ms. */
  bodyTimeoutMs: number;
  /** `reject`: a body that stalls longer fails at once, time having moved. `hang`: it never ends, so the client's own deadline shows. */
  onStall: 'reject' | 'hang';
}

/** The part of a `Response` that HTTP clients use, for a body that may break off, drip or stall. */
export class InProcessResponse {
  readonly status: number;
  readonly statusText: string;
  readonly headers: Headers;
  bodyUsed = false;

  constructor(
    private readonly reply: RawReply,
    private readonly exchange: RequestHandler,
    private readonly rules: BodyRules,
    private readonly signal: AbortSignal | undefined,
  ) {
    this.status = reply.status;
    this.statusText = STATUS_CODES[reply.status] ?? '';
    this.headers = new Headers(reply.headers);
  }

  get ok(): boolean {
    return this.status >= 200 && this.status < 300;
  }

  async text(): Promise<string> {
    this.bodyUsed = true;
    const { wire, body } = this.reply;
    if (wire.resetAtByte !== undefined) throw bodyCut(true);
    if (wire.cutAtByte !== undefined) throw bodyCut(false);
    if (wire.stallAtByte !== undefined) await this.wait(wire.stallMs ?? Infinity);
    if (wire.dripBytesPerSec !== undefined) await this.wait((Buffer.byteLength(body) / wire.dripBytesPerSec) * 1000);
    return body;
  }

  async json(): Promise<unknown> {
    return JSON.parse(await this.text()) as unknown;
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    return new TextEncoder().encode(await this.text()).buffer;
  }

  private async wait(ms: number): Promise<void> {
    const isTooLong = ms > this.rules.bodyTimeoutMs;
    if (isTooLong && this.rules.onStall === 'hang') await this.never();
    this.exchange.advance(Math.ceil(Math.min(ms, this.rules.bodyTimeoutMs)));
    if (isTooLong) throw bodyTimeout();
  }

  private never(): Promise<never> {
    return new Promise((_, reject) => {
      this.signal?.addEventListener('abort', () => reject(abortError()), { once: true });
    });
  }
}
