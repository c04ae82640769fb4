import type { Finding } from '../domain/finding.js';
import type { DecimalText } from '../domain/decimal.js';
import type { Position } from '../domain/ledger.js';
import type { MarketRules } from '../domain/market-rules.js';
import type { Balances, BookTop } from '../exchange/trading-client.js';
import type { OrderEntity } from '../persistence/entities/order.entity.js';

/** How the ledger and the account compare after one pass of reconciliation. */
export interface Reconciliation {
  /** Exchange time when it began, UTC ms. */
  readonly serverTime: number;
  /** serverTime - local time. */
  readonly offsetMs: number;
  readonly rules: MarketRules;
  readonly balances: Balances;
  /** All `0` where the market is gone, and only there. */
  readonly book: BookTop;
  readonly position: Position & { readonly holding: 'flat' | 'dust' | 'open' };
  /** What an exit may sell: position, wallet and steps considered; `0` when nothing can be sold. */
  readonly sellable: DecimalText;
  /** Newest trade id of the account on this market, for the next intent; null on paper, and where there is none. */
  readonly lastTradeId: string | null;
  /** Orders of ours whose outcome is still not known; while there is one nothing is sent. */
  readonly unresolved: readonly OrderEntity[];
  /** Orders of ours that rest on the exchange. */
  readonly working: readonly OrderEntity[];
  /** What stands against trading; empty when all is well. */
  readonly findings: readonly Finding[];
  /** What changed in the ledger: orders settled, fills booked, external fills recorded. 0 on a second pass. */
  readonly changes: number;
}
