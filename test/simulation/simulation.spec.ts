import type { ProfileName } from '../support/exchange/faults/profile.js';
import { describeFailure } from './describe.js';
import { LAYERS, type LayerName } from './layers.js';
import { runSeed } from './run-seed.js';

/** Runs a seed and returns what it broke, as a person would want to read it. */
async function brokenBy(layer: LayerName, profile: ProfileName, seed: number, ticks: number): Promise<string[]> {
  const report = await runSeed({ layer: LAYERS[layer], profile, seed, ticks });
  return report.violations.length === 0 ? [] : [describeFailure({ layer, profile, seed, ticks }, report)];
}

const SLICE: readonly [layer: LayerName, profile: ProfileName, seed: number][] = [
  ['orders', 'calm', 1],
  ['orders', 'rough', 2],
  ['orders', 'storm', 3],
  ['orders', 'storm', 4],
  ['bot', 'calm', 5],
  ['bot', 'rough', 6],
  ['bot', 'storm', 7],
];

describe('a simulated life', () => {
  it.each(SLICE)('of %s in %s weather, seed %i, breaks no rule', async (layer, profile, seed) => {
    expect(await brokenBy(layer, profile, seed, 60)).toEqual([]);
  });

  it('trades, and meets what it is there for', async () => {
    const report = await runSeed({ layer: LAYERS.orders, profile: 'storm', seed: 11, ticks: 120 });
    expect(report.violations).toEqual([]);
    for (const count of ['orders', 'fills', 'unknown', 'crashes'] as const) expect(report[count]).toBeGreaterThan(0);
  });

  it.each(['orders', 'bot'] as const)('of %s is the same, to the byte, when its seed comes again', async (layer) => {
    const live = (): Promise<string> => runSeed({ layer: LAYERS[layer], profile: 'storm', seed: 8, ticks: 60 }).then(({ hash }) => hash);
    expect(await live()).toBe(await live());
  });
});
