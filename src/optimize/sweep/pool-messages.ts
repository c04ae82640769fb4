import type { CandleColumns } from '../../domain/candles.js';
import type { Timeframe } from '../../domain/timeframe.js';
import type { TradingRules } from '../../domain/trading-rules.js';
import type { Params } from '../space/search-space.js';
import type { TrialRows } from './evaluator.js';

/** What a worker is started with. The columns lie in memory that all threads share. */
export interface WorkerGround {
  readonly strategy: string;
  /** Folder of the user's own strategies. */
  readonly strategyPath: string | undefined;
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly columns: CandleColumns;
  readonly missing: Uint8Array;
  readonly rules: TradingRules;
  readonly withPsr: boolean;
}

export interface Task {
  readonly id: number;
  readonly kind: 'figures' | 'daily';
  readonly rows: TrialRows;
  readonly params: readonly Params[];
}

/** One array per parameter set: packed figures, or daily returns. */
export type Answer = { readonly id: number; readonly values: readonly Float64Array[] } | { readonly id: number; readonly failure: { readonly code: string; readonly message: string } };
