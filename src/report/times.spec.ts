import { duration, fullTime, timeWithin } from './times.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOON = Date.UTC(2024, 0, 1, 12, 30);

describe('times', () => {
  it.each([
    [152 * DAY, '152 days'],
    [1826 * DAY, '1,826 days'],
    [DAY, '1 day'],
    [4.5 * DAY, '4.5 days'],
    [141.6 * DAY, '142 days'],
    [3 * HOUR, '3 hours'],
    [HOUR, '1 hour'],
    [HOUR / 3, '20 minutes'],
    [60_000, '1 minute'],
    [0, '0 days'],
    [NaN, '—'],
    [Infinity, '—'],
  ])('%p ms last %s', (ms, text) => {
    expect(duration(ms)).toBe(text);
  });

  it.each([
    [100 * DAY, NOON, '2024-01-01'],
    [2 * DAY, NOON, '01-01 12:30'],
    [2 * DAY, null, '—'],
    [2 * DAY, 9e15, '—'],
    [NaN, NaN, '—'],
  ])('within %p ms, %p is %s', (span, ms, text) => {
    expect(timeWithin(span, ms)).toBe(text);
  });

  it('are written in full with the minute only where it says something', () => {
    expect([fullTime(Date.UTC(2024, 0, 1)), fullTime(NOON), fullTime(null)]).toEqual(['2024-01-01', '2024-01-01 12:30', '—']);
  });
});
