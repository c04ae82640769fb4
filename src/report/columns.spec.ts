import fc from 'fast-check';

import { columnsOf, flow, oneLine, padLeft, shorten, wrap } from './columns.js';
import { paintWith } from './paint.js';

const anyText = fc.string({ unit: 'binary', maxLength: 200 }).map(oneLine);
const anyWidth = fc.integer({ min: 4, max: 100 });

describe('columnsOf', () => {
  it.each([
    ['abc', 3],
    ['— → × √ ⣿', 9],
    ['币安人生', 8],
    ['e\u0301', 1],
    ['🚀', 2],
    ['❤\ufe0f', 2],
    [paintWith(true).heading('abc'), 3],
  ])('%s takes %p columns', (text, columns) => {
    expect(columnsOf(text)).toBe(columns);
  });
});

describe('oneLine', () => {
  it('takes the sting out of line breaks, escape codes and reversed writing', () => {
    expect(oneLine('a\r\nb\u001b[31mc\u202ed')).toBe('a b [31mc d');
  });
});

describe('shorten', () => {
  it('marks what was cut', () => {
    expect([shorten('sma_cross', 9), shorten('sma_cross', 6)]).toEqual(['sma_cross', 'sma_c…']);
  });

  it('never exceeds the width', () => {
    fc.assert(fc.property(anyText, anyWidth, (text, width) => expect(columnsOf(shorten(text, width))).toBeLessThanOrEqual(width)));
  });
});

describe('wrap', () => {
  it('indents what follows by the width of the bullet', () => {
    expect(wrap('one two three', 9, '! ')).toEqual(['! one two', '  three']);
  });

  it('keeps together what belongs together', () => {
    expect(wrap('fell by 12.4 % daily × √365', 14)).toEqual(['fell by 12.4 %', 'daily × √365']);
    expect(wrap('from 2024-01-01 12:30 on', 16)).toEqual(['from', '2024-01-01 12:30', 'on']);
  });

  it('never exceeds the width and loses nothing but spaces', () => {
    fc.assert(
      fc.property(anyText, anyWidth, (text, width) => {
        const lines = wrap(text, width);
        expect(Math.max(0, ...lines.map(columnsOf))).toBeLessThanOrEqual(width);
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
      }),
    );
  });
});

describe('flow', () => {
  it('breaks only between items and drops the separator there', () => {
    expect(flow(['aa', 'bb', 'cc'], ' · ', 8)).toEqual(['aa · bb', 'cc']);
    expect(flow([], ' ', 8)).toEqual([]);
  });
});

describe('padLeft', () => {
  it('fills up to the width that is seen', () => {
    expect(padLeft('人', 4)).toBe('  人');
  });
});
