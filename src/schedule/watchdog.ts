import { Worker } from 'node:worker_threads';

import type { WatchdogData } from './watchdog-thread.js';

/** Seconds for which the event loop may stand still before the process is ended: no strategy computes, and no disk flushes, for so long. */
export const WATCHDOG_SECONDS = 30;

const SIGN_MS = 1000;

/**
 * Ends the process when its event loop no longer turns, from a thread that does not need it. A hung process holds the ledger's lock and
 * does nothing with it; a dead one is started again, and settles what was left.
 */
export class Watchdog {
  private readonly signs = new Int32Array(new SharedArrayBuffer(4));
  private readonly timer: NodeJS.Timeout;
  private readonly worker: Worker;

  constructor(limitSeconds = WATCHDOG_SECONDS) {
    const workerData: WatchdogData = { signs: this.signs, limitSeconds };
    this.worker = new Worker(new URL('./watchdog-thread.js', import.meta.url), { workerData, execArgv: [] });
    this.worker.unref();
    this.timer = setInterval(() => Atomics.add(this.signs, 0, 1), SIGN_MS);
    this.timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.worker.terminate();
  }
}
