import type { Canary } from './canary.js';

const canary: Canary = {
  bug: 'a process that lost its lease goes on writing',
  patches: [{ file: 'src/persistence/lease.ts', old: '    database.fenceWith(token);\n', now: '    database.fenceWith(0 * token);\n' }],
  caughtBy: { kind: 'spec', file: 'test/faults/ledger/instances.spec.ts' },
};

export default canary;
