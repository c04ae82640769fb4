import { HandTimers } from '../../test/support/notify/hand-timers.js';
import { aNotice } from '../../test/support/notify/notices.js';
import { Channel, failed, type Delivery } from './channel.js';
import type { Notice } from './notice.js';
import { ATTEMPT_MS } from './open-channels.js';
import { MOST_ATTEMPTS, MOST_WAITING, Outbox } from './outbox.js';

const isWait = (ms: number): boolean => ms !== ATTEMPT_MS;
const isDeadline = (ms: number): boolean => ms === ATTEMPT_MS;
const DELIVERED: Delivery = { kind: 'delivered' };
const down = failed('down', { retry: true });

/** A channel that does what the script says, and after it what the last line of it says. */
class ScriptedChannel extends Channel {
  readonly name = 'webhook';
  readonly sent: Notice[] = [];
  readonly signals: AbortSignal[] = [];

  constructor(private readonly script: readonly (Delivery | 'hang' | 'throw')[]) {
    super();
  }

  async deliver(notice: Notice, signal: AbortSignal): Promise<Delivery> {
    const next = this.script[Math.min(this.sent.length, this.script.length - 1)];
    this.sent.push(notice);
    this.signals.push(signal);
    if (next === 'hang') return new Promise(() => undefined);
    if (next === 'throw') throw new Error('a fault of our own');
    return Promise.resolve(next);
  }
}

function bench(...script: (Delivery | 'hang' | 'throw')[]): { outbox: Outbox; channel: ScriptedChannel; timers: HandTimers; troubles: string[] } {
  const channel = new ScriptedChannel(script);
  const timers = new HandTimers();
  const troubles: string[] = [];
  const outbox = new Outbox({ channel, startTimer: timers.start, random: () => 0, onTrouble: (words) => troubles.push(words) });
  return { outbox, channel, timers, troubles };
}

const lostOf = ({ facts }: Notice): string | undefined => facts.find(({ label }) => label === 'lost')?.value;

describe('Outbox', () => {
  it('sends in order, and leaves no timer behind', async () => {
    const { outbox, channel, timers, troubles } = bench(DELIVERED);
    const notices = ['a', 'b', 'c'].map((title) => aNotice({ title }));
    notices.forEach((notice) => outbox.push(notice));
    await outbox.idle();
    expect(channel.sent).toEqual(notices);
    expect([outbox.pending, timers.pending, troubles]).toEqual([0, [], []]);
  });

  it('tries again a few times, waiting longer each time, then gives up and says so', async () => {
    const { outbox, channel, timers, troubles } = bench(down);
    outbox.push(aNotice());
    const waits: number[] = [];
    for (let i = 1; i < MOST_ATTEMPTS; i++) {
      waits.push(await timers.until(isWait));
      timers.runOut(isWait);
    }
    await outbox.idle();
    expect(waits).toEqual([2000, 8000, 32_000, 60_000]);
    expect(channel.sent).toHaveLength(MOST_ATTEMPTS);
    expect(troubles).toEqual(['webhook: A message (trade) was not delivered: down, 5 attempts']);
  });

  it('does not try again what will not be taken', async () => {
    const { outbox, channel, troubles } = bench(failed('answered 404', { retry: false }));
    outbox.push(aNotice());
    await outbox.idle();
    expect([channel.sent.length, troubles]).toEqual([1, ['webhook: A message (trade) was not delivered: answered 404']]);
  });

  it('leaves a receiver alone for as long as it asks, also with the next message', async () => {
    const { outbox, channel, timers } = bench(failed('answered 429', { retry: true, retryAfterMs: 100_000 }), failed('answered 400', { retry: false, retryAfterMs: 7000 }), DELIVERED);
    outbox.push(aNotice({ title: 'a' }));
    outbox.push(aNotice({ title: 'b' }));
    expect(await timers.until(isWait)).toBe(100_000);
    timers.runOut(isWait);
    expect(await timers.until(isWait)).toBe(7000);
    expect(channel.sent.map(({ title }) => title)).toEqual(['a', 'a']);
    timers.runOut(isWait);
    await outbox.idle();
    expect(channel.sent.map(({ title }) => title)).toEqual(['a', 'a', 'b']);
  });

  it('is not silenced for more than a day', async () => {
    const { outbox, timers } = bench(failed('answered 429', { retry: true, retryAfterMs: 1e12 }), DELIVERED);
    outbox.push(aNotice());
    expect(await timers.until(isWait)).toBe(24 * 3_600_000);
    outbox.stop();
    await outbox.idle();
  });

  it('gives up an attempt at its deadline, although the channel never ends', async () => {
    const { outbox, channel, timers } = bench('hang', DELIVERED);
    outbox.push(aNotice());
    await timers.until(isDeadline);
    timers.runOut(isDeadline);
    await timers.until(isWait);
    expect(channel.signals.map(({ aborted }) => aborted)).toEqual([true]);
    timers.runOut(isWait);
    await outbox.idle();
    expect(channel.sent).toHaveLength(2);
  });

  it('keeps no more than its limit, drops the oldest, and tells with the next that arrives how many were lost', async () => {
    const { outbox, channel, timers, troubles } = bench('hang', DELIVERED);
    for (let i = 0; i < MOST_WAITING + 11; i++) outbox.push(aNotice({ title: String(i) }));
    expect(outbox.pending).toBe(MOST_WAITING + 1);
    timers.runOut(isDeadline);
    await timers.until(isWait);
    timers.runOut(isWait);
    await outbox.idle();
    // 0 was on its way; of the 110 behind it the first ten fell out.
    expect(channel.sent.map(({ title }) => title)).toEqual(['0', '0', ...Array.from({ length: MOST_WAITING }, (_, i) => String(i + 11))]);
    expect(channel.sent.slice(1, 4).map(lostOf)).toEqual([undefined, '10 earlier messages did not arrive here', undefined]);
    expect(troubles).toEqual([`webhook: ${MOST_WAITING} messages wait already: the oldest are dropped`]);
  });

  it('counts what it gave up as lost, too', async () => {
    const { outbox, channel } = bench(failed('no', { retry: false }), DELIVERED);
    outbox.push(aNotice({ title: 'a' }));
    outbox.push(aNotice({ title: 'b' }));
    await outbox.idle();
    expect(channel.sent.map(lostOf)).toEqual([undefined, '1 earlier message did not arrive here']);
  });

  it('survives a channel that throws', async () => {
    const { outbox, channel, troubles } = bench('throw', DELIVERED);
    outbox.push(aNotice());
    outbox.push(aNotice());
    await outbox.idle();
    expect([channel.sent.length, troubles]).toEqual([2, ['webhook: A message (trade) was not delivered: Error: a fault of our own']]);
  });

  it('at the end sends what can be sent at once, and tries nothing again', async () => {
    const { outbox, channel, timers } = bench(down, DELIVERED);
    outbox.push(aNotice({ title: 'a' }));
    await timers.until(isWait);
    outbox.push(aNotice({ title: 'b' }));
    await outbox.drain();
    outbox.push(aNotice({ title: 'too late' }));
    expect(channel.sent.map(({ title }) => title)).toEqual(['a', 'b']);
    expect(timers.pending).toEqual([]);
  });

  it('ends at once when it is stopped', async () => {
    const { outbox, channel, timers } = bench('hang');
    outbox.push(aNotice());
    outbox.push(aNotice());
    await timers.until(isDeadline);
    outbox.stop();
    await outbox.idle();
    expect([channel.sent.length, channel.signals[0].aborted, timers.pending, outbox.pending]).toEqual([1, true, [], 0]);
  });
});
