import { FakeBinance } from './fake-binance.js';
import { runRandomSession } from './random-session.js';
import { get, signed } from './requests.js';

const SEEDS = Array.from({ length: 100 }, (_, i) => i + 1);
const REQUESTS = 1000;
const MINUTES_ALLOWED = 10;

describe('a hundred sessions of random orders', () => {
  it('lose and make no money after any of a hundred thousand requests', () => {
    for (const seed of SEEDS) {
      const { exchange, accepted } = runRandomSession(seed, REQUESTS, (running) => {
        const { ok, problems } = running.control({ command: 'assert', name: 'conservation' }) as { ok: boolean; problems: string[] };
        if (!ok) throw new Error(`seed ${seed}: ${problems.join('; ')}`);
      });
      expect(accepted).toBeGreaterThan(REQUESTS / 3);
      const { balances } = JSON.parse(signed(exchange, 'GET', '/api/v3/account').body) as { balances: { locked: string }[] };
      expect(balances.every(({ locked }) => locked === '0.00000000')).toBe(true);
    }
  }, MINUTES_ALLOWED * 60_000);

  it('come out the same each time, byte for byte', () => {
    for (const seed of SEEDS) {
      expect(runRandomSession(seed, REQUESTS).hash).toBe(runRandomSession(seed, REQUESTS).hash);
    }
  }, MINUTES_ALLOWED * 60_000);
});

describe('speed', () => {
  it('answers a thousand requests a second and more, a price step with each', () => {
    const exchange = new FakeBinance({ symbols: ['BTCUSDT'], feed: { BTCUSDT: { historyMs: 86_400_000 } } });
    const began = performance.now();
    const rounds = 2000;
    for (let i = 0; i < rounds; i++) {
      exchange.advance(60_000);
      get(exchange, '/api/v3/klines', { symbol: 'BTCUSDT', interval: '5m', limit: 200 });
      signed(exchange, 'GET', '/api/v3/account');
      signed(exchange, 'GET', '/api/v3/openOrders', { symbol: 'BTCUSDT' });
    }
    expect((rounds * 3 * 1000) / (performance.now() - began)).toBeGreaterThan(1000);
  });
});
