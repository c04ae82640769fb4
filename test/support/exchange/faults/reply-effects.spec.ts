import { FakeBinance } from '../fake-binance.js';
import { get } from '../requests.js';
import type { ReplyEffect } from './effect.js';
import type { FaultRule } from './rule.js';

const PRICE = '/api/v3/ticker/price';

function struckBy(effect: ReplyEffect, more: Partial<FaultRule> = {}): FakeBinance {
  return new FakeBinance({ symbols: ['BTCUSDT'], faults: [{ id: 'F', times: 1, effect, ...more }] });
}

const ask = (exchange: FakeBinance) => get(exchange, PRICE, { symbol: 'BTCUSDT' });

describe('effects on one reply', () => {
  it.each<[ReplyEffect, object]>([
    [{ type: 'reset' }, { resetAtByte: 0 }],
    [{ type: 'reset', atByte: 5 }, { resetAtByte: 5 }],
    [{ type: 'close' }, { close: 'before' }],
    [{ type: 'close', atByte: 5 }, { close: 'after', cutAtByte: 5 }],
    [{ type: 'stall', atByte: 4, ms: 900 }, { stallAtByte: 4, stallMs: 900 }],
    [{ type: 'drip', bytesPerSec: 10 }, { dripBytesPerSec: 10 }],
    [{ type: 'refuse', ms: 500 }, { refuseMs: 500 }],
    [{ type: 'latency', ms: 700 }, { delayMs: 700 }],
  ])('%j is done on the wire', (effect, wire) => {
    expect(ask(struckBy(effect)).wire).toEqual(wire);
  });

  it.each<[ReplyEffect, number, string]>([
    [{ type: 'error', code: -1007 }, 504, '{"code":-1007,"msg":"Timeout waiting for response from backend server. Send status unknown; execution status unknown."}'],
    [{ type: 'error', code: -1006 }, 500, '{"code":-1006,"msg":"An unexpected response was received from the message bus. Execution status unknown."}'],
    [{ type: 'error', code: -1008 }, 503, '{"code":-1008,"msg":"Server is currently overloaded with other requests. Please try again in a few minutes."}'],
    [{ type: 'error', code: -1001 }, 400, '{"code":-1001,"msg":"Internal error; unable to process your request. Please try again."}'],
    [{ type: 'error', status: 408, code: -1007, msg: 'x' }, 408, '{"code":-1007,"msg":"x"}'],
    [{ type: 'http', status: 403, body: '<html>WAF</html>' }, 403, '<html>WAF</html>'],
    [{ type: 'truncate', bytes: 9 }, 200, '{"symbol"'],
    [{ type: 'replace', kind: 'empty' }, 200, ''],
    [{ type: 'replace', kind: 'null' }, 200, 'null'],
    [{ type: 'replace', kind: '{}' }, 200, '{}'],
    [{ type: 'replace', kind: '[]' }, 200, '[]'],
    [{ type: 'mutate', jsonPath: '$.price', value: 'NaN' }, 200, '{"symbol":"BTCUSDT","price":"NaN"}'],
    [{ type: 'redirect', location: 'https://example.test/' }, 302, ''],
  ])('%j answers %i', (effect, status, body) => {
    const reply = ask(struckBy(effect));
    expect(reply).toMatchObject({ status, body });
    expect(reply.headers['content-type']).toBe(
      body.startsWith('<') ? 'text/html' : effect.type === 'redirect' ? undefined : 'application/json;charset=UTF-8',
    );
  });

  it('replaces the body by a page, by bytes, by deep nesting or by 64 MiB', () => {
    const body = (kind: 'html' | 'binary' | 'deep' | 'huge'): string => ask(struckBy({ type: 'replace', kind })).body;
    expect(body('html')).toMatch(/^<html>/);
    expect(body('binary')).toHaveLength(256);
    expect(body('deep')).toBe('['.repeat(10_000) + ']'.repeat(10_000));
    expect(body('huge')).toHaveLength(64 * 1024 * 1024);
  });

  it('moves virtual time by a latency', () => {
    const exchange = struckBy({ type: 'latency', ms: 30_000 });
    const before = exchange.now;
    ask(exchange);
    expect(exchange.now).toBe(before + 30_000);
  });

  it('answers from before a latency in phase after, and from its end in phase before', () => {
    const time = (phase: 'before' | 'after'): number => {
      const exchange = struckBy({ type: 'latency', ms: 1000 }, { phase });
      return (JSON.parse(get(exchange, '/api/v3/time').body) as { serverTime: number }).serverTime - 1_700_000_000_000;
    };
    expect([time('after'), time('before')]).toEqual([0, 1000]);
  });

  it('refuses every connection for the time named, then none', () => {
    const exchange = struckBy({ type: 'refuse', ms: 500 });
    ask(exchange);
    exchange.advance(499);
    expect(ask(exchange).wire).toEqual({ refuseMs: 1 });
    exchange.advance(1);
    expect(ask(exchange)).toMatchObject({ status: 200, wire: {} });
  });

  it('keeps the engine out of it in phase before', () => {
    const exchange = struckBy({ type: 'reset' }, { phase: 'before' });
    ask(exchange);
    expect(exchange.journal.filter(({ type }) => type === 'request')).toMatchObject([
      { rule: 'F', phase: 'before', executed: false, status: 0, weight: 0 },
    ]);
  });

  it('carries a GET out even in phase before when there must be a reply to spoil', () => {
    const exchange = struckBy({ type: 'truncate', bytes: 9 }, { phase: 'before' });
    expect(ask(exchange).body).toBe('{"symbol"');
  });
});

