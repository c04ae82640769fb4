import { FakeBinance } from '../fake-binance.js';
import { get } from '../requests.js';

const MINUTE = 60_000;
// 1700000000000 is 20 s into a minute
const limited = (weightPerMin: number, after429 = 3): FakeBinance =>
  new FakeBinance({ symbols: ['BTCUSDT'], limits: { weightPerMin, ban: { after429, firstSec: 120, maxSec: 200 } } });
const ask = (exchange: FakeBinance) => get(exchange, '/api/v3/ticker/price', { symbol: 'BTCUSDT' }); // weight 2
const statuses = (exchange: FakeBinance, count: number): number[] => Array.from({ length: count }, () => ask(exchange).status);

describe('rate limits', () => {
  it('count the weight of the current minute and tell it in every reply', () => {
    const exchange = limited(100);
    const used = (): string => ask(exchange).headers['x-mbx-used-weight-1m'];
    expect([used(), used()]).toEqual(['2', '4']);
    exchange.advance(40_000);
    expect(used()).toBe('2');
  });

  it('turn away what goes over, until the minute is over', () => {
    const exchange = limited(4);
    expect(statuses(exchange, 3)).toEqual([200, 200, 429]);
    const reply = ask(exchange);
    expect(reply.headers['retry-after']).toBe('40');
    expect(reply.body).toBe(
      '{"code":-1003,"msg":"Too much request weight used; current limit is 4 request weight per 1 MINUTE. Please use WebSocket Streams for live updates to avoid polling the API."}',
    );
    exchange.advance(40_000);
    expect(statuses(exchange, 1)).toEqual([200]);
  });

  it('ban who goes on asking, for longer each time', () => {
    const exchange = limited(2);
    expect(statuses(exchange, 5)).toEqual([200, 429, 429, 429, 418]);
    expect(ask(exchange)).toMatchObject({
      status: 418,
      headers: { 'retry-after': '120' },
      body: `{"code":-1003,"msg":"Way too much request weight used; IP banned until ${exchange.now + 120_000}. Please use WebSocket Streams for live updates to avoid bans."}`,
    });
    exchange.advance(119_999);
    expect(statuses(exchange, 1)).toEqual([418]);
    exchange.advance(1);
    expect(statuses(exchange, 5)).toEqual([200, 429, 429, 429, 418]);
    expect(ask(exchange).headers['retry-after']).toBe('200'); // 240, but for the maximum
  });

  it('count addresses apart', () => {
    const exchange = limited(2);
    const from = (ip: string) =>
      exchange.handle({ method: 'GET', path: '/api/v3/ping', query: '', body: '', headers: {}, ip }).status;
    expect([from('10.0.0.1'), from('10.0.0.1'), from('10.0.0.1'), from('10.0.0.2')]).toEqual([200, 200, 429, 200]);
  });

  it('limit raw requests per five minutes', () => {
    const exchange = new FakeBinance({ symbols: ['BTCUSDT'], limits: { rawPer5Min: 2 } });
    expect(statuses(exchange, 3)).toEqual([200, 200, 429]);
    exchange.advance(MINUTE);
    expect(statuses(exchange, 1)).toEqual([429]);
  });

  it('can be used up or turned into a ban from outside', () => {
    const exchange = limited(6000);
    exchange.control({ command: 'effect', type: 'weight', used: 5999 });
    expect(statuses(exchange, 1)).toEqual([429]);
    exchange.control({ command: 'effect', type: 'ban', sec: 5 });
    expect(ask(exchange)).toMatchObject({ status: 418, headers: { 'retry-after': '5' } });
    expect(exchange.journal.filter(({ type }) => type === 'env')).toMatchObject([
      { what: 'ban', value: String(exchange.now + 5000) },
    ]);
  });
});
