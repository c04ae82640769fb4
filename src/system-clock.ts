import { setTimeout as wait } from 'node:timers/promises';

import type { Clock } from './domain/clock.js';

/** The machine's own time, for whoever may have it: the service and commands. Everything below is told. */
export class SystemClock implements Clock {
  now(): number {
    return Date.now();
  }

  monotonic(): number {
    // Whole, as every other time: what is reckoned with it goes into the ledger.
    return Math.round(performance.now());
  }

  async sleep(ms: number): Promise<void> {
    await wait(ms);
  }
}
