import type { Canary } from './canary.js';

const canary: Canary = {
  bug: 'a market order may carry a price, of which the library makes another order',
  patches: [
    {
      file: 'src/exchange/order-guard.ts',
      old: '  return limitPrice === null && stopPrice === null && timeInForce === null ? null :',
      now: '  return limitPrice === null || stopPrice === null || timeInForce === null ? null :',
    },
  ],
  caughtBy: { kind: 'spec', file: 'src/exchange/order-guard.spec.ts' },
};

export default canary;
