import { ExchangeUnavailable, Interrupted } from '../domain/errors.js';

/** How a download waits and tries again; injected, so that tests neither sleep nor draw lots. */
export interface Pace {
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** In [0, 1). */
  random(): number;
  now(): number;
  /** Most tries after the first; left out: four. */
  readonly retries?: number;
  /** false: never waits for the exchange's weight to recover; left out: true. */
  readonly patient?: boolean;
}

export const REAL_PACE: Pace = {
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted === true) return resolve();
      const done = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      signal?.addEventListener('abort', done);
    }),
  random: Math.random,
  now: Date.now,
};

/** For whoever has no time: a read that fails is given up at once, and the next tick asks again. */
export const NO_WAIT: Pace = { ...REAL_PACE, retries: 0, patient: false };

const RETRIES = 4;
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 30_000;
/** An exchange that wants to be left alone for longer has banned us; waiting in silence would look like hanging. */
export const LONGEST_PATIENCE_MS = 5 * 60_000;

/**
 * Runs a read again when it failed in a way that may pass: up to four times, twice as long apart each time, with half of each
 * wait drawn by lot, and never before the exchange says so. For reads only.
 *
 * @throws whatever the last try threw; Interrupted before any try that the signal no longer wants
 */
export async function retryRead<T>(read: () => Promise<T>, pace: Pace, signal?: AbortSignal, onWait?: (ms: number, error: Error) => void): Promise<T> {
  const isUnwanted = (): boolean => signal?.aborted === true;
  for (let attempt = 0; ; attempt++) {
    if (isUnwanted()) throw new Interrupted('Interrupted; what was fetched so far is kept, and the same command goes on from there');
    try {
      return await read();
    } catch (error) {
      if (isUnwanted()) continue;
      if (!(error instanceof ExchangeUnavailable) || attempt >= (pace.retries ?? RETRIES)) throw error;
      const backoff = Math.min(FIRST_WAIT_MS * 2 ** attempt, LONGEST_WAIT_MS) * (0.5 + pace.random() / 2);
      const wait = Math.max(backoff, error.retryAfterMs);
      if (wait > LONGEST_PATIENCE_MS) throw error;
      onWait?.(wait, error);
      await pace.sleep(wait, signal);
    }
  }
}
