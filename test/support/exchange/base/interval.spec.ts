import { closeTimeOf, INTERVALS, nextOpenTime, openTimeOf, type Interval } from './interval.js';

const utc = (text: string): number => Date.parse(`${text}Z`);

describe('intervals', () => {
  it.each<[Interval, string, string, string]>([
    ['1s', '2023-11-14T22:13:20.500', '2023-11-14T22:13:20', '2023-11-14T22:13:21'],
    ['1h', '2023-11-14T22:13:20', '2023-11-14T22:00', '2023-11-14T23:00'],
    ['1d', '2023-11-14T22:13:20', '2023-11-14T00:00', '2023-11-15T00:00'],
    ['1w', '2023-11-14T22:13:20', '2023-11-13T00:00', '2023-11-20T00:00'], // 2023-11-13 was a Monday
    ['1M', '2023-11-14T22:13:20', '2023-11-01T00:00', '2023-12-01T00:00'],
    ['1M', '2024-02-29T12:00', '2024-02-01T00:00', '2024-03-01T00:00'],
  ])('%s candle of %s opens at %s', (interval, time, open, next) => {
    const openMs = openTimeOf(interval, utc(time));
    expect(openMs).toBe(utc(open));
    expect(nextOpenTime(interval, openMs)).toBe(utc(next));
    expect(closeTimeOf(interval, openMs)).toBe(utc(next) - 1);
  });

  it('knows sixteen of them', () => {
    expect(INTERVALS).toEqual(
      '1s 1m 3m 5m 15m 30m 1h 2h 4h 6h 8h 12h 1d 3d 1w 1M'.split(' '),
    );
  });
});
