import { TickDeadline, TickTime } from './tick-time.js';

/** A steady clock that counts parts of milliseconds, as the machine's own does. */
class FineClock {
  private steady = 1000.37;

  now(): number {
    return 5000;
  }

  monotonic(): number {
    return this.steady;
  }

  async sleep(ms: number): Promise<void> {
    this.steady += ms;
    return Promise.resolve();
  }
}

describe('TickTime', () => {
  it('tells whole milliseconds before and after the exchange told its time: the ledger takes no others', async () => {
    const clock = new FineClock();
    const time = new TickTime(clock, 1000, 5000);
    await clock.sleep(12.6);
    expect(time.serverNow()).toBe(5013);
    time.reconciled({ serverTime: 9000, offsetMs: 3999.5 } as Parameters<TickTime['reconciled']>[0]);
    await clock.sleep(0.9);
    expect(time.serverNow()).toBe(9001);
  });

  it('begins nothing new when its time is over', async () => {
    const clock = new FineClock();
    const time = new TickTime(clock, 1000, 5000);
    time.check('the first thing');
    await clock.sleep(1001);
    expect(() => time.check('the next thing')).toThrow(TickDeadline);
    expect(time.tookMs).toBeCloseTo(1001);
  });
});
