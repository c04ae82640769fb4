import { STORM, type Canary } from './canary.js';

const canary: Canary = {
  bug: 'an order is called absent when the exchange says for the first time that it does not know it',
  patches: [
    {
      file: 'src/execution/settle-orders.ts',
      old: `      quarantine.miss(now());
`,
      now: `      quarantine.miss(now());
      if (quarantine.nextLookAt() > 0) return this.end(order, 'ABSENT', now(), 'not found');
`,
    },
  ],
  caughtBy: STORM,
};

export default canary;
