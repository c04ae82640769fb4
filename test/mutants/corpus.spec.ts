import { Candles } from '../../src/domain/candles.js';
import { SyntheticMarket } from '../../src/exchange/synthetic-market.js';
import { causality } from '../../src/verify/causality.js';
import { warmup } from '../../src/verify/warmup.js';
import { strategyRegistry } from '../support/strategies.js';
import { CORPUS } from './corpus.js';

const series = (seed: number, bars: number): Candles => {
  const from = Date.UTC(2024, 0, 1);
  return Candles.of('BTC/USDT', '1h', new SyntheticMarket(seed).candles('BTC/USDT', '1h', from, from + bars * 3_600_000));
};
const LONG = series(1, 2000);
const registry = await strategyRegistry();

describe('the proof of causality', () => {
  it.each(CORPUS.filter(({ cheat }) => cheat !== null))('catches $name, which $cheat', ({ strategy }) => {
    for (const candles of [LONG, series(2, 1500)]) {
      const { violations } = causality(strategy, candles);
      expect(violations.length).toBeGreaterThan(0);
      for (const { row, column, known, whole } of violations) {
        expect(row).toBeLessThan(candles.length);
        expect(['value', 'signals']).toContain(column);
        expect(known).not.toBe(whole);
      }
    }
  });

  it.each(CORPUS.filter(({ cheat }) => cheat === null))('accuses $name of nothing', ({ strategy }) => {
    for (const candles of [LONG, series(2, 1500), series(3, 300)]) expect(causality(strategy, candles).violations).toEqual([]);
  });

  it.each(registry.names())('accuses %s of nothing', (name) => {
    expect(causality(registry.bind(name, {}), LONG, { cuts: 24 }).violations).toEqual([]);
  });

  it('gives the same verdict for the same seed', () => {
    const [{ strategy }] = CORPUS;
    expect(causality(strategy, LONG, { seed: 7 })).toEqual(causality(strategy, LONG, { seed: 7 }));
  });

  it('tries every bar of a short series', () => {
    expect(causality(CORPUS[0].strategy, series(1, 200)).cuts).toBe(200);
  });
});

describe('the proof of the warm-up', () => {
  it('finds the smallest warm-up of a window, to the bar', () => {
    const { strategy } = CORPUS.find(({ name }) => name === 'honest_average') ?? CORPUS[0];
    expect(warmup({ ...strategy, warmupBars: 100 }, LONG)).toMatchObject({ declared: 100, smallest: 19 });
  });

  it('says when the declared one is not enough', () => {
    const { strategy } = CORPUS.find(({ name }) => name === 'short_memory') ?? CORPUS[0];
    expect(warmup(strategy, LONG)).toMatchObject({ declared: 20, smallest: null });
  });

  it('says by how much a capped one distorts', () => {
    const { capped } = warmup(registry.bind('ema_cross', {}), series(1, 4000));
    expect(capped.length).toBeGreaterThan(1);
    const deviations = capped.map(({ worstDeviation }) => worstDeviation ?? 0);
    expect([...deviations].sort((a, b) => a - b)).toEqual(deviations); // the shorter, the worse
    expect(deviations.at(-1)).toBeGreaterThan(0);
  });

  it('tries nothing where there are too few bars', () => {
    expect(warmup(registry.bind('ema_cross', {}), series(1, 50))).toMatchObject({ rowsTried: 0, smallest: null, capped: [] });
  });
});
