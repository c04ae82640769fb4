import { createHash } from 'node:crypto';

import { familyOf, TrialLedger, type Trial as Try } from '../../backtest/trial-ledger.js';
import type { BotConfig } from '../../config/bot-config.js';
import { sourceOf } from '../../data/source-of.js';
import { StorageError } from '../../domain/errors.js';
import type { Trial } from '../../optimize/search.js';
import type { Fingerprint } from './search-journal.js';

const DAYS_A_YEAR = 365;

/**
 * A search in the ledger of tries: what was tried yesterday makes the winner of today as lucky as what is tried today. Where the ledger
 * cannot be read or written this is told, and no more: no result depends on it.
 */
export class SearchTries {
  private readonly ledger: TrialLedger;
  private readonly identity: Omit<Try, 'at' | 'tries' | 'sharpe' | 'spread'>;

  constructor(
    config: BotConfig,
    fingerprint: Fingerprint,
    private readonly tell: (problem: string) => void,
  ) {
    this.ledger = new TrialLedger(config.storage.resultsDir);
    const { timeframe, start_iso, in_sample_end_iso, method } = fingerprint;
    this.identity = {
      strategy: config.strategy.name,
      symbol: config.symbol,
      source: sourceOf(config).kind,
      key: createHash('sha256').update(JSON.stringify(fingerprint)).digest('hex').slice(0, 16),
      what: `${String(timeframe)} ${String(start_iso).slice(0, 10)} → ${String(in_sample_end_iso).slice(0, 10)} search by ${String(method)}`,
    };
  }

  /** Parameter sets of everything else that was tried with the strategy on this market. */
  earlier(): number {
    return this.ifPossible(() => familyOf(this.ledger.read().trials, { ...this.identity, at: 0, tries: 0, sharpe: null, spread: 0 }).tries) ?? 0;
  }

  add(trials: readonly Trial[], nowMs: number): void {
    if (trials.length === 0) return;
    const ratios = trials.flatMap(({ figures: { sharpe_daily: sharpe } }) => (sharpe === null ? [] : [sharpe / Math.sqrt(DAYS_A_YEAR)]));
    const mean = ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length;
    const spread = ratios.reduce((sum, ratio) => sum + (ratio - mean) ** 2, 0);
    this.ifPossible(() => this.ledger.add({ ...this.identity, at: nowMs, tries: trials.length, sharpe: ratios.length > 0 ? mean : null, spread }));
  }

  private ifPossible<T>(work: () => T): T | null {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      this.tell(`! ${error.message}`);
      return null;
    }
  }
}
