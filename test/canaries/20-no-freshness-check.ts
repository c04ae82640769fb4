import type { Canary } from './canary.js';

const canary: Canary = {
  bug: 'entries are made on old candles',
  patches: [
    {
      file: 'src/data/live-window.ts',
      old: '  if (newest !== expected) return',
      now: '  if (newest > expected) return',
    },
  ],
  caughtBy: { kind: 'spec', file: 'test/faults/market-data/wrong-times.spec.ts' },
};

export default canary;
