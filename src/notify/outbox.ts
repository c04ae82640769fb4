import { describeFailure } from '../domain/failure.js';
import { failed, type Channel, type Delivery } from './channel.js';
import type { Notice } from './notice.js';
import { ATTEMPT_MS } from './open-channels.js';

/** Calls back once after so many ms, unless it is cancelled. */
export type StartTimer = (ms: number, work: () => void) => { cancel(): void };

export interface OutboxParts {
  readonly channel: Channel;
  readonly startTimer: StartTimer;
  /** Uniform on [0, 1). */
  readonly random: () => number;
  /** Told in words what went wrong for good; for the log. */
  readonly onTrouble: (words: string) => void;
}

/** More than a bot says in a day; beyond it the oldest is dropped. */
export const MOST_WAITING = 100;
export const MOST_ATTEMPTS = 5;
/** Waits after the first, second … failure: 2 s, 8 s, 32 s, a minute. */
const FIRST_WAIT_MS = 2000;
const WAIT_FACTOR = 4;
const LONGEST_WAIT_MS = 60_000;
/** Whatever a receiver asks for: it may not silence the bot for ever. */
const LONGEST_REST_MS = 24 * 3_600_000;
/** Share of a wait by which it may be longer: bots that were cut off together do not come back together. */
const JITTER = 0.25;

/**
 * Messages on their way to one receiver, one after the other, in the background. Putting one in takes no time and never fails, however the
 * receiver behaves: the queue has an end, every attempt has a deadline, and there are few of them. What was lost is told with the next message that arrives.
 */
export class Outbox {
  private readonly waiting: Notice[] = [];
  private lost = 0;
  private running: Promise<void> | null = null;
  private closing = false;
  private endWait: (() => void) | null = null;
  private attempt: AbortController | null = null;

  constructor(private readonly parts: OutboxParts) {}

  /** Messages that are neither sent nor given up. */
  get pending(): number {
    return this.waiting.length + (this.running === null ? 0 : 1);
  }

  push(notice: Notice): void {
    if (this.closing) return;
    this.waiting.push(notice);
    if (this.waiting.length > MOST_WAITING) {
      this.waiting.shift();
      if (this.lost === 0) this.trouble(`${MOST_WAITING} messages wait already: the oldest are dropped`);
      this.lost++;
    }
    this.start();
  }

  /** Resolves when nothing is on its way any more. */
  async idle(): Promise<void> {
    await this.running;
  }

  /** No message is taken any more, and none that waits for another attempt is tried again. What can be sent at once still is. */
  async drain(): Promise<void> {
    this.closing = true;
    this.endWait?.();
    await this.idle();
  }

  /** Ends what is under way. */
  stop(): void {
    this.closing = true;
    this.waiting.length = 0;
    this.endWait?.();
    this.attempt?.abort();
  }

  private start(): void {
    this.running ??= this.run().finally(() => {
      this.running = null;
      if (this.waiting.length > 0) this.start();
    });
  }

  private async run(): Promise<void> {
    for (let notice = this.waiting.shift(); notice !== undefined; notice = this.waiting.shift()) {
      const told = this.lost;
      if (await this.send(told === 0 ? notice : withLost(notice, told))) this.lost -= told;
      else this.lost++;
    }
  }

  /** @returns whether it arrived */
  private async send(notice: Notice): Promise<boolean> {
    for (let attempt = 1; ; attempt++) {
      const delivery = await this.try(notice);
      if (delivery.kind === 'delivered') return true;
      const { why, retry, retryAfterMs } = delivery;
      const again = retry && attempt < MOST_ATTEMPTS && !this.closing;
      if (!again) this.trouble(`A message (${notice.kind}) was not delivered: ${why}${attempt === 1 ? '' : `, ${attempt} attempts`}`);
      const rest = Math.min(retryAfterMs, LONGEST_REST_MS);
      // Whoever asked to be left alone is, also by the next message.
      if (again) await this.wait(Math.max(rest, backOff(attempt)) * (1 + JITTER * this.parts.random()));
      else if (rest > 0) await this.wait(rest);
      if (!again || this.closing) return false;
    }
  }

  private async try(notice: Notice): Promise<Delivery> {
    const attempt = new AbortController();
    this.attempt = attempt;
    const timer = this.parts.startTimer(ATTEMPT_MS, () => attempt.abort());
    // A channel that does not listen to the signal is left behind.
    const late = new Promise<Delivery>((resolve) => attempt.signal.addEventListener('abort', () => resolve(failed('no answer in time', { retry: true })), { once: true }));
    try {
      return await Promise.race([this.parts.channel.deliver(notice, attempt.signal).catch(brokenChannel), late]);
    } finally {
      timer.cancel();
      this.attempt = null;
    }
  }

  private async wait(ms: number): Promise<void> {
    if (this.closing) return;
    await new Promise<void>((resolve) => {
      const timer = this.parts.startTimer(ms, resolve);
      this.endWait = () => {
        timer.cancel();
        resolve();
      };
    });
    this.endWait = null;
  }

  private trouble(words: string): void {
    this.parts.onTrouble(`${this.parts.channel.name}: ${words}`);
  }
}

function backOff(attempt: number): number {
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * WAIT_FACTOR ** (attempt - 1));
}

/** A fault of our own in a channel must not reach the bot either. */
function brokenChannel(error: unknown): Delivery {
  return failed(describeFailure(error).text.split('\n', 1)[0], { retry: false });
}

function withLost(notice: Notice, lost: number): Notice {
  return { ...notice, facts: [...notice.facts, { label: 'lost', value: `${lost === 1 ? '1 earlier message' : `${lost} earlier messages`} did not arrive here` }] };
}
