import { PROFILE_NAMES } from '../support/exchange/faults/profile.js';
import { describeFailure } from './describe.js';
import type { LayerName } from './layers.js';
import { runSeed } from './run-seed.js';
import { LAYERS } from './layers.js';

const SEEDS = 20;
const TICKS = 500;

describe('many simulated lives', () => {
  it.each(['orders', 'bot'] as const satisfies readonly LayerName[])(
    'of %s break no rule in any weather',
    async (layer) => {
      const failures: string[] = [];
      for (let seed = 1001; seed <= 1000 + SEEDS; seed++) {
        const profile = PROFILE_NAMES[seed % PROFILE_NAMES.length];
        const report = await runSeed({ layer: LAYERS[layer], profile, seed, ticks: TICKS });
        if (report.violations.length > 0) failures.push(describeFailure({ layer, profile, seed, ticks: TICKS }, report));
      }
      expect(failures).toEqual([]);
    },
    1_200_000,
  );
});
