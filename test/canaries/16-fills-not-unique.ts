import { STORM, type Canary } from './canary.js';

const canary: Canary = {
  bug: 'an execution that is reported twice is booked twice',
  patches: [
    {
      file: 'src/persistence/booking/book-fills.ts',
      old: `    const booked = known.get(row.tradeId);
`,
      now: `    const booked = known.get(\`\${row.tradeId}?\`);
`,
    },
  ],
  caughtBy: STORM,
};

export default canary;
