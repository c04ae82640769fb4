import type { Canary } from './canary.js';

const canary: Canary = {
  bug: 'an expired order counts as not filled',
  patches: [
    {
      file: 'src/execution/wire-reports.ts',
      old: 'fills: unique.map(fillOf), reason } };',
      now: `fills: report.state === 'EXPIRED' ? [] : unique.map(fillOf), reason } };`,
    },
  ],
  caughtBy: { kind: 'spec', file: 'src/execution/wire-reports.spec.ts' },
};

export default canary;
