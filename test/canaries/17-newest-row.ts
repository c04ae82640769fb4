import type { Canary } from './canary.js';

const canary: Canary = {
  bug: 'the candle that is still forming is used',
  patches: [
    {
      file: 'src/data/candle-page.ts',
      old: 'openTime[to - 1] + step + SETTLE_MS > serverTimeMs',
      now: 'openTime[to - 1] > serverTimeMs + SETTLE_MS',
    },
  ],
  caughtBy: { kind: 'spec', file: 'test/faults/market-data/unsettled-candles.spec.ts' },
};

export default canary;
