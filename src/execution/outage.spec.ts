import fc from 'fast-check';

import { Outage } from './outage.js';

const drawing = (value: number): Outage => new Outage(() => value);

describe('an outage', () => {
  it('is waited out ever longer, up to a minute', () => {
    const outage = drawing(0.999999);
    const pauses = Array.from({ length: 8 }, () => {
      outage.failed(0);
      return Math.round(outage.pauseMs(0) / 100) / 10;
    });
    expect(pauses).toEqual([2, 4, 8, 16, 32, 60, 60, 60]);
  });

  it('is never waited out twice alike: between half of the pause and all of it', () => {
    const [short, long] = [drawing(0), drawing(0.999999)];
    for (const outage of [short, long]) outage.failed(1000);
    expect([short.pauseMs(1000), Math.round(long.pauseMs(1000))]).toEqual([1000, 2000]);
  });

  it('is told of once, with how long it was when it is over', () => {
    const outage = drawing(0.5);
    expect([outage.failed(100), outage.failed(200), outage.failed(300)]).toEqual([true, false, false]);
    expect(outage.over(5100)).toBe(5000);
    expect(outage.over(5200)).toBeNull();
    expect(outage.pauseMs(5200)).toBe(0);
    expect(outage.failed(6000)).toBe(true);
  });

  it('never asks for more than a minute, however long it lasts', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.double({ min: 0, max: 0.999, noNaN: true }), (failures, value) => {
        const outage = drawing(value);
        for (let i = 0; i < failures; i++) outage.failed(i);
        expect(outage.pauseMs(failures)).toBeGreaterThan(0);
        expect(outage.pauseMs(failures)).toBeLessThanOrEqual(60_000);
      }),
    );
  });
});
