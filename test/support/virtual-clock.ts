import type { Clock } from '../../src/domain/clock.js';
import { DEFAULT_NOW_MS } from './exchange/config/config.js';
import type { FakeBinance } from './exchange/fake-binance.js';

/** Time that passes only when somebody waits for it. With an exchange it is the exchange's time, and waiting moves that. */
export class VirtualClock implements Clock {
  private readonly startMs: number;
  /** What this machine's clock is off by. */
  private jumpedMs = 0;
  private waitedMs = 0;

  constructor(
    private readonly exchange: FakeBinance | null = null,
    startMs = exchange?.now ?? DEFAULT_NOW_MS,
  ) {
    this.startMs = startMs;
  }

  now(): number {
    return (this.exchange?.now ?? this.startMs + this.waitedMs) + this.jumpedMs;
  }

  monotonic(): number {
    return (this.exchange?.now ?? this.startMs + this.waitedMs) - this.startMs;
  }

  async sleep(ms: number): Promise<void> {
    if (this.exchange === null) this.waitedMs += ms;
    else this.exchange.advance(Math.ceil(ms));
  }

  /** Somebody sets the machine's clock: `now` jumps, nothing else does. */
  jump(ms: number): void {
    this.jumpedMs += ms;
  }
}
