import fc from 'fast-check';

import { parseParamsText, scalar } from './params-text.js';

const problemOf = (text: string): string => {
  const parsed = parseParamsText(text);
  return parsed.ok ? `accepted ${JSON.stringify(parsed.params)}` : parsed.problem;
};

/** Names and texts that mean themselves in the pairs form. */
const name = fc.stringMatching(/^[a-z][a-z0-9_]{0,20}$/).filter((text) => text !== 'constructor' && text !== 'prototype');
const word = fc.stringMatching(/^[a-z][a-z:/. -]{0,10}[a-z]$/).filter((text) => text !== 'true' && text !== 'false');
const value = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), word);

describe('parseParamsText', () => {
  it.each([
    { text: 'fast_window=20,slow_window=60', params: { fast_window: 20, slow_window: 60 } },
    { text: '{"fast_window":20,"slow_window":60}', params: { fast_window: 20, slow_window: 60 } },
    { text: '  fast_window = 20 , slow_window = 60  ', params: { fast_window: 20, slow_window: 60 } },
    { text: ' {"a":null,"b":"x","c":true,"d":-1.5e3} ', params: { a: null, b: 'x', c: true, d: -1500 } },
    { text: 'a=-1.5,b=.5,c=+2,d=1e-3,e=2.', params: { a: -1.5, b: 0.5, c: 2, d: 0.001, e: 2 } },
    { text: 'a=true,b=false,c=TRUE', params: { a: true, b: false, c: 'TRUE' } },
    { text: 'a=0x10,b=1_000,c=NaN,d=1.2.3', params: { a: '0x10', b: '1_000', c: 'NaN', d: '1.2.3' } },
    { text: 'a=b=c', params: { a: 'b=c' } },
    { text: '', params: {} },
    { text: '   ', params: {} },
    { text: '{}', params: {} },
  ])('reads $text', ({ text, params }) => {
    expect(parseParamsText(text)).toEqual({ ok: true, params });
  });

  it.each([
    { text: 'fast_window', problem: 'must be pairs such as fast_window=20,slow_window=60, but one is "fast_window"' },
    { text: 'a=1,', problem: 'must be pairs such as fast_window=20,slow_window=60, but one is ""' },
    { text: 'a=1,,b=2', problem: 'must be pairs such as fast_window=20,slow_window=60, but one is ""' },
    { text: '=1', problem: 'must be pairs such as fast_window=20,slow_window=60, but one is "=1"' },
    { text: ' =1', problem: 'must be pairs such as fast_window=20,slow_window=60, but one is "=1"' },
    { text: 'a=', problem: 'must be pairs such as fast_window=20,slow_window=60, but one is "a="' },
    { text: 'a= ,b=1', problem: 'must be pairs such as fast_window=20,slow_window=60, but one is "a= "' },
    { text: 'a 1', problem: 'must be pairs such as fast_window=20,slow_window=60, but one is "a 1"' },
    { text: 'a=1,a=2', problem: 'names a twice' },
    { text: '[1,2]', problem: 'must be an object such as {"fast_window":20}, was [1,2]' },
    { text: '[]', problem: 'must be an object such as {"fast_window":20}, was []' },
    { text: '{"a":[1]}', problem: 'must hold plain values, but a is [1]' },
    { text: '{"a":{"b":1}}', problem: 'must hold plain values, but a is {"b":1}' },
  ])('refuses $text', ({ text, problem }) => {
    expect(problemOf(text)).toBe(problem);
  });

  it.each(['{"a":', '{a:1}', "{'a':1}", '{"a":1}}', '{"a":1} x', '{"a":NaN}', '[', '{"a":1,}'])('refuses %s as broken JSON', (text) => {
    expect(problemOf(text)).toMatch(/^is not valid JSON: ./);
  });

  it.each(['__proto__', 'constructor', 'prototype'])('refuses the name %s in both forms', (forbidden) => {
    expect(problemOf(`${forbidden}=1`)).toBe(`must not name "${forbidden}"`);
    expect(problemOf(`{"a":1,"${forbidden}":{"polluted":1}}`)).toBe(`must not name "${forbidden}"`);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('refuses a text beyond any need, by its size', () => {
    expect(problemOf(`a=${'1'.repeat(65_534)}`)).not.toContain('characters');
    expect(problemOf(`a=${'1'.repeat(65_535)}`)).toBe('must be at most 65536 characters long, was 65537');
  });

  it('gives back what was written as pairs', () => {
    fc.assert(
      fc.property(fc.dictionary(name, value), (params) => {
        const text = Object.entries(params).map(([key, held]) => `${key}=${String(held)}`).join(',');
        expect(parseParamsText(text)).toEqual({ ok: true, params: withoutNegativeZero(params) });
      }),
    );
  });

  it('gives back what was written as JSON', () => {
    fc.assert(
      fc.property(fc.dictionary(name, fc.oneof(value, fc.string(), fc.constant(null))), (params) => {
        expect(parseParamsText(JSON.stringify(params))).toEqual({ ok: true, params: withoutNegativeZero(params) });
      }),
    );
  });

  it('answers any text at all, and never touches the prototype', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), fc.string({ unit: fc.constantFrom('a', '=', ',', '{', '"', '_', '1', '.') })), (text) => {
        expect(typeof parseParamsText(text).ok).toBe('boolean');
      }),
    );
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});

describe('scalar', () => {
  it('is a number exactly where the text spells one in decimals', () => {
    fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => scalar(String(number)) === number));
    expect(['', ' ', '1 ', '1,5', '--1', 'e5', '.', 'Infinity', '１'].map(scalar)).toEqual(['', ' ', '1 ', '1,5', '--1', 'e5', '.', 'Infinity', '１']);
  });
});

/** Neither text has a spelling for -0 that survives. */
function withoutNegativeZero(params: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(params).map(([key, held]) => [key, held === 0 ? 0 : held]));
}
