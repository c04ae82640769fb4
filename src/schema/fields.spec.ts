import { Document, Limits } from '../../test/support/declared.js';
import { fieldsOf, isPlainObject, TextField } from './fields.js';
import { parseDeclared } from './parse.js';

describe('fieldsOf', () => {
  it('lists the declared fields in order', () => {
    expect([...fieldsOf(Document).keys()]).toEqual(['symbol', 'fastWindow', 'slowWindow', 'side', 'dryRun', 'note', 'params', 'limits']);
  });

  it('says enough of a field for its help and its search space', () => {
    const fields = fieldsOf(Document);
    expect(fields.get('fastWindow')).toMatchObject({ kind: 'integer', doc: 'Fast window.', min: 1, max: 100, lessThan: 'slowWindow', expected: 'a whole number from 1 to 100' });
    expect(fields.get('side')).toMatchObject({ kind: 'choice', choices: ['long', 'short'], expected: 'one of long, short' });
    expect(fields.get('limits')).toMatchObject({ kind: 'section', section: Limits });
    expect(fieldsOf(Limits).get('maxPositionUsd')).toMatchObject({ kind: 'number', above: true, expected: 'a number above 0, at most 1000' });
  });

  it('has the fields of a parent class first, and leaves the parent alone', () => {
    class Named extends Limits {
      @TextField({ doc: 'Name.' })
      name = 'a';
    }
    expect([...fieldsOf(Named).keys()]).toEqual(['maxPositionUsd', 'maxLoss', 'name']);
    expect([...fieldsOf(Limits).keys()]).toEqual(['maxPositionUsd', 'maxLoss']);
  });

  it('finds none in a class that declares none', () => {
    class Bare {}
    expect(fieldsOf(Bare).size).toBe(0);
  });
});

describe('a text field', () => {
  class Even {
    @TextField({ doc: 'Pairs of letters.', accepts: (text) => text.length % 2 === 0, expected: 'an even number of letters' })
    letters = 'ab';
  }

  it.each([
    { letters: 'abcd', ok: true },
    { letters: 'abc', ok: false },
    { letters: ['a', 'b'], ok: false },
  ])('may have a check of its own: $letters', ({ letters, ok }) => {
    const problems = [{ path: 'letters', message: `must be an even number of letters, was ${JSON.stringify(letters)}` }];
    expect(parseDeclared(Even, { letters })).toEqual(ok ? { ok, value: Object.assign(new Even(), { letters }) } : { ok, problems });
  });
});

describe('isPlainObject', () => {
  it.each([
    { value: {}, plain: true },
    { value: Object.create(null) as object, plain: true },
    { value: [], plain: false },
    { value: null, plain: false },
    { value: 'text', plain: false },
  ])('$value: $plain', ({ value, plain }) => {
    expect(isPlainObject(value)).toBe(plain);
  });
});
