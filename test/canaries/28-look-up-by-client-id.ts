import type { Canary } from './canary.js';

const canary: Canary = {
  bug: 'an order is looked up by its client id after a cancel has changed it',
  patches: [
    {
      file: 'src/execution/binance-executor.ts',
      old: `    return exchangeOrderId === null ? this.client.orderByClientId(symbol, clientOrderId) : this.client.orderByExchangeId(symbol, exchangeOrderId);
`,
      now: `    return exchangeOrderId === '' ? this.client.orderByExchangeId(symbol, exchangeOrderId) : this.client.orderByClientId(symbol, clientOrderId);
`,
    },
  ],
  caughtBy: { kind: 'spec', file: 'test/faults/orders/working-orders.spec.ts' },
};

export default canary;
