import { STORM, type Canary } from './canary.js';

const canary: Canary = {
  bug: 'a commission taken from the coins is not taken from the position',
  patches: [
    {
      file: 'src/domain/ledger.ts',
      old: `  const baseFee = fill.commissionAsset === market.base ? fill.commission : ZERO;
`,
      now: `  const baseFee = fill.commissionAsset === market.base ? ZERO : ZERO;
`,
    },
  ],
  caughtBy: STORM,
};

export default canary;
