import type { Canary } from './canary.js';

const canary: Canary = {
  bug: 'the counters of the risk gate are forgotten by a restart',
  patches: [
    {
      file: 'src/risk/risk-memory.ts',
      old: '= { errors, forgiven_at: forgivenAt,',
      now: '= { errors: 0 * errors, forgiven_at: forgivenAt,',
    },
  ],
  caughtBy: { kind: 'spec', file: 'test/faults/risk/restarts.spec.ts' },
};

export default canary;
