import type { Trial } from '../../backtest/trial-ledger.js';
import type { Options } from '../ledger/ledger-flags.decorator.js';

/** Those of the strategy and of the market that flags name; all where they name none. */
export function wantedTrials({ strategy, symbol }: Options): (trial: Trial) => boolean {
  return (trial) => (strategy === undefined || trial.strategy === strategy) && (symbol === undefined || trial.symbol === symbol);
}
