import { FakeBinance } from '../fake-binance.js';
import { request } from '../requests.js';

const exchange = new FakeBinance({ symbols: ['BTCUSDT', 'ETHUSDT'] });
const ask = (path: string, query: string, strictParams = true): [number, number | undefined, string | undefined] => {
  const asked = strictParams ? exchange : new FakeBinance({ symbols: ['BTCUSDT'], strictParams });
  const reply = asked.handle(request('GET', path, query, '', {}, '127.0.0.1'));
  const body = JSON.parse(reply.body) as { code?: number; msg?: string };
  return [reply.status, body.code, body.msg];
};

describe('parameter checks', () => {
  const KLINES = '/api/v3/klines';
  const PRICE = '/api/v3/ticker/price';

  it.each([
    [KLINES, 'symbol=BTCUSDT&symbol=BTCUSDT', -1101, 'Duplicate values for a parameter detected.'],
    [KLINES, 'symbol=BTCUSDT&interval=', -1105, "Parameter 'interval' was empty."],
    [KLINES, 'symbol=BTCUSDT', -1102, "Mandatory parameter 'interval' was not sent, was empty/null, or malformed."],
    [KLINES, 'symbol=BTCUSDT&interval=1m&foo=1', -1104, "Not all sent parameters were read; read '2' parameter(s) but was sent '3'."],
    [KLINES, 'symbol=btcusdt&interval=1m', -1100, "Illegal characters found in parameter 'symbol'; legal range is '^[A-Z0-9-_.]{1,20}$'."],
    [KLINES, 'symbol=BTCUSDT&interval=1m&limit=-1', -1100, "Illegal characters found in parameter 'limit'; legal range is '^[0-9]{1,20}$'."],
    [KLINES, 'symbol=NOPE&interval=1m', -1121, 'Invalid symbol.'],
    [PRICE, 'symbols=%5B%22BTCUSDT%22,%22NOPE%22%5D', -1121, 'Invalid symbol.'],
    [PRICE, 'symbol=BTCUSDT&symbols=%5B%22BTCUSDT%22%5D', -1128, 'Combination of optional parameters invalid.'],
    [KLINES, 'symbol=BTCUSDT&interval=1m&limit=0', -1130, "Data sent for parameter 'limit' is not valid."],
  ])('%s?%s is %i', (path, query, code, msg) => {
    expect(ask(path, query)).toEqual([400, code, msg]);
  });

  it.each([
    ['duplicate before empty', 'symbol=&symbol=', -1101],
    ['empty before missing', 'symbol=', -1105],
    ['missing before unknown', 'symbol=BTCUSDT&foo=1', -1102],
    ['unknown before illegal', 'symbol=b&interval=1m&foo=1', -1104],
    ['illegal before an unknown symbol', 'symbol=NOPE&interval=1m&limit=x', -1100],
  ])('are made in the exchange’s order: %s', (_, query, code) => {
    expect(ask(KLINES, query)[1]).toBe(code);
  });

  it('let unknown names pass when not strict', () => {
    expect(ask(KLINES, 'symbol=BTCUSDT&interval=1m&foo=1', false)[0]).toBe(200);
  });

  it('decode what was percent-encoded', () => {
    expect(ask(PRICE, 'symbols=%5B%22BTCUSDT%22%2C%22ETHUSDT%22%5D')[0]).toBe(200);
    expect(ask(PRICE, '%73ymbol=%42TCUSDT')[0]).toBe(200);
  });

  it('answer 404 on an unknown path and 405 on the wrong method', () => {
    const status = (method: string, path: string): [number, string] => {
      const reply = exchange.handle(request(method, path, '', '', {}, '127.0.0.1'));
      return [reply.status, reply.body];
    };
    expect(status('GET', '/api/v3/nothing')).toEqual([404, '{}']);
    expect(status('POST', '/api/v3/time')).toEqual([405, '{}']);
    expect(exchange.journal.filter(({ type }) => type === 'unexpected')).toMatchObject([
      { path: '/api/v3/nothing' },
      { path: '/api/v3/time' },
    ]);
  });
});
