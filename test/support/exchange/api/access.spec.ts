import { FakeBinance, type FakeConfig } from '../fake-binance.js';
import { encode, request, signed, type SigningOptions } from '../requests.js';
import { sign, signedPayload } from './signature.js';

const NOW = 1_700_000_000_000;
const ACCOUNT = '/api/v3/account';
const KEY = 'K'.repeat(64);
const open = (config: FakeConfig = {}): FakeBinance => new FakeBinance({ symbols: ['BTCUSDT'], ...config });

function code(exchange: FakeBinance, options: SigningOptions = {}): number | undefined {
  return (JSON.parse(signed(exchange, 'GET', ACCOUNT, {}, options).body) as { code?: number }).code;
}

/** The reply to a query sent as it is, with the default key. */
function raw(exchange: FakeBinance, query: string, headers: Record<string, string> = { 'x-mbx-apikey': KEY }): [number, string] {
  const { status, body } = exchange.handle(request('GET', ACCOUNT, query, '', headers, '127.0.0.1'));
  return [status, body];
}

describe('signatures', () => {
  it.each([
    [
      'NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j',
      'symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=0.1&recvWindow=5000&timestamp=1499827319559',
      'c8db56825ae71d6d79447849e617115f4a920fa2acdcab2b053c4b2838bd6b71',
    ],
    [
      'NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j',
      'symbol=%EF%BC%91%EF%BC%92%EF%BC%93%EF%BC%94%EF%BC%95%EF%BC%96&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=0.1&recvWindow=5000&timestamp=1499827319559',
      'e1353ec6b14d888f1164ae9af8228a3dbd508bc82eb867db8ab6046442f33ef3',
    ],
    [
      'S'.repeat(64),
      'symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.00100000&newClientOrderId=tb-A&newOrderRespType=FULL&recvWindow=5000&timestamp=1700000000000',
      '225ab93f36bd032069a1d206c0cc24d930642b19c86897d882cd05cc57febd35',
    ],
  ])('are the published ones (%#)', (secret, payload, signature) => {
    expect(sign(secret, payload)).toBe(signature);
  });

  it('cover query and body without a separator, and not themselves', () => {
    expect(signedPayload('a=1&signature=x&b=2', 'c=%20&signature=y')).toBe('a=1&b=2c=%20');
  });

  it('may be upper-case and stand anywhere', () => {
    const payload = encode({ timestamp: NOW, recvWindow: 5000 });
    const signature = sign('S'.repeat(64), payload).toUpperCase();
    expect(raw(open(), `signature=${signature}&${payload}`)[0]).toBe(200);
  });

  it('may cover a query and a body at once, where the query wins', () => {
    const exchange = open();
    const query = 'symbol=BTCUSDT&quantity=0.002';
    const body = encode({ side: 'BUY', type: 'MARKET', quantity: '0.001', timestamp: NOW });
    const signature = sign('S'.repeat(64), query + body);
    const headers = { 'x-mbx-apikey': KEY };
    const reply = exchange.handle(request('POST', '/api/v3/order', query, `${body}&signature=${signature}`, headers, ''));
    expect(JSON.parse(reply.body)).toMatchObject({ origQty: '0.00200000' });
  });
});

describe('signed requests', () => {
  it.each<[string, SigningOptions, number | undefined]>([
    ['exactly recvWindow old', { timestamp: NOW - 5000 }, undefined],
    ['older than recvWindow', { timestamp: NOW - 5001 }, -1021],
    ['older than a short recvWindow', { timestamp: NOW - 101, recvWindow: 100 }, -1021],
    ['within a long recvWindow', { timestamp: NOW - 59_000, recvWindow: 60_000 }, undefined],
    ['with a recvWindow beyond the maximum', { recvWindow: 60_001 }, -1131],
    ['less than a second ahead', { timestamp: NOW + 999 }, undefined],
    ['a second ahead', { timestamp: NOW + 1000 }, -1021],
    ['with microseconds', { timestamp: NOW * 1000 }, undefined],
    ['with a fractional recvWindow', { recvWindow: 4999.5 }, undefined],
    ['with a key of the wrong form', { key: 'short' }, -2014],
    ['with an unknown key', { key: 'Q'.repeat(64) }, -2015],
    ['with a wrong secret', { secret: 'T'.repeat(64) }, -1022],
  ])('%s', (_, options, expected) => {
    expect(code(open(), options)).toBe(expected);
  });

  it('need a key, a timestamp and a signature', () => {
    const exchange = open();
    expect(raw(exchange, `timestamp=${NOW}&signature=x`, {})).toEqual([401, '{"code":-2014,"msg":"API-key format invalid."}']);
    expect(raw(exchange, 'signature=x')[1]).toContain("-1102,\"msg\":\"Mandatory parameter 'timestamp'");
    expect(raw(exchange, 'timestamp=soon&signature=x')[1]).toContain("-1102,\"msg\":\"Mandatory parameter 'timestamp'");
    expect(raw(exchange, `timestamp=${NOW}`)[1]).toContain("-1102,\"msg\":\"Mandatory parameter 'signature'");
  });

  it('are checked before their parameters', () => {
    const exchange = open();
    expect(raw(exchange, `foo=1&timestamp=${NOW}&signature=00`)[1]).toContain('-1022');
    const payload = `foo=1&timestamp=${NOW}`;
    expect(raw(exchange, `${payload}&signature=${sign('S'.repeat(64), payload)}`)[1]).toContain('-1104');
  });

  it('follow the server’s own idea of the time', () => {
    const exchange = open({ skewMs: -6000 });
    expect(code(exchange)).toBe(-1021);
    expect(code(exchange, { timestamp: NOW - 6000 })).toBeUndefined();
  });

  it.each<[string, FakeConfig]>([
    ['inactive', { keys: [{ active: false }] }],
    ['without permission', { keys: [{ perms: ['TRADE'] }] }],
    ['from the wrong address', { keys: [{ ips: ['10.0.0.1'] }] }],
  ])('with a key that is %s', (_, config) => {
    expect(code(open(config))).toBe(-2015);
  });

  it('lose and regain their key by effects', () => {
    const exchange = open();
    exchange.control({ command: 'effect', type: 'key', active: false, forMs: 1000 });
    expect(code(exchange)).toBe(-2015);
    exchange.advance(1000);
    expect(code(exchange)).toBeUndefined();
    exchange.control({ command: 'key', perms: ['TRADE'] });
    expect(code(exchange)).toBe(-2015);
    exchange.control({ command: 'key', perms: ['TRADE', 'USER_DATA'], ips: ['10.0.0.1'] });
    expect(code(exchange)).toBe(-2015);
    expect(code(exchange, { ip: '10.0.0.1' })).toBeUndefined();
  });

  it('are told of in the journal, without the signature', () => {
    const exchange = open();
    code(exchange, { secret: 'T'.repeat(64) });
    expect(exchange.journal.at(-1)).toMatchObject({
      type: 'request',
      signed: true,
      keyOk: true,
      sigOk: false,
      status: 400,
      code: -1022,
      executed: false,
      params: { recvWindow: '5000', timestamp: String(NOW) },
    });
    expect(JSON.stringify(exchange.journal.at(-1))).not.toContain('signature=');
  });
});
