import { ExchangeRefused, ExchangeUnavailable, Interrupted } from '../domain/errors.js';
import { LONGEST_PATIENCE_MS, REAL_PACE, retryRead, type Pace } from './pace.js';

/** Remembers how long it should have slept. */
function still(random = 0): Pace & { readonly sleeps: number[] } {
  const sleeps: number[] = [];
  return { sleeps, sleep: async (ms) => void sleeps.push(ms), random: () => random, now: () => 0 };
}

/** Fails with these, one after the other, then gives a value. */
function failing(errors: readonly Error[]): { readonly read: () => Promise<string>; readonly tries: () => number } {
  let tries = 0;
  const read = async (): Promise<string> => {
    const error = errors[tries++];
    if (error !== undefined) throw error;
    return 'value';
  };
  return { read, tries: () => tries };
}

const away = (retryAfterMs = 0): ExchangeUnavailable => new ExchangeUnavailable('away', retryAfterMs);
const times = (count: number, retryAfterMs = 0): Error[] => Array.from({ length: count }, () => away(retryAfterMs));

describe('retryRead', () => {
  it.each([
    { random: 0, waits: [125, 250, 500, 1000] },
    { random: 0.999999, waits: [250, 500, 1000, 2000] },
  ])('waits twice as long each time, half of it drawn by lot: $waits', async ({ random, waits }) => {
    const pace = still(random);
    expect(await retryRead(failing(times(4)).read, pace)).toBe('value');
    pace.sleeps.forEach((ms, i) => expect(ms).toBeCloseTo(waits[i], 1));
    expect(pace.sleeps).toHaveLength(4);
  });

  it('gives up after the fifth failure, with the last one', async () => {
    const { read, tries } = failing([...times(4), new ExchangeUnavailable('still away')]);
    await expect(retryRead(read, still())).rejects.toThrow('still away');
    expect(tries()).toBe(5);
  });

  it.each([new ExchangeRefused('no such market'), new TypeError('a mistake of ours'), new Interrupted('stop')])('does not try again after $name', async (error) => {
    const { read, tries } = failing([error]);
    await expect(retryRead(read, still())).rejects.toBe(error);
    expect(tries()).toBe(1);
  });

  it('never waits for less than the exchange asks, and tells of each wait', async () => {
    const pace = still();
    const told: string[] = [];
    await retryRead(failing([away(7000), away(1)]).read, pace, undefined, (ms, error) => told.push(`${ms} ${error.message}`));
    expect([pace.sleeps, told]).toEqual([[7000, 250], ['7000 away', '250 away']]);
  });

  it('has patience for five minutes, and no longer', async () => {
    const pace = still();
    await retryRead(failing([away(LONGEST_PATIENCE_MS)]).read, pace);
    expect(pace.sleeps).toEqual([300_000]);
    const { read, tries } = failing([away(LONGEST_PATIENCE_MS + 1)]);
    await expect(retryRead(read, pace)).rejects.toMatchObject({ retryAfterMs: 300_001 });
    expect([tries(), pace.sleeps.length]).toEqual([1, 1]);
  });

  it('tries nothing once it is unwanted, and says so instead of what failed', async () => {
    const stop = new AbortController();
    const { read, tries } = failing(times(9));
    const first = retryRead(read, { ...still(), sleep: async () => stop.abort() }, stop.signal);
    await expect(first).rejects.toBeInstanceOf(Interrupted);
    await expect(retryRead(read, still(), stop.signal)).rejects.toBeInstanceOf(Interrupted);
    expect(tries()).toBe(1);
  });

  it('gives a value that came although it is unwanted by then', async () => {
    const stop = new AbortController();
    const read = async (): Promise<string> => {
      stop.abort();
      return 'value';
    };
    expect(await retryRead(read, still(), stop.signal)).toBe('value');
  });
});

describe('the real pace', () => {
  it.each(['before', 'during'])('does not sleep on when it is interrupted %s the sleep', async (when) => {
    const stop = new AbortController();
    if (when === 'before') stop.abort();
    const sleeping = REAL_PACE.sleep(3_600_000, stop.signal);
    stop.abort();
    await sleeping;
  });

  it('sleeps, and forgets the signal afterwards', async () => {
    const before = Date.now();
    await REAL_PACE.sleep(20, new AbortController().signal);
    expect(REAL_PACE.now() - before).toBeGreaterThanOrEqual(15);
    expect(REAL_PACE.random()).toBeLessThan(1);
  });
});
