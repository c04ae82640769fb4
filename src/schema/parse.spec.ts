import fc from 'fast-check';

import { Document, Limits } from '../../test/support/declared.js';
import type { Problem } from '../domain/errors.js';
import { IntegerField } from './fields.js';
import { parseDeclared, show, toDocument } from './parse.js';

/** Problems of a document written as JSON, by path. The symbol is given where the text does not speak of it. */
function problemsOf(json: string): Record<string, string> {
  const raw = JSON.parse(json) as Record<string, unknown>;
  const parsed = parseDeclared(Document, Object.hasOwn(raw, 'symbol') ? raw : { symbol: 'BTC/USDT', ...raw });
  return Object.fromEntries((parsed.ok ? [] : parsed.problems).map(({ path, message }: Problem) => [path, message]));
}

describe('parseDeclared', () => {
  it('fills in what is left out', () => {
    const parsed = parseDeclared(Document, { symbol: 'BTC/USDT', limits: { max_loss: 0.25 } });
    if (!parsed.ok) throw new Error('refused');
    expect(parsed.value).toBeInstanceOf(Document);
    expect(parsed.value.limits).toBeInstanceOf(Limits);
    expect(parsed.value).toMatchObject({ symbol: 'BTC/USDT', fastWindow: 10, side: 'long', dryRun: true, limits: { maxPositionUsd: 100, maxLoss: 0.25 } });
    expect(parsed.value.note).toBeUndefined();
  });

  it('shares no defaults between two results', () => {
    const [one, other] = [0, 1].map(() => parseDeclared(Document, { symbol: 'A/B' }));
    if (!one.ok || !other.ok) throw new Error('refused');
    one.value.limits.maxLoss = 1;
    one.value.params['a'] = 1;
    expect([other.value.limits.maxLoss, other.value.params]).toEqual([0.5, {}]);
  });

  it.each([
    { json: '{"fast_window":"10"}', path: 'fast_window', message: 'must be a whole number from 1 to 100, was "10"' },
    { json: '{"fast_window":1.5}', path: 'fast_window', message: 'must be a whole number from 1 to 100, was 1.5' },
    { json: '{"fast_window":0}', path: 'fast_window', message: 'must be a whole number from 1 to 100, was 0' },
    { json: '{"fast_window":101}', path: 'fast_window', message: 'must be a whole number from 1 to 100, was 101' },
    { json: '{"slow_window":1e400}', path: 'slow_window', message: 'must be a whole number from 2 to 200, was Infinity' },
    { json: '{"fast_window":null}', path: 'fast_window', message: 'must be a whole number from 1 to 100, was null' },
    { json: '{"fast_window":[5]}', path: 'fast_window', message: 'must be a whole number from 1 to 100, was [5]' },
    { json: '{"side":"both"}', path: 'side', message: 'must be one of long, short, was "both"' },
    { json: '{"side":["long"]}', path: 'side', message: 'must be one of long, short, was ["long"]' },
    { json: '{"dry_run":"true"}', path: 'dry_run', message: 'must be true or false, was "true"' },
    { json: '{"dry_run":1}', path: 'dry_run', message: 'must be true or false, was 1' },
    { json: '{"symbol":"btcusdt"}', path: 'symbol', message: 'must be a market like BTC/USDT, was "btcusdt"' },
    { json: '{"symbol":7}', path: 'symbol', message: 'must be a market like BTC/USDT, was 7' },
    { json: '{"note":5}', path: 'note', message: 'must be a text, was 5' },
    { json: '{"params":[]}', path: 'params', message: 'must be an object of names and values, was []' },
    { json: '{"params":null}', path: 'params', message: 'must be an object of names and values, was null' },
    { json: '{"limits":5}', path: 'limits', message: 'must be an object, was 5' },
    { json: '{"limits":[]}', path: 'limits', message: 'must be an object, was []' },
    { json: '{"limits":null}', path: 'limits', message: 'must be an object, was null' },
    { json: '{"limits":{"max_position_usd":0}}', path: 'limits.max_position_usd', message: 'must be a number above 0, at most 1000, was 0' },
    { json: '{"limits":{"max_loss":"0.5"}}', path: 'limits.max_loss', message: 'must be a number from 0 to 1, was "0.5"' },
  ])('refuses $json and says what is allowed', ({ json, path, message }) => {
    expect(problemsOf(json)).toEqual({ [path]: message });
  });

  it.each([NaN, Infinity, -Infinity])('does not take %s for a number', (value) => {
    const parsed = parseDeclared(Document, { symbol: 'A/B', limits: { max_loss: value } });
    expect(parsed).toEqual({ ok: false, problems: [{ path: 'limits.max_loss', message: `must be a number from 0 to 1, was ${value}` }] });
  });

  it('asks for what has no default', () => {
    expect(parseDeclared(Document, {})).toEqual({ ok: false, problems: [{ path: 'symbol', message: 'is required: a market like BTC/USDT' }] });
  });

  it('takes null for an optional field as left out', () => {
    expect(parseDeclared(Document, { symbol: 'A/B', note: null })).toEqual(parseDeclared(Document, { symbol: 'A/B' }));
  });

  it.each([null, 5, 'text', [], undefined])('refuses %j as a document', (raw) => {
    expect(parseDeclared(Document, raw, 'settings')).toEqual({ ok: false, problems: [{ path: 'settings', message: `must be an object, was ${show(raw)}` }] });
  });

  it('lists every problem at once, with paths below the root', () => {
    const parsed = parseDeclared(Document, { fast_window: 0, sidee: 'long', limits: { max_loss: 7, typo: 1 } }, 'bot');
    const paths = parsed.ok ? [] : parsed.problems.map(({ path }) => path);
    expect(paths.sort()).toEqual(['bot.fast_window', 'bot.limits.max_loss', 'bot.limits.typo', 'bot.sidee', 'bot.symbol']);
  });

  it('says one thing about a field, however many rules it breaks', () => {
    expect(Object.keys(problemsOf('{"fast_window":"many","slow_window":-3}'))).toEqual(['fast_window', 'slow_window']);
  });
});

