import type { Canary } from './canary.js';

const canary: Canary = {
  bug: 'what is locked for somebody else counts as disposable',
  patches: [
    {
      file: 'src/execution/wallet-check.ts',
      old: `  const disposable = plus(free, compare(resting, locked) < 0 ? resting : locked);
`,
      now: `  const disposable = plus(free, compare(resting, locked) < 0 ? locked : locked);
`,
    },
  ],
  caughtBy: { kind: 'spec', file: 'src/execution/wallet-check.spec.ts' },
};

export default canary;
