import type { Canary } from './canary.js';

const canary: Canary = {
  bug: 'quantities are rounded to steps with floating-point numbers',
  patches: [
    {
      file: 'src/domain/decimal.ts',
      old: `  return isZero(step) ? amount : plain(new Exact(amount).divToInt(step).times(step));
`,
      now: `  return isZero(step) ? amount : plain(new Exact(String(Math.floor(Number(amount) / Number(step)) * Number(step))));
`,
    },
  ],
  caughtBy: { kind: 'spec', file: 'src/domain/quantities.spec.ts' },
};

export default canary;
