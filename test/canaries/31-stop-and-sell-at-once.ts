import type { Canary } from './canary.js';

const canary: Canary = {
  bug: 'a position is sold while its stop still rests, or may rest',
  patches: [
    {
      file: 'src/execution/working-orders.ts',
      old: `    if (answer.kind !== 'found') return { order, finding: unconfirmed(order, answer) };
`,
      now: `    if (answer.kind !== 'found') return { order, finding: null };
`,
    },
  ],
  caughtBy: { kind: 'spec', file: 'test/faults/orders/working-orders.spec.ts' },
};

export default canary;
