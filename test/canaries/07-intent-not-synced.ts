import type { Canary } from './canary.js';

const FILE = 'src/persistence/sqlite/pragmas.ts';

const canary: Canary = {
  bug: 'what is committed is not on the disk',
  patches: [
    { file: FILE, old: "  connection.pragma('synchronous = FULL');\n  if (access", now: '  if (access' },
    { file: FILE, old: "WAL');\n  connection.pragma('synchronous = FULL');", now: "WAL');\n  connection.pragma('synchronous = NORMAL');" },
    { file: FILE, old: 'const FULL = 2;', now: 'const FULL = 1;' },
  ],
  caughtBy: { kind: 'spec', file: 'test/faults/ledger/durability.spec.ts' },
};

export default canary;
