import { signalsWhen } from './signals-when.js';

/** Conditions written as text, a character per row: `e` enter, `l` leave, `b` both, `?` unknown, anything else neither. */
function signalsOf(rows: string): number[] {
  const given = [Float64Array.from(rows, (row) => (row === '?' ? NaN : 1))];
  const conditions = { given, enter: (row: number) => 'eb'.includes(rows[row]), leave: (row: number) => 'lb'.includes(rows[row]) };
  return [...signalsWhen(conditions, rows.length)];
}

describe('signalsWhen', () => {
  it.each([
    { rows: '.ee.', signals: [0, 1, 0, 0], why: 'says once that a condition holds' },
    { rows: '.e.e', signals: [0, 1, 0, 1], why: 'and again when it holds again' },
    { rows: '.ell', signals: [0, 1, -1, 0], why: 'leaves where it should' },
    { rows: 'e.e', signals: [0, 0, 1], why: 'says nothing on the first row: it may have been true before' },
    { rows: '?ee', signals: [0, 0, 0], why: 'nor on the first row that is known' },
    { rows: '.e?e', signals: [0, 1, 0, 0], why: 'what is undefined is forgotten' },
    { rows: '.b', signals: [0, -1], why: 'where both become true, leaving wins' },
    { rows: '.lb', signals: [0, -1, 1], why: 'what has been true for longer does not become true' },
    { rows: '', signals: [], why: 'no rows' },
  ])('$why', ({ rows, signals }) => {
    expect(signalsOf(rows)).toEqual(signals);
  });
});
