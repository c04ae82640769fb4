import type { Canary } from './canary.js';

const canary: Canary = {
  bug: `whether a candle has closed is judged by this machine's clock`,
  patches: [
    {
      file: 'src/data/download.ts',
      old: `  const serverTimeMs = await retryRead(() => client.serverTime(), pace, signal, tried);
`,
      now: `  const serverTimeMs = Math.max(pace.now(), 0 * (await retryRead(() => client.serverTime(), pace, signal, tried)));
`,
    },
  ],
  caughtBy: { kind: 'spec', file: 'test/faults/market-data/unsettled-candles.spec.ts' },
};

export default canary;
