import type { Parameters, ParameterTable } from '../api/parameters.js';
import type { KeyConfig, Permission } from '../config/config.js';
import type { Venue } from '../venue.js';
import type { TradingEngine } from '../trading/trading-engine.js';

/** What an endpoint works with. */
export interface Context {
  venue: Venue;
  engine: TradingEngine;
  params: Parameters;
  /** Number of the request in the journal. */
  n0: number;
  /** The caller's key; absent on unsigned endpoints. */
  key?: KeyConfig;
  /** Set by an endpoint that placed or changed an order. */
  orderId?: number;
}

/** One endpoint. */
export interface Route {
  method: 'GET' | 'POST' | 'DELETE';
  path: string;
  /** null: open to all. */
  permission: Permission | null;
  /** Request weight by the names of the parameters sent. */
  weight: (has: (name: string) => boolean) => number;
  params: ParameterTable;
  mandatory: readonly string[];
  /** Throws when a parameter is missing that depends on others. */
  checkPresence?: (values: ReadonlyMap<string, string>) => void;
  /** Charged only when it fails, where the exchange is so configured. */
  isFreeOnSuccess?: boolean;
  /** A call that a real spot client has no reason to make. */
  isUnexpected?: boolean;
  /** The reply's body, to be written as JSON. */
  run: (context: Context) => unknown;
}

export const flat = (weight: number) => (): number => weight;
