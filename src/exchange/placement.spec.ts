import fc from 'fast-check';

import { marketOrder } from '../../test/support/trading-bench.js';
import { orderOf } from './binance-orders.js';
import { codeOf, refusalOf } from './binance-refusals.js';
import { placementOf, type OrderReading } from './placement.js';
import { failureOf, retryAfterMs, type WireCall } from './wire-call.js';
import { parseJson } from './wire-shape.js';

const READING: OrderReading = {
  refusalOf,
  codeOf: (call) => codeOf(call.body)?.toString() ?? null,
  reportOf: (call, symbol) => orderOf(parseJson(call.body), symbol),
};

const ORDER = marketOrder();
const REPLY = { symbol: 'BTCUSDT', orderId: 1, clientOrderId: 'tb-1', transactTime: 1_700_000_000_000, price: '0.00000000', origQty: '0.70000000', executedQty: '0.70000000', status: 'FILLED', type: 'MARKET', side: 'BUY', fills: [] };

function call(changes: Partial<WireCall>): WireCall {
  return { entered: true, status: 200, body: '', retryAfterMs: 0, failure: null, value: undefined, thrown: null, ...changes };
}

describe('what became of an order', () => {
  it('is never a failure, whatever status and body come back, unless both are on the list', () => {
    const bodies = fc.oneof(fc.string(), fc.json(), fc.record({ code: fc.oneof(fc.integer({ min: -9999, max: 0 }), fc.constantFrom(-1006, -1007, -1000, -1001, -1008, -1016)), msg: fc.string() }).map((body) => JSON.stringify(body)));
    fc.assert(
      fc.property(fc.integer({ min: 200, max: 599 }), bodies, (status, body) => {
        const placement = placementOf(call({ status, body }), ORDER, READING);
        if (placement.kind === 'unknown') return;
        expect(placement.kind).toBe('refused');
        expect([400, 401, 403, 418, 429]).toContain(status);
        if (status !== 418) expect(codeOf(body)).toBeLessThan(-1002);
      }),
      { numRuns: 3000 },
    );
  });

  it('is never read from a reply with one field changed, unless the field says nothing about the order', () => {
    const harmless = ['transactTime', 'orderId', 'fills', 'price'];
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(REPLY)), fc.jsonValue(), (field, value) => {
        if (harmless.includes(field) || JSON.stringify(value) === JSON.stringify(REPLY[field as keyof typeof REPLY])) return;
        const placement = placementOf(call({ body: JSON.stringify({ ...REPLY, [field]: value }) }), ORDER, READING);
        expect(placement.kind).toBe('unknown');
      }),
      { numRuns: 2000 },
    );
  });

  it.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'])('is certain when no connection was made: %s', (failure) => {
    expect(placementOf(call({ status: null, failure }), ORDER, READING)).toEqual({ kind: 'not_sent', message: `nothing was sent: ${failure}` });
  });

  it.each(['ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'UND_ERR_SOCKET', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'UND_ERR_CONNECT_TIMEOUT', 'EHOSTUNREACH', 'CERT_HAS_EXPIRED', 'AbortError', 'DEADLINE'])('is unknown after %s', (failure) => {
    expect(placementOf(call({ status: null, failure }), ORDER, READING)).toMatchObject({ kind: 'unknown', alarm: false });
  });

  it.each([301, 302, 303, 307, 308])('is unknown and an alarm after a redirect: %i', (status) => {
    expect(placementOf(call({ status }), ORDER, READING)).toMatchObject({ kind: 'unknown', alarm: true });
  });

  it('is certain when the library never asked', () => {
    expect(placementOf(call({ entered: false, status: null, thrown: 'BadSymbol' }), ORDER, READING)).toEqual({ kind: 'not_sent', message: 'nothing was sent: BadSymbol' });
  });

  it('is unknown after an acknowledgement alone: that it was taken is not what became of it', () => {
    const { symbol, orderId, clientOrderId, transactTime } = REPLY;
    expect(placementOf(call({ body: JSON.stringify({ symbol, orderId, clientOrderId, transactTime }) }), ORDER, READING)).toMatchObject({ kind: 'unknown', alarm: false });
  });

  it('is unknown and an alarm when a limit order has another price', () => {
    const order = marketOrder({ type: 'limit', timeInForce: 'GTC', limitPrice: '49000' });
    const body = JSON.stringify({ ...REPLY, type: 'LIMIT', price: '49001.00000000' });
    expect(placementOf(call({ body }), order, READING)).toMatchObject({ kind: 'unknown', alarm: true });
  });
});

describe('failureOf', () => {
  it('is the code of the innermost fault that has one, and never its text', () => {
    expect(failureOf(new TypeError('fetch failed', { cause: Object.assign(new Error('https://x/?signature=1'), { code: 'ECONNRESET' }) }))).toBe('ECONNRESET');
    expect(failureOf(new TypeError('fetch failed', { cause: new Error('unexpected redirect') }))).toBe('REDIRECT');
    expect(failureOf(new DOMException('aborted', 'AbortError'))).toBe('AbortError');
    expect(failureOf(new Error('https://x/?signature=1'))).toBe('Error');
    for (const odd of [null, undefined, 'text', 7, { name: 'a b', code: 'x y' }]) expect(failureOf(odd)).toBe('unknown fault');
  });
});

describe('retryAfterMs', () => {
  const NOW = Date.UTC(2026, 0, 1);
  it.each([
    [null, 0],
    ['', 0],
    ['0', 0],
    ['7', 7000],
    ['-7', 0],
    ['soon', 0],
    ['Thu, 01 Jan 2026 00:00:30 GMT', 30_000],
    ['Wed, 31 Dec 2025 00:00:30 GMT', 0],
    ['999999999', 259_200_000],
    ['99999999999999', 0],
  ])('%p is %i ms', (header, ms) => {
    expect(retryAfterMs(header, NOW)).toBe(ms);
  });
});
