import type { ClockMode } from '../base/clock.js';
import type { CandleRow, FakeConfig } from '../config/config.js';
import type { StateEffect } from '../faults/effect.js';
import type { FaultRule } from '../faults/rule.js';
import type { ScriptEntry } from '../market/script.js';
import type { Assertion } from '../oracle/assertions.js';
import type { ProfileRequest } from './install-profile.js';
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
  | ({ command: 'profile' } & ProfileRequest)
  | ({ command: 'symbol'; symbol: string } & SymbolChange)
  | ({ command: 'effect' } & StateEffect)
  /** A person has looked after the client; ends what a refused key had forbidden. */
  | { command: 'operator' }
  | { command: 'balance'; asset: string; delta: string | number; reason?: string }
  /** An order by someone else on the account; its fields are those of `POST /api/v3/order`. */
  | ({ command: 'order'; symbol: string; side: string } & { [parameter: string]: string | number })
  | ({ command: 'key' } & KeyChange)
  | { command: 'journal'; from?: number }
  | { command: 'ledger' }
  | { command: 'state' }
  | ({ command: 'assert' } & Assertion)
  | { command: 'shutdown' };