describe('fault rules', () => {
  const reset = { type: 'reset' } as const;
  const statuses = (exchange: FakeBinance, count: number): boolean[] =>
    Array.from({ length: count }, () => ask(exchange).wire.resetAtByte === 0);

  it.each<[string, Partial<FaultRule>, boolean[]]>([
    ['the nth matches', { when: { nth: [2, 4] }, times: -1 }, [false, true, false, true, false]],
    ['every so many', { when: { every: 2 }, times: -1 }, [false, true, false, true, false]],
    ['at most so many times', { times: 2 }, [true, true, false, false, false]],
    ['never the wrong method', { match: { method: 'POST' } }, [false, false, false, false, false]],
    ['the right path', { match: { path: '^/api/v3/ticker' } }, [true, false, false, false, false]],
    ['the right parameters', { match: { params: { symbol: 'BTCUSDT' } } }, [true, false, false, false, false]],
    ['never other parameters', { match: { params: { symbol: 'ETHUSDT' } } }, [false, false, false, false, false]],
    ['a certain chance always', { when: { prob: 1 }, times: -1 }, [true, true, true, true, true]],
    ['no chance never', { when: { prob: 0 } }, [false, false, false, false, false]],
  ])('strike %s', (_, more, expected) => {
    expect(statuses(struckBy(reset, more), 5)).toEqual(expected);
  });

  it('strike only between their times, counted from the start of the run', () => {
    const exchange = struckBy(reset, { when: { fromMs: 1000, toMs: 2000 }, times: -1 });
    const struck = [0, 999, 1, 999, 1].map((ms) => {
      exchange.advance(ms);
      return ask(exchange).wire.resetAtByte === 0;
    });
    expect(struck).toEqual([false, false, true, true, false]);
  });

  it('strike one at a time, first come first, while all count the match', () => {
    const exchange = new FakeBinance({
      symbols: ['BTCUSDT'],
      faults: [
        { id: 'A', times: 1, effect: reset },
        { id: 'B', when: { nth: [2] }, effect: { type: 'close' } },
      ],
    });
    expect([ask(exchange).wire, ask(exchange).wire]).toEqual([{ resetAtByte: 0 }, { close: 'before' }]);
    expect(exchange.control({ command: 'faultHits' })).toEqual([
      { id: 'A', matches: 2, hits: 1 },
      { id: 'B', matches: 2, hits: 1 },
    ]);
    exchange.control({ command: 'clearFaults' });
    expect(exchange.control({ command: 'faultHits' })).toEqual([]);
  });

  it('leave an entry of their own in the journal', () => {
    const exchange = struckBy(reset);
    ask(exchange);
    expect(exchange.journal.at(-1)).toMatchObject({ type: 'fault', rule: 'F', phase: 'after', effect: 'reset' });
  });
});
