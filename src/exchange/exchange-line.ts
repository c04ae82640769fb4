import { Mutex } from 'async-mutex';
import type { Exchange } from 'ccxt';

import { classOf, DEADLINE, type WireCall } from './wire-call.js';
import { WireTap, type OpenCall, type Permit } from './wire-tap.js';

export interface Deadline {
  /** Resolves when the time is over. */
  readonly over: Promise<void>;
  cancel(): void;
}

export type StartDeadline = (ms: number) => Deadline;

export interface LineOptions {
  /** The only origins that requests may go to. */
  readonly origins: ReadonlySet<string>;
  /** ms that one call may take, its body included. */
  readonly timeoutMs: number;
  /** Another way to wait for a deadline; for virtual time. */
  readonly startDeadline?: StartDeadline;
  /** Another steady clock, ms; for virtual time. */
  readonly monotonic?: () => number;
}

const MINUTE_MS = 60_000;
/** Binance's, per minute and address. */
const USUAL_WEIGHT_LIMIT = 6000;
/** The last of it is left to orders, which weigh next to nothing: reads wait for the next minute. */
const READ_SHARE = 0.98;
/** Waits for exchanges that want to be left alone and do not say for how long. */
const UNSAID_LIMIT_MS = MINUTE_MS;
const UNSAID_BAN_MS = 2 * MINUTE_MS;

const BANNED = 418;
const LIMITED = 429;

/**
 * The one way to the exchange: a call at a time, each with a deadline over everything, none while the exchange wants to be left
 * alone. It never throws: what happened stands in the `WireCall`.
 */
export class ExchangeLine {
  readonly #exchange: Exchange;
  readonly #tap: WireTap;
  readonly #turn = new Mutex();
  readonly #monotonic: () => number;
  /** Exchange time when it was last asked for, and the steady clock then; null before the first answer. */
  #synced: { readonly serverMs: number; readonly steadyMs: number } | null = null;
  /** Told to an earlier process; exchange time. */
  #waitUntilMs = 0;
  /** Told to this one; by the steady clock, for the other may be set in the middle of a wait. */
  #waitUntilSteadyMs = -Infinity;
  #weight: { readonly used: number; readonly minute: number } | null = null;
  weightLimit = USUAL_WEIGHT_LIMIT;

  constructor(
    exchange: Exchange,
    private readonly options: LineOptions,
  ) {
    this.#exchange = exchange;
    this.#monotonic = options.monotonic ?? (() => performance.now());
    this.#tap = new WireTap(exchange, options.origins);
  }

  /** Exchange time as far as it is known: the last answer to the question for it, and what has passed since; local time before the first. */
  now(): number {
    return this.#synced === null ? this.#exchange.milliseconds() : this.#synced.serverMs + this.#monotonic() - this.#synced.steadyMs;
  }

  /** Sets the clock that requests are stamped by. The exchange's own moment of answering: a stamp must never be ahead of it. */
  setClock(serverMs: number): void {
    this.#synced = { serverMs, steadyMs: this.#monotonic() };
    this.#exchange.options['timeDifference'] = this.#exchange.milliseconds() - serverMs;
  }

  waitMs(): number {
    return Math.max(0, this.#waitUntilMs - this.now(), this.#waitUntilSteadyMs - this.#monotonic());
  }

  waitUntil(untilMs: number): void {
    this.#waitUntilMs = Math.max(this.#waitUntilMs, untilMs);
  }

  weightUsed(): number | null {
    if (this.#weight === null) return null;
    return this.#weight.minute === minuteOf(this.now()) ? this.#weight.used / this.weightLimit : 0;
  }

  /** ms for which reads have to wait so that orders still find room; 0 when they need not. */
  readPauseMs(): number {
    return (this.weightUsed() ?? 0) > READ_SHARE ? MINUTE_MS - (this.now() % MINUTE_MS) : 0;
  }

  call(send: () => Promise<unknown>, permit: Permit = { requests: 1 }): Promise<WireCall> {
    return this.#turn.runExclusive(async () => {
      const waitMs = this.waitMs();
      if (waitMs > 0) return unsent(`the exchange wants to be left alone for ${Math.ceil(waitMs / 1000)} s`);
      const call = this.#tap.open(permit);
      const library = await this.within(call, send);
      call.close();
      const result = call.result(library, this.now());
      this.heed({ ...result, status: call.headStatus }, call.header('x-mbx-used-weight-1m'));
      return result;
    });
  }

  private async within(call: OpenCall, send: () => Promise<unknown>): Promise<Pick<WireCall, 'value' | 'thrown'>> {
    const deadline = (this.options.startDeadline ?? realDeadline)(this.options.timeoutMs);
    const work = settled(send);
    try {
      return await Promise.race([
        work,
        deadline.over.then(() => {
          call.giveUp(DEADLINE);
          return { value: undefined, thrown: DEADLINE };
        }),
      ]);
    } finally {
      deadline.cancel();
    }
  }

  /** What the exchange says about how much it wants to hear from us. */
  private heed(call: WireCall, weight: string | null): void {
    const now = this.now();
    const isLimited = call.status === LIMITED || call.status === BANNED;
    if (isLimited) this.#waitUntilSteadyMs = Math.max(this.#waitUntilSteadyMs, this.#monotonic() + limitWaitMs(call));
    if (weight !== null && /^\d{1,9}$/.test(weight)) this.#weight = { used: Number(weight), minute: minuteOf(now) };
  }
}

/** ms to stay away after a reply that says so. */
export function limitWaitMs({ status, retryAfterMs }: WireCall): number {
  if (retryAfterMs > 0) return retryAfterMs;
  return status === BANNED ? UNSAID_BAN_MS : UNSAID_LIMIT_MS;
}

/** The library's answer or the class of its error; what it says too late is nobody's any more. */
async function settled(send: () => Promise<unknown>): Promise<Pick<WireCall, 'value' | 'thrown'>> {
  try {
    return { value: await send(), thrown: null };
  } catch (error) {
    return { value: undefined, thrown: classOf(error) };
  }
}

function unsent(why: string): WireCall {
  return { entered: false, status: null, body: '', retryAfterMs: 0, failure: why, value: undefined, thrown: null };
}

function realDeadline(ms: number): Deadline {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  return { over, cancel: () => clearTimeout(timer) };
}

function minuteOf(ms: number): number {
  return Math.floor(ms / MINUTE_MS);
}
