import { STORM, type Canary } from './canary.js';

const canary: Canary = {
  bug: 'an order of unknown outcome is sent again under the same client id, as if that made it safe',
  patches: [
    {
      file: 'src/execution/binance-executor.ts',
      old: `    const placement = await this.client.place(order);
`,
      now: `    let placement = await this.client.place(order);
    for (let i = 0; i < 2 && placement.kind === 'unknown'; i++) placement = await this.client.place(order);
`,
    },
  ],
  caughtBy: STORM,
};

export default canary;