describe('unknown names', () => {
  it.each([
    { json: '{"fast_windw":5}', path: 'fast_windw', says: 'Did you mean "fast_window"?' },
    { json: '{"fastWindow":5}', path: 'fastWindow', says: 'Did you mean "fast_window"?' },
    { json: '{"limits":{"maxloss":1}}', path: 'limits.maxloss', says: 'Did you mean "max_loss"?' },
    { json: '{"limits":{"banana":1}}', path: 'limits.banana', says: 'Known here: max_position_usd, max_loss' },
    { json: '{"__proto__":{"symbol":"A/B"}}', path: '__proto__', says: 'unknown' },
    { json: '{"constructor":{"prototype":{"x":1}}}', path: 'constructor', says: 'unknown' },
    { json: '{"prototype":1}', path: 'prototype', says: 'unknown' },
    { json: '{"toString":1}', path: 'toString', says: 'unknown' },
    { json: '{"hasOwnProperty":1}', path: 'hasOwnProperty', says: 'unknown' },
    { json: '{"limits":{"__proto__":{"maxLoss":9}}}', path: 'limits.__proto__', says: 'unknown' },
  ])('are refused: $json', ({ json, path, says }) => {
    // `__proto__` is a key of its own after JSON.parse; a spread would lose it.
    const raw = JSON.parse(json.replace('{', '{"symbol":"A/B",')) as unknown;
    const parsed = parseDeclared(Document, raw);
    expect(parsed).toEqual({ ok: false, problems: [{ path, message: expect.stringContaining(says) }] });
    expect(Object.hasOwn(Object.prototype, 'x')).toBe(false);
  });

  it.each(['{"constructor":5}', '{"__proto__":{"x":1}}', '{"toString":"a","then":1}'])('of a free object are kept for whoever checks it: %s', (params) => {
    const parsed = parseDeclared(Document, JSON.parse(`{"symbol":"A/B","params":${params}}`));
    expect(parsed.ok && Object.keys(parsed.value.params)).toEqual(Object.keys(JSON.parse(params) as object));
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  it('inside a value of the wrong type only make it a value of the wrong type', () => {
    expect(problemsOf('{"fast_window":{"constructor":5}}')).toEqual({ fast_window: 'must be a whole number from 1 to 100, was {"constructor":5}' });
  });
});

describe('a law between two fields', () => {
  it.each([
    { json: '{"fast_window":50}', problems: { fast_window: 'must be less than slow_window (50), was 50' }, why: 'equal is not less, and defaults count' },
    { json: '{"slow_window":5}', problems: { fast_window: 'must be less than slow_window (5), was 10' }, why: 'whichever of the two was given' },
    { json: '{"fast_window":90,"slow_window":"x"}', problems: { slow_window: 'must be a whole number from 2 to 200, was "x"' }, why: 'only of two numbers' },
    { json: '{"fast_window":300,"slow_window":100}', problems: { fast_window: 'must be a whole number from 1 to 100, was 300' }, why: 'the range comes first' },
    { json: '{"fast_window":49}', problems: {}, why: 'less is well' },
  ])('$json: $why', ({ json, problems }) => {
    expect(problemsOf(json)).toEqual(problems);
  });
});

describe('toDocument', () => {
  it('gives back what parses to the same', () => {
    const documents = fc.record(
      {
        symbol: fc.constantFrom('BTC/USDT', 'A/B'),
        fast_window: fc.integer({ min: 1, max: 49 }),
        slow_window: fc.integer({ min: 50, max: 200 }),
        side: fc.constantFrom('long', 'short'),
        dry_run: fc.boolean(),
        note: fc.string(),
        params: fc.dictionary(fc.stringMatching(/^[a-z_]{1,8}$/), fc.oneof(fc.integer(), fc.string(), fc.boolean())),
        limits: fc.record({ max_position_usd: fc.integer({ min: 1, max: 1000 }), max_loss: fc.double({ min: 0, max: 1, noNaN: true }) }, { requiredKeys: [] }),
      },
      { requiredKeys: ['symbol'] },
    );
    fc.assert(
      fc.property(documents, (raw) => {
        const parsed = parseDeclared(Document, raw);
        if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
        const document = toDocument(parsed.value);
        const { limits, ...rest } = raw;
        expect(document).toMatchObject({ ...rest, ...(limits === undefined ? {} : { limits }) });
        expect(parseDeclared(Document, document)).toEqual(parsed);
      }),
    );
  });

  it('leaves out what has no value', () => {
    const parsed = parseDeclared(Document, { symbol: 'A/B' });
    expect(parsed.ok && Object.keys(toDocument(parsed.value))).not.toContain('note');
  });
});

describe('a class of a class', () => {
  class Longer extends Limits {
    @IntegerField({ doc: 'Orders a day.', min: 1, max: 50 })
    maxOrders = 5;
  }

  it('has the fields of both', () => {
    expect(parseDeclared(Longer, { max_orders: 7, max_loss: 0.1 })).toMatchObject({ ok: true, value: { maxOrders: 7, maxLoss: 0.1, maxPositionUsd: 100 } });
    expect(parseDeclared(Limits, { max_orders: 7 })).toMatchObject({ ok: false });
  });
});

describe('show', () => {
  it.each([
    { value: NaN, text: 'NaN' },
    { value: undefined, text: 'undefined' },
    { value: 'a "b"', text: '"a \\"b\\""' },
    { value: 'x'.repeat(200), text: `"${'x'.repeat(79)}…` },
  ])('writes a value for a message: $text', ({ value, text }) => {
    expect(show(value)).toBe(text);
  });
});
