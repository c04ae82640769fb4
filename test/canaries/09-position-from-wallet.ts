import { STORM, type Canary } from './canary.js';

const canary: Canary = {
  bug: 'the position is what the wallet holds',
  patches: [
    {
      file: 'src/execution/reconciler.ts',
      old: `    const position = await trades.position(book);
`,
      now: `    const position = { ...(await trades.position(book)), quantity: balances[rules.base]?.free ?? '0' };
`,
    },
  ],
  caughtBy: STORM,
};

export default canary;
