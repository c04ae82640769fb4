import { writeSync } from 'node:fs';
import { workerData } from 'node:worker_threads';

/** What the main thread hands over. */
export interface WatchdogData {
  /** One counter, which the main thread raises as long as its loop turns. */
  readonly signs: Int32Array;
  readonly limitSeconds: number;
}

const STDERR = 2;

const { signs, limitSeconds } = workerData as WatchdogData;
const pause = new Int32Array(new SharedArrayBuffer(4));

// Counted in own turns, not by a clock: a machine that slept has slept here, too.
for (let last = Atomics.load(signs, 0), silent = 0; ; ) {
  Atomics.wait(pause, 0, 0, 1000);
  const now = Atomics.load(signs, 0);
  silent = now === last ? silent + 1 : 0;
  last = now;
  if (silent >= limitSeconds) {
    writeSync(STDERR, `WATCHDOG: the event loop has not turned for ${limitSeconds} s; the process is ended, and the next start settles what it left\n`);
    // Nothing that waits for the loop could end it any more.
    process.kill(process.pid, 'SIGKILL');
  }
}
