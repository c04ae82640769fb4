import type { FakeBinance } from './fake-binance.js';
import { runRandomSession } from './random-session.js';
import { signed } from './requests.js';

const SEEDS = [1, 2, 3, 4, 5, 6];
const REQUESTS = 400;

const conserves = (exchange: FakeBinance): void => {
  expect(exchange.control({ command: 'assert', name: 'conservation' })).toMatchObject({ problems: [] });
};

describe('a session of random orders', () => {
  it.each(SEEDS)('loses and makes no money, whatever is asked (seed %i)', (seed) => {
    const { exchange, accepted } = runRandomSession(seed, REQUESTS, { afterEach: conserves });
    expect(accepted).toBeGreaterThan(REQUESTS / 3);
    const { balances } = JSON.parse(signed(exchange, 'GET', '/api/v3/account').body) as { balances: { locked: string }[] };
    expect(balances.every(({ locked }) => locked === '0.00000000')).toBe(true);
    const kinds = new Set(exchange.journal.map(({ type }) => type));
    expect(['order', 'fill', 'state', 'balance'].every((kind) => kinds.has(kind as never))).toBe(true);
  });

  it.each(SEEDS)('neither breaks nor loses money in a storm of faults (seed %i)', (seed) => {
    const { exchange } = runRandomSession(seed, REQUESTS, { afterEach: conserves, profile: 'storm' });
    expect(exchange.journal.filter(({ type }) => type === 'fault').length).toBeGreaterThan(REQUESTS / 10);
  });

  it('comes out the same each time, byte for byte', () => {
    const hashOf = (seed: number): string => runRandomSession(seed, REQUESTS, { profile: 'rough' }).hash;
    const hashes = SEEDS.map(hashOf);
    expect(SEEDS.map(hashOf)).toEqual(hashes);
    expect(new Set(hashes).size).toBe(SEEDS.length);
  });
});
