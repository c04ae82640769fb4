import { STORM, type Canary } from './canary.js';

const canary: Canary = {
  bug: 'an order is sent again after a network error',
  patches: [
    {
      file: 'src/execution/binance-executor.ts',
      old: `    const placement = await this.client.place(order);
`,
      now: `    let placement = await this.client.place(order);
    if (placement.kind === 'unknown' && /no whole reply/.test(placement.message)) placement = await this.client.place(order);
`,
    },
  ],
  caughtBy: STORM,
};

export default canary;
