import { FakeBinance } from '../fake-binance.js';
import type { ScriptEntry } from '../market/script.js';
import { get, getJson } from '../requests.js';

const SYMBOL = { symbol: 'BTCUSDT' };
const MINUTE = 60_000;

function scripted(...script: ScriptEntry[]): FakeBinance {
  return new FakeBinance({ symbols: ['BTCUSDT', 'ETHUSDT'], feed: { BTCUSDT: { volBps: 0, script } } });
}

interface Info {
  symbols: { symbol: string; status: string; filters: { minNotional?: string }[] }[];
}
const info = (exchange: FakeBinance): Info['symbols'] => (getJson(exchange, '/api/v3/exchangeInfo') as Info).symbols;
const depth = (exchange: FakeBinance): number => (getJson(exchange, '/api/v3/depth', SYMBOL) as { asks: unknown[] }).asks.length;

describe('scripts', () => {
  it('halt a market and let it resume', () => {
    const exchange = scripted({ atMs: 1000, do: 'halt' }, { atMs: 2000, do: 'resume' }, { atMs: 3000, do: 'halt', status: 'BREAK', forMs: 500 });
    const statuses = [0, 1000, 1000, 1000, 500].map((ms) => {
      exchange.advance(ms);
      return info(exchange)[0].status;
    });
    expect(statuses).toEqual(['TRADING', 'HALT', 'TRADING', 'BREAK', 'TRADING']);
  });

  it('delist a market', () => {
    const exchange = scripted({ atMs: 1000, do: 'delist' });
    exchange.advance(1000);
    expect(info(exchange).map(({ symbol }) => symbol)).toEqual(['ETHUSDT']);
    exchange.advance(10 * MINUTE);
    expect(get(exchange, '/api/v3/ticker/price', SYMBOL).status).toBe(400);
  });

  it('change filters for good and the book for a while', () => {
    const exchange = scripted({ atMs: 1000, do: 'filters', filters: { minNotional: 77 } }, { atMs: 1000, do: 'depth', levels: 2, forMs: 500 });
    exchange.advance(1000);
    expect(info(exchange)[0].filters).toContainEqual(expect.objectContaining({ minNotional: '77.00000000' }));
    expect(depth(exchange)).toBe(2);
    exchange.advance(500);
    expect(depth(exchange)).toBe(10);
    expect(info(exchange)[0].filters).toContainEqual(expect.objectContaining({ minNotional: '77.00000000' }));
  });

  it('can be added while the market runs, for any market, at once when their time has passed', () => {
    const exchange = scripted();
    exchange.advance(MINUTE);
    exchange.control({ command: 'script', entries: [{ atMs: 5, symbol: 'ETHUSDT', do: 'halt' }] });
    expect(info(exchange).map(({ status }) => status)).toEqual(['TRADING', 'HALT']);
  });

  it('name what is wrong with them', () => {
    expect(() => scripted({ atMs: 0, symbol: 'XRPUSDT', do: 'resume' })).toThrow('symbol: expected a listed one; was XRPUSDT');
    expect(() => scripted({ atMs: 0, do: 'filters', filters: { stepp: 1 } as object })).toThrow(/filters: expected one of tick, .*; was stepp/);
    expect(() => scripted({ atMs: 0, do: 'halt', status: 'ASLEEP' })).toThrow(/status: expected one of TRADING, .*; was ASLEEP/);
  });
});

describe('overlapping changes for a while', () => {
  it('end in what was before all of them', () => {
    const exchange = scripted();
    exchange.control({ command: 'symbol', ...SYMBOL, status: 'HALT', filters: { minNotional: 1 }, forMs: 1000 });
    exchange.advance(500);
    exchange.control({ command: 'symbol', ...SYMBOL, status: 'HALT', filters: { minNotional: 2 }, forMs: 1000 });
    exchange.control({ command: 'effect', type: 'skew', ms: 7, forMs: 10 });
    exchange.control({ command: 'effect', type: 'skew', ms: 9, forMs: 20 });
    exchange.advance(500);
    expect(info(exchange)[0].status).toBe('HALT');
    expect(info(exchange)[0].filters).toContainEqual(expect.objectContaining({ minNotional: '2.00000000' }));
    exchange.advance(500);
    expect(info(exchange)[0].status).toBe('TRADING');
    expect(info(exchange)[0].filters).toContainEqual(expect.objectContaining({ minNotional: '5.00000000' }));
    expect(getJson(exchange, '/api/v3/time')).toEqual({ serverTime: exchange.now });
  });
});

describe('a long run', () => {
  it('keeps the candles of steps it no longer holds', () => {
    const twoDays = 2 * 86_400_000;
    const config = { symbols: ['BTCUSDT'], feed: { BTCUSDT: { stepMs: 4000, historyMs: twoDays } } };
    const hours = (exchange: FakeBinance): unknown => getJson(exchange, '/api/v3/klines', { ...SYMBOL, interval: '1h', limit: 40 });
    const asked = new FakeBinance({ ...config, now: 1_700_000_000_000 - 86_400_000, feed: { BTCUSDT: { stepMs: 4000, historyMs: twoDays - 86_400_000 } } });
    hours(asked);
    asked.advance(86_400_000);
    expect(hours(asked)).toEqual(hours(new FakeBinance(config)));
  });
});
