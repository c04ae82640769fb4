import { FakeBinance } from './fake-binance.js';
import type { Verdict } from './oracle/assertions.js';
import { runRandomSession } from './random-session.js';
import { get, signed } from './requests.js';

const SEEDS = Array.from({ length: 100 }, (_, i) => i + 1);
const REQUESTS = 1000;
const MINUTES_ALLOWED = 10;

/** Without Jest's matchers, which would take longer than the session. */
function conserves(exchange: FakeBinance): void {
  const { ok, problems } = exchange.control({ command: 'assert', name: 'conservation' }) as Verdict;
  if (!ok) throw new Error(problems.join('; '));
}

describe('a hundred sessions of random orders', () => {
  it('lose and make no money after any of a hundred thousand requests', () => {
    for (const seed of SEEDS) {
      const { exchange, accepted } = runRandomSession(seed, REQUESTS, { afterEach: conserves });
      expect(accepted).toBeGreaterThan(REQUESTS / 3);
      const { balances } = JSON.parse(signed(exchange, 'GET', '/api/v3/account').body) as { balances: { locked: string }[] };
      expect(balances.every(({ locked }) => locked === '0.00000000')).toBe(true);
    }
  }, MINUTES_ALLOWED * 60_000);

  it('neither break nor lose money in a storm of faults', () => {
    for (const seed of SEEDS) runRandomSession(seed, REQUESTS, { afterEach: conserves, profile: 'storm' });
  }, MINUTES_ALLOWED * 60_000);

  it('come out the same each time, byte for byte, faults included', () => {
    for (const seed of SEEDS) {
      const hashOf = (): string => runRandomSession(seed, REQUESTS, { profile: 'rough' }).hash;
      expect(hashOf()).toBe(hashOf());
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
