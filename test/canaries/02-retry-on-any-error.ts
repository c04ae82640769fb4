import { STORM, type Canary } from './canary.js';

const canary: Canary = {
  bug: 'an order is sent again after any error',
  patches: [
    {
      file: 'src/execution/binance-executor.ts',
      old: `    const placement = await this.client.place(order);
`,
      now: `    let placement = await this.client.place(order);
    if (placement.kind !== 'accepted') placement = await this.client.place(order);
`,
    },
  ],
  caughtBy: STORM,
};

export default canary;
