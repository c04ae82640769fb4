import type { Canary } from './canary.js';

const canary: Canary = {
  bug: 'entries are made over missing candles',
  patches: [
    {
      file: 'src/data/live-window.ts',
      old: '  if (window.missingBars > 0) return',
      now: '  if (window.missingBars > bars) return',
    },
  ],
  caughtBy: { kind: 'spec', file: 'test/faults/market-data/holes-and-order.spec.ts' },
};

export default canary;
