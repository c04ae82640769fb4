import type { Exchange } from 'ccxt';

import { readBounded } from './bounded-fetch.js';
import { failureOf, retryAfterMs, type WireCall } from './wire-call.js';

/** A request as it is about to leave. */
export interface OutgoingRequest {
  readonly url: string;
  readonly method: string;
  readonly body: string;
}

/** What a call may send. */
export interface Permit {
  /** How many requests; one for everything that changes something, so that nobody sends it twice. */
  readonly requests: number;
  /** Why a request must not leave, or null. Its text is shown, so it holds nothing of the request. */
  readonly objection?: (request: OutgoingRequest) => string | null;
}

/** Longest reply that is read: a list of all markets takes some 15 MB, everything else far less. */
const MOST_BYTES = 48 * 2 ** 20;

type Answer = Pick<Response, 'status' | 'statusText' | 'headers'> & { text(): Promise<string> };

/**
 * Stands in the exchange library's way to the network. It notes what really went out and came back, and lets nothing pass that does
 * not belong to the call of the moment: no second request of the same call, none after its end, none to another host.
 */
export class WireTap {
  #open: OpenCall | null = null;
  readonly #fetch: typeof fetch;

  /** @param origins the only ones that requests may go to */
  constructor(
    exchange: Exchange,
    private readonly origins: ReadonlySet<string>,
  ) {
    this.#fetch = (exchange.fetchImplementation ?? fetch) as typeof fetch;
    exchange.fetchImplementation = (url: string, init: RequestInit) => this.pass(url, init);
  }

  /** Begins a call; the one before it is over, whatever still comes of it. */
  open(permit: Permit): OpenCall {
    this.#open?.close();
    this.#open = new OpenCall(permit);
    return this.#open;
  }

  private async pass(url: string, init: RequestInit): Promise<Answer> {
    const call = this.#open;
    if (call === null || call.isClosed) throw new TypeError('no call is open');
    const objection = this.objectionTo(call.permit, url, init) ?? call.objection();
    if (objection !== null) {
      call.object(objection);
      throw new TypeError('request withheld');
    }
    call.enter();
    try {
      const response = await this.#fetch(url, { ...init, redirect: 'error', signal: call.signal });
      const { status, statusText, headers } = response;
      call.head(status, headers);
      const body = (await readBounded(response, MOST_BYTES)).toString('utf8');
      call.reply(status, headers, body);
      return { status, statusText, headers, text: async () => body };
    } catch (error) {
      call.fail(failureOf(error));
      throw error;
    }
  }

  private objectionTo({ objection }: Permit, url: string, init: RequestInit): string | null {
    if (!this.origins.has(originOf(url))) return 'it was about to go to another host than the exchange';
    return objection?.({ url, method: init.method ?? 'GET', body: typeof init.body === 'string' ? init.body : '' }) ?? null;
  }
}

/** One call while it lasts; what comes in after its end is not its own any more. */
export class OpenCall {
  isClosed = false;
  private requests = 0;
  private status: number | null = null;
  private body = '';
  private failure: string | null = null;
  private headers: Headers | null = null;
  /** HTTP status as the first line of the reply told it, whatever became of the rest; null where none came. */
  headStatus: number | null = null;
  private isWaiting = false;
  private readonly controller = new AbortController();

  constructor(readonly permit: Permit) {}

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  objection(): string | null {
    return this.requests < this.permit.requests ? null : 'it had been sent already';
  }

  /** A request of this call that must not leave. One that has left before it stays what it is. */
  object(why: string): void {
    if (!this.isClosed && this.requests === 0) this.failure = why;
  }

  enter(): void {
    this.requests++;
    this.status = null;
    this.headStatus = null;
    this.headers = null;
    this.body = '';
    this.failure = 'no reply';
    this.isWaiting = true;
  }

  /** The reply has begun. What it asks for counts, also where its body never comes. */
  head(status: number, headers: Headers): void {
    if (this.isClosed) return;
    this.headStatus = status;
    this.headers = headers;
  }

  reply(status: number, headers: Headers, body: string): void {
    this.isWaiting = false;
    if (this.isClosed) return;
    this.status = status;
    this.headers = headers;
    this.body = body;
    this.failure = null;
  }

  /** A request has ended without a whole reply. */
  fail(why: string): void {
    this.isWaiting = false;
    if (!this.isClosed) this.failure = why;
  }

  /** Time is over, whatever the request is still doing. */
  giveUp(why: string): void {
    if (!this.isClosed) this.failure = why;
  }

  /** Ends the call, and its connection where a reply is still awaited. */
  close(): void {
    this.isClosed = true;
    if (this.isWaiting) this.controller.abort();
  }

  header(name: string): string | null {
    return this.headers?.get(name) ?? null;
  }

  result(library: Pick<WireCall, 'value' | 'thrown'>, nowMs: number): WireCall {
    const { status, body, failure } = this;
    return { entered: this.requests > 0, status, body, failure, retryAfterMs: retryAfterMs(this.header('retry-after'), nowMs), ...library };
  }
}

function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : '';
}
