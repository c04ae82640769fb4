import type { BacktestResult } from '../backtest/backtest-result.js';
import { trialOf } from '../backtest/result-luck.js';
import { familyOf, TrialLedger, type TrialFamily } from '../backtest/trial-ledger.js';
import { StorageError } from '../domain/errors.js';

/**
 * How often the strategy of a result was tried on its market, this result included.
 *
 * @param keep whether to remember this one
 * @returns null where it cannot be counted, which is told and no more: no result depends on it
 */
export function countTry(result: BacktestResult, resultsDir: string, keep: boolean, tell: (problem: string) => void): TrialFamily | null {
  const ledger = new TrialLedger(resultsDir);
  const trial = trialOf(result);
  try {
    const family = familyOf(ledger.read().trials, trial);
    if (keep) ledger.add(trial);
    return family;
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    tell(`! ${error.message}`);
    return null;
  }
}
