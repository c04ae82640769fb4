import type { Canary } from './canary.js';

const canary: Canary = {
  bug: 'a halt is forgotten by a restart',
  patches: [
    {
      file: 'src/risk/risk-states.ts',
      old: `(memory.level === 'HALTED' ? null : [{ ...memory, level: 'HALTED',`,
      now: `(memory.level === 'HALTED' ? null : [{ ...memory, level: memory.level,`,
    },
  ],
  caughtBy: { kind: 'spec', file: 'test/faults/risk/restarts.spec.ts' },
};

export default canary;
