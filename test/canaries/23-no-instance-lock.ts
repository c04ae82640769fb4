import type { Canary } from './canary.js';

const canary: Canary = {
  bug: 'two processes may trade on one data folder',
  patches: [
    {
      file: 'src/persistence/instance-lock.ts',
      old: `    connection.exec('BEGIN EXCLUSIVE');
`,
      now: `    connection.exec('BEGIN');
`,
    },
    {
      file: 'src/persistence/lease.ts',
      old: '      if (last !== undefined && last.expiresAt > nowMs && !isGone(last, holder, isAlive)) throw',
      now: '      if (last !== undefined && last.expiresAt > nowMs * 2 && !isGone(last, holder, isAlive)) throw',
    },
  ],
  caughtBy: { kind: 'spec', file: 'test/faults/ledger/instances.spec.ts' },
};

export default canary;
