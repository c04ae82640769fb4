import fc from 'fast-check';

import { compare, ZERO } from '../domain/decimal.js';
import { DAY_MS } from '../domain/timeframe.js';
import { advanceMarks, dailyLoss, drawdown, rebased, resultOf, type Marks } from './marks.js';

const DAY = Date.UTC(2024, 0, 2);
const at = (nowMs: number, result: string, realised = result, realisedToday = '0'): Parameters<typeof advanceMarks>[1] => ({ nowMs, result, realised, realisedToday });

describe('the result', () => {
  it('is what was realised, and what selling everything now would add', () => {
    // 2 coins for 200, now at 90 each: -20; 1 coin for 10, now at 15: +5
    expect(resultOf('7', [{ quantity: '2', cost: '200', price: '90' }, { quantity: '1', cost: '10', price: '15' }])).toBe('-8');
  });
});

describe('marks', () => {
  it('begin a day where the result stood when the day before was last looked at, so that a loss overnight is in it', () => {
    const evening = advanceMarks(null, at(DAY - 1, '10'));
    const morning = advanceMarks(evening, at(DAY + 5, '-3'));
    expect([morning.dayStart, dailyLoss(morning)]).toEqual(['10', '13']);
  });

  it('of a bot that was never looked at begin the day where its sales before it had left the result', () => {
    // 30 realised in all, -20 of it today, and 5 more are lost on paper.
    const first = advanceMarks(null, at(DAY + 5, '25', '30', '-20'));
    expect([first.dayStart, dailyLoss(first)]).toEqual(['50', '25']);
  });

  it('do not begin a day again when the clock is set back', () => {
    const today = advanceMarks(advanceMarks(null, at(DAY - 1, '0')), at(DAY + 1, '-40'));
    const back = advanceMarks(today, at(DAY - 2, '-45'));
    expect(dailyLoss(advanceMarks(back, at(DAY + 2, '-45')))).toBe('45');
  });

  it('count losses from where they stand once somebody has looked', () => {
    const marks = rebased(advanceMarks(advanceMarks(null, at(DAY, '100')), at(DAY + 1, '20')));
    expect([dailyLoss(marks), drawdown(marks), marks.peak]).toEqual(['0', '0', '20']);
  });

  it('keep the highest result ever seen, whatever comes after: no drawdown is below 0', () => {
    const result = fc.integer({ min: -1000, max: 1000 }).map(String);
    fc.assert(
      fc.property(fc.array(fc.tuple(result, fc.integer({ min: 0, max: 5 })), { minLength: 1 }), (looks) => {
        let marks: Marks | null = null;
        let highest = 0;
        for (const [seen, day] of looks) {
          marks = advanceMarks(marks, at(DAY + day * DAY_MS, seen));
          highest = Math.max(highest, Number(seen));
          expect(marks.peak).toBe(String(highest));
          expect(compare(drawdown(marks), ZERO)).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });
});
