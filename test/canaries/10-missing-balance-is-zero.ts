import type { Canary } from './canary.js';

const canary: Canary = {
  bug: 'balances that cannot be read count as 0',
  patches: [
    {
      file: 'src/exchange/ccxt-trading-client.ts',
      old: `    return this.#ask('reading the balances', this.#dialect.balances());
`,
      now: `    return this.#ask('reading the balances', this.#dialect.balances()).catch(() => ({}));
`,
    },
  ],
  caughtBy: { kind: 'spec', file: 'test/contract/hostile-reads.spec.ts' },
};

export default canary;
