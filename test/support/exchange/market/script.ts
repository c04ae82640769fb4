import type { RuleChanges } from './symbol-rules.js';

/**
 * One planned departure of a market from its walk. `atMs` below 1e11 counts from the start of the run. Moves of the price
 * take hold at the first step at or after `atMs`; everything else at `atMs` itself.
 */
export type ScriptEntry = { atMs: number; symbol?: string } & (
  | { do: 'price'; price: string | number }
  /** Moves the price for good. */
  | { do: 'jump'; bps: number }
  /** One step away and back at the next. */
  | { do: 'spike'; bps: number }
  /** Steps without a trade for `forMs`, or just one. */
  | { do: 'quiet'; forMs?: number }
  /** No steps, hence no candles, for `forMs`. */
  | { do: 'down'; forMs: number }
  | { do: 'halt'; status?: string; forMs?: number }
  | { do: 'resume' }
  | { do: 'delist' }
  | { do: 'filters'; filters: RuleChanges }
  | { do: 'depth'; levels?: number; levelQty?: string | number; forMs?: number }
);

export type PriceMove = Extract<ScriptEntry, { do: 'price' | 'jump' | 'spike' }>;
