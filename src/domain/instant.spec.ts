import fc from 'fast-check';

import { isoTime, parseInstant, shortTime } from './instant.js';

describe('parseInstant', () => {
  it.each([
    { text: '2024-01-01', iso: '2024-01-01T00:00:00.000Z', why: 'a date is its midnight in UTC' },
    { text: '  2024-01-01 ', iso: '2024-01-01T00:00:00.000Z', why: 'spaces around do not matter' },
    { text: '2024-01-01T12:30', iso: '2024-01-01T12:30:00.000Z', why: 'a time without an offset is UTC' },
    { text: '2024-01-01 12:30:15', iso: '2024-01-01T12:30:15.000Z', why: 'a space may stand for the T' },
    { text: '2024-01-01T12:30:15Z', iso: '2024-01-01T12:30:15.000Z', why: 'Z is UTC' },
    { text: '2024-01-01T12:30:15.5Z', iso: '2024-01-01T12:30:15.500Z', why: 'a fraction is a fraction, not a count of milliseconds' },
    { text: '2024-01-01T12:30:15.075', iso: '2024-01-01T12:30:15.075Z', why: 'down to milliseconds' },
    { text: '2024-01-01T00:30+02:00', iso: '2023-12-31T22:30:00.000Z', why: 'east is earlier' },
    { text: '2024-01-01T00:30-0530', iso: '2024-01-01T06:00:00.000Z', why: 'west is later; the colon may be left out' },
    { text: '2024-02-29', iso: '2024-02-29T00:00:00.000Z', why: 'a leap day' },
    { text: '2000-02-29', iso: '2000-02-29T00:00:00.000Z', why: 'every fourth century has one' },
    { text: '1969-12-31T23:59:59Z', iso: '1969-12-31T23:59:59.000Z', why: 'time did not begin in 1970' },
  ])('$text: $why', ({ text, iso }) => {
    expect(isoTime(parseInstant(text) as number)).toBe(iso);
  });

  it.each([
    { text: '2024-02-30', why: '30 February' },
    { text: '2023-02-29', why: 'no leap year' },
    { text: '1900-02-29', why: 'no leap year either' },
    { text: '2024-04-31', why: 'April has 30 days' },
    { text: '2024-13-01', why: 'no such month' },
    { text: '2024-00-10', why: 'no such month' },
    { text: '2024-01-00', why: 'no such day' },
    { text: '2024-01-01T24:00', why: 'the day ends before 24:00' },
    { text: '2024-01-01T12:60', why: 'no such minute' },
    { text: '2024-01-01T12:30:60', why: 'leap seconds are not told' },
    { text: '2024-01-01T12:30+15:00', why: 'no zone is that far' },
    { text: '2024-01-01T12:30+02:60', why: 'no such offset' },
    { text: '2024-01-01T12', why: 'an hour alone is no time' },
    { text: '2024-01-01T', why: 'cut off' },
    { text: '2024-1-1', why: 'digits are missing' },
    { text: '01.01.2024', why: 'another form' },
    { text: '2024-01-01T12:30:15.1234Z', why: 'finer than a millisecond' },
    { text: '2024-01-01Z', why: 'a zone needs a time' },
    { text: '1704067200000', why: 'a number is no date' },
    { text: 'yesterday', why: 'a word' },
    { text: '', why: 'nothing' },
    { text: '2024-01-01\n2024-01-02', why: 'two of them' },
  ])('refuses "$text": $why', ({ text }) => {
    expect(parseInstant(text)).toBeNull();
  });

  it('reads back what isoTime writes, to the millisecond', () => {
    fc.assert(fc.property(fc.integer({ min: Date.UTC(100, 0, 1), max: Date.UTC(9999, 11, 31) }), (ms) => parseInstant(isoTime(ms)) === ms));
  });

  it('takes every day and time there is, and none that is not', () => {
    const two = (n: number): string => String(n).padStart(2, '0');
    const parts = fc.tuple(
      fc.integer({ min: 1890, max: 2110 }),
      fc.integer({ min: 0, max: 13 }),
      fc.oneof(fc.integer({ min: 0, max: 32 }), fc.integer({ min: 28, max: 31 })),
      fc.oneof({ weight: 5, arbitrary: fc.nat(23) }, fc.constant(24)),
      fc.oneof({ weight: 5, arbitrary: fc.nat(59) }, fc.constant(60)),
    );
    fc.assert(
      fc.property(parts, ([year, month, day, hour, minute]) => {
        const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
        const days = [0, 31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 0][month];
        const exists = day >= 1 && day <= days && hour < 24 && minute < 60;
        const text = `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}`;
        expect(parseInstant(text)).toBe(exists ? Date.parse(`${text}Z`) : null);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('shortTime', () => {
  it.each([
    { ms: Date.UTC(2024, 0, 1), text: '2024-01-01' },
    { ms: Date.UTC(2024, 0, 1, 12, 30, 59), text: '2024-01-01 12:30' },
  ])('writes $text', ({ ms, text }) => {
    expect(shortTime(ms)).toBe(text);
  });
});
