import { Quarantine } from './quarantine.js';

const SENT = 1_700_000_000_000;
const over = SENT + 45_000;

/** Looks whenever it is time, and always in vain. @returns the times, from `SENT` */
function looksUntilOver(quarantine: Quarantine): number[] {
  const times: number[] = [];
  while (!quarantine.isOver) {
    times.push(quarantine.nextLookAt() - SENT);
    quarantine.miss(quarantine.nextLookAt());
  }
  return times;
}

describe('a quarantine', () => {
  it('ends 40 s after the exchange stops taking the request', () => {
    expect(new Quarantine(SENT, 5000).endsAt).toBe(over);
  });

  it('asks after 1, 2, 4, 8 and 15 s more, and three times 5 s apart when the time is over', () => {
    expect(looksUntilOver(new Quarantine(SENT, 5000))).toEqual([1000, 3000, 7000, 15_000, 30_000, 45_000, 50_000, 55_000]);
  });

  it('counts no miss before the time is over', () => {
    const quarantine = new Quarantine(SENT, 5000);
    for (let at = SENT; at < over; at += 5000) quarantine.miss(at);
    quarantine.miss(over);
    quarantine.miss(over + 5000);
    expect(quarantine.isOver).toBe(false);
    quarantine.miss(over + 10_000);
    expect(quarantine.isOver).toBe(true);
  });

  it('counts misses that are 5 s apart, and not those in between', () => {
    const quarantine = new Quarantine(SENT, 5000);
    for (const ms of [0, 1000, 4999, 5000, 9999]) quarantine.miss(over + ms);
    expect(quarantine.isOver).toBe(false);
    quarantine.miss(over + 10_000);
    expect(quarantine.isOver).toBe(true);
  });

  it('begins to count anew when an answer fails to come', () => {
    const quarantine = new Quarantine(SENT, 5000);
    quarantine.miss(over);
    quarantine.miss(over + 5000);
    quarantine.silence(over + 10_000);
    quarantine.miss(over + 15_000);
    quarantine.miss(over + 20_000);
    expect(quarantine.isOver).toBe(false);
    quarantine.miss(over + 25_000);
    expect(quarantine.isOver).toBe(true);
  });

  it('is overdue after 15 minutes with answers enough, never for silence alone', () => {
    const missed = looked((quarantine, at) => quarantine.miss(at));
    expect(missed.isOverdue(SENT + 899_999)).toBe(false);
    expect(missed.isOverdue(SENT + 900_000)).toBe(true);
    expect(looked((quarantine, at) => quarantine.silence(at)).isOverdue(SENT + 900_000)).toBe(false);
    const lied = looked((quarantine, at) => quarantine.falsehood(at));
    expect([lied.isOver, lied.isOverdue(SENT + 900_000)]).toEqual([false, true]);
  });
});

function looked(how: (quarantine: Quarantine, at: number) => void): Quarantine {
  const quarantine = new Quarantine(SENT, 5000);
  for (let at = over; at <= over + 10_000; at += 5000) how(quarantine, at);
  return quarantine;
}
