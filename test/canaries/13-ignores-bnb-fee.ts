import { STORM, type Canary } from './canary.js';

const canary: Canary = {
  bug: 'commissions in a third asset are forgotten',
  patches: [
    {
      file: 'src/domain/ledger.ts',
      old: `  const fees = addFee(position.fees, fill);
`,
      now: `  const fees = fill.commissionAsset === market.base || fill.commissionAsset === market.quote ? addFee(position.fees, fill) : position.fees;
`,
    },
  ],
  caughtBy: STORM,
};

export default canary;
