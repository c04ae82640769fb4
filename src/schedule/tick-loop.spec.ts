import type { TickReport } from '../bot/tick-report.js';
import { LONGEST_TIMER_MS, TickLoop, type TickLoopParts } from './tick-loop.js';

/** Ticks that end when a test says so, and timers that a test lets run out. */
class Bench {
  now = 1000;
  readonly reports: TickReport[] = [];
  readonly faults: unknown[] = [];
  readonly timers: { ms: number; work: () => void; cancelled: boolean }[] = [];
  begun = 0;
  atOnce = 0;
  most = 0;
  private end: ((result: Partial<TickReport> | Error) => void)[] = [];

  readonly loop = new TickLoop({
    runOnce: async () => {
      this.begun++;
      this.most = Math.max(this.most, ++this.atOnce);
      const result = await new Promise<Partial<TickReport> | Error>((resolve) => this.end.push(resolve));
      this.atOnce--;
      if (result instanceof Error) throw result;
      return { lookAgainMs: null, ...result } as TickReport;
    },
    onReport: (report) => this.reports.push(report),
    onFault: (error) => this.faults.push(error),
    clock: { now: () => this.now, monotonic: () => this.now },
    startTimer: (ms, work) => {
      const timer = { ms, work, cancelled: false };
      this.timers.push(timer);
      return { cancel: () => void (timer.cancelled = true) };
    },
    random: () => 0.5,
  } satisfies TickLoopParts);

  finish(result: Partial<TickReport> | Error = {}): void {
    this.end.shift()?.(result);
  }
}

/** Lets everything that is ready to go on do so. */
const settled = async (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

describe('TickLoop', () => {
  it('F50 runs one tick at a time, and makes up for all the ones missed meanwhile by one', async () => {
    const bench = new Bench();
    const first = bench.loop.wake();
    for (let i = 0; i < 5; i++) void bench.loop.wake();
    await settled();
    expect(bench.begun).toBe(1);
    bench.finish();
    await settled();
    expect(bench.begun).toBe(2);
    bench.finish();
    await first;
    expect([bench.begun, bench.most, bench.reports.length]).toEqual([2, 1, 2]);
  });

  it('looks again after a tick that left something open, a little later than it asked, once', async () => {
    const bench = new Bench();
    const done = bench.loop.wake();
    bench.finish({ lookAgainMs: 60_000 });
    await done;
    expect(bench.timers.map(({ ms }) => ms)).toEqual([66_000]);
    bench.timers[0].work();
    await settled();
    expect(bench.begun).toBe(2);
    bench.finish();
    await settled();
    expect(bench.timers).toHaveLength(1);
  });

  it('drops the second look when the next candle closes first', async () => {
    const bench = new Bench();
    const done = bench.loop.wake();
    bench.finish({ lookAgainMs: 60_000 });
    await done;
    void bench.loop.wake();
    await settled();
    expect(bench.timers[0].cancelled).toBe(true);
    bench.finish();
  });

  it('F54 never asks for a timer that the engine would let run out at once', async () => {
    const bench = new Bench();
    const done = bench.loop.wake();
    bench.finish({ lookAgainMs: 30 * 86_400_000 });
    await done;
    expect(bench.timers[0].ms).toBe(LONGEST_TIMER_MS);
  });

  it('F72 stops when the running tick is over, and begins no other', async () => {
    const bench = new Bench();
    void bench.loop.wake();
    void bench.loop.wake();
    await settled();
    let over = false;
    const stopped = bench.loop.stop().then(() => (over = true));
    await settled();
    expect(over).toBe(false);
    bench.finish({ lookAgainMs: 1000 });
    await stopped;
    await bench.loop.wake();
    expect([bench.begun, bench.timers.length, bench.reports.length]).toEqual([1, 0, 1]);
  });

  it('knows how long the running tick has been running', async () => {
    const bench = new Bench();
    const done = bench.loop.wake();
    bench.now += 500;
    expect(bench.loop.runningForMs).toBe(500);
    bench.finish();
    await done;
    expect(bench.loop.runningForMs).toBe(0);
  });

  it('F73 ends at the first thing that nobody expected', async () => {
    const bench = new Bench();
    const done = bench.loop.wake();
    void bench.loop.wake();
    bench.finish(new Error('a bug'));
    await done;
    await bench.loop.wake();
    expect([bench.faults, bench.begun, bench.loop.runningForMs]).toEqual([[new Error('a bug')], 1, 0]);
  });
});
