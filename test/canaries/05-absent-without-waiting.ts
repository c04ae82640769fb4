import { STORM, type Canary } from './canary.js';

const canary: Canary = {
  bug: 'an order is called absent without waiting for the time in which the exchange may still take it',
  patches: [
    {
      file: 'src/execution/quarantine.ts',
      old: 'const MISSES = 3;',
      now: 'const MISSES = 1;',
    },
    {
      file: 'src/execution/quarantine.ts',
      old: `    return this.since + this.recvWindowMs + ENGINE_MS + MARGIN_MS;
`,
      now: `    return this.since + 0 * (this.recvWindowMs + ENGINE_MS + MARGIN_MS);
`,
    },
  ],
  caughtBy: STORM,
};

export default canary;
