import { STORM, type Canary } from './canary.js';

const canary: Canary = {
  bug: 'a refused key counts as a fault that passes',
  patches: [
    {
      file: 'src/exchange/binance-dialect.ts',
      old: 'const NO_ACCESS: readonly (number | null)[] = [-1022, -2014, -2015];',
      now: 'const NO_ACCESS: readonly (number | null)[] = [-1022, -2014];',
    },
  ],
  caughtBy: STORM,
};

export default canary;
