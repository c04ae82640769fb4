import type { ClockMode } from '../base/clock.js';
import type { CandleRow, FakeConfig } from '../config/config.js';
import type { StateEffect } from '../faults/effect.js';
import type { FaultRule } from '../faults/rule.js';
import type { ScriptEntry } from '../market/script.js';
import type { KeyChange } from './key-changes.js';
import type { SymbolChange } from './symbol-changes.js';

/** Everything a test can tell the exchange to do, by `command`. */
export type ControlCommand =
  | { command: 'reset'; config?: FakeConfig }
  | { command: 'clock'; set?: number; advance?: number; mode?: ClockMode; skewMs?: number }
  | { command: 'price'; symbol: string; price: string | number }
  | { command: 'candles'; symbol: string; interval: string; rows: CandleRow[] }
  | { command: 'script'; entries: ScriptEntry[] }
  | { command: 'faults'; rules: FaultRule[] }
  | { command: 'clearFaults' }
  | { command: 'faultHits' }
  | ({ command: 'symbol'; symbol: string } & SymbolChange)
  | ({ command: 'effect' } & StateEffect)
  | { command: 'operator' }
  | ({ command: 'key' } & KeyChange)
  | { command: 'journal'; from?: number }
  | { command: 'state' }
  | { command: 'shutdown' };
