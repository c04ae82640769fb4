import { FakeBinance } from '../fake-binance.js';
import { SYMBOL_FIXTURES, type SymbolConfig } from '../config/symbol-fixtures.js';
import { Prng } from '../base/prng.js';
import { get } from '../requests.js';
import { schedule, type ScheduledFault } from './profile.js';

const BTC = SYMBOL_FIXTURES.get('BTCUSDT') as SymbolConfig;

describe('profiles', () => {
  it('draw the same faults from the same seed', () => {
    expect(schedule('storm', 3, 500, BTC)).toEqual(schedule('storm', 3, 500, BTC));
    expect(schedule('storm', 3, 500, BTC)).not.toEqual(schedule('storm', 4, 500, BTC));
  });

  it('draw once per tick and class, in order, until a class is hit', () => {
    const [first] = schedule('rough', 11, 1000, BTC);
    const draws = new Prng(11);
    const skipped = Array.from({ length: first.tick * 28 + first.fault - 1 }, () => draws.nextU32());
    expect(skipped.every((draw) => draw >= 0.001 * 2 ** 32)).toBe(true);
    expect(draws.nextU32()).toBeLessThan(0.02 * 2 ** 32);
  });

  it('hit as often as they say', () => {
    const ticks = 20_000;
    const count = (name: 'calm' | 'rough' | 'storm', fault: number): number =>
      schedule(name, 1, ticks, BTC).filter((found) => found.fault === fault).length / (ticks * 0.9);
    expect(count('storm', 1)).toBeCloseTo(0.05, 2);
    expect(count('storm', 11)).toBeCloseTo(0.1, 2);
    expect(count('rough', 12)).toBeCloseTo(0.02, 2);
    expect(count('calm', 13)).toBeCloseTo(0.002, 3);
  });

  it('know all 28 classes, three of which are the harness’s', () => {
    const faults = schedule('storm', 5, 20_000, BTC);
    expect(new Set(faults.map(({ fault }) => fault)).size).toBe(28);
    expect(new Set(faults.filter(({ harness }) => harness).map(({ fault }) => fault))).toEqual(new Set([25, 26, 27]));
    expect(faults.every(({ rule, effect, harness }) => [rule, effect, harness].filter(Boolean).length === 1)).toBe(true);
  });

  it('begin nothing new in the last tenth of a run', () => {
    const faults = schedule('storm', 5, 1000, BTC);
    expect(Math.max(...faults.map(({ tick }) => tick))).toBeLessThan(900);
  });

  it('are planned by one command and strike at their ticks', () => {
    const exchange = new FakeBinance({ symbols: ['BTCUSDT'] });
    const tickMs = 900_000;
    const planned = exchange.control({ command: 'profile', name: 'storm', seed: 8, ticks: 200, tickMs }) as ScheduledFault[];
    expect(planned).toEqual(schedule('storm', 8, 200, BTC));
    const start = exchange.now;
    for (let tick = 0; tick < 200; tick++) {
      for (let i = 0; i < 5; i++) get(exchange, '/api/v3/klines', { symbol: 'BTCUSDT', interval: '15m' });
      exchange.control({ command: 'clock', set: Math.max(exchange.now, start + (tick + 1) * tickMs) });
    }
    const struck = exchange.journal.filter((entry) => entry.type === 'fault');
    const effects = planned.filter(({ effect }) => effect?.type === 'skew').map(({ tick }) => start + tick * tickMs);
    expect(struck.filter((entry) => entry.effect === 'skew').map(({ t }) => t)).toEqual(effects);
    expect(struck.some((entry) => entry.effect === 'klines')).toBe(true);
  });
});
