import fc from 'fast-check';

import { isForbiddenName, toCamel, toSnake } from './names.js';

describe('names', () => {
  it.each([
    { camel: 'symbol', snake: 'symbol' },
    { camel: 'fastWindow', snake: 'fast_window' },
    { camel: 'maxPositionSizeUsd', snake: 'max_position_size_usd' },
    { camel: 'ema200', snake: 'ema200' },
  ])('$camel is $snake to the user', ({ camel, snake }) => {
    expect([toSnake(camel), toCamel(snake)]).toEqual([snake, camel]);
  });

  it('come back from the user’s spelling as they were', () => {
    fc.assert(fc.property(fc.stringMatching(/^[a-z][a-zA-Z0-9]{0,20}$/), (name) => toCamel(toSnake(name)) === name));
  });

  it('never clash: two names of fields are two names to the user', () => {
    const name = fc.stringMatching(/^[a-z][a-zA-Z]{0,4}$/);
    fc.assert(fc.property(name, name, (a, b) => (toSnake(a) === toSnake(b)) === (a === b)));
  });

  it.each(['__proto__', 'constructor', 'prototype'])('may not be %s', (name) => {
    expect(isForbiddenName(name)).toBe(true);
  });

  it.each(['proto', 'construct', '_proto_', ''])('may be "%s" as far as prototypes are concerned', (name) => {
    expect(isForbiddenName(name)).toBe(false);
  });
});
