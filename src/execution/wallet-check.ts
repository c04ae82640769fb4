import { compare, minus, plus, sum, ZERO, type DecimalText } from '../domain/decimal.js';
import type { Finding } from '../domain/finding.js';
import type { MarketRules } from '../domain/market-rules.js';
import { holdingAt, saleQuantity } from '../domain/quantities.js';
import type { Balance, Balances } from '../exchange/trading-client.js';
import type { OrderEntity } from '../persistence/entities/order.entity.js';

/** What the ledger holds, beside what is really there. */
export interface WalletCheck {
  /** Coins of the position. */
  readonly held: DecimalText;
  /** Coins in the account, whoever they belong to; free and locked. */
  readonly there: DecimalText;
  /** More is held than is there. What is there and not held belongs to somebody else, and is left alone. */
  readonly missing: DecimalText;
  /** What an exit may sell; `0` when nothing can be sold. */
  readonly sellable: DecimalText;
  readonly holding: 'flat' | 'dust' | 'open';
}

/**
 * @param working our own orders that rest on the exchange: what sales of this market lock can be sold once they are cancelled
 * @param price quote currency per coin that a sale would bring, above 0
 */
export function checkWallet(held: DecimalText, balances: Balances, rules: MarketRules, working: readonly OrderEntity[], price: DecimalText): WalletCheck {
  const { free, locked } = balanceOf(balances, rules.base);
  const there = plus(free, locked);
  const resting = sum(working.filter(({ side, symbol }) => side === 'sell' && symbol === rules.symbol).map(({ quantity, executedQuantity }) => minus(quantity, executedQuantity)));
  const disposable = plus(free, compare(resting, locked) < 0 ? resting : locked);
  const sellable = rules.status === 'gone' ? null : saleQuantity(held, disposable, rules);
  const worthSelling = sellable !== null && holdingAt(sellable, rules, price) === 'open';
  return {
    held,
    there,
    missing: compare(held, there) > 0 ? minus(held, there) : ZERO,
    sellable: worthSelling ? sellable : ZERO,
    holding: holdingAt(held, rules, price),
  };
}

/** null when everything that the ledger holds is there. */
export function mismatchOf({ held, there, missing }: WalletCheck, { symbol, base }: MarketRules): Finding | null {
  if (missing === ZERO) return null;
  return {
    code: 'RECONCILE.MISMATCH',
    message: `The ledger holds ${held} ${base} on ${symbol}, and the account has ${there}: ${missing} left without an order of this bot. Nothing is bought before that is cleared up, and at most what is there is sold. If it was you, accept it: \`reconcile --accept\``,
    stops: 'no_entries',
  };
}

function balanceOf(balances: Balances, asset: string): Balance {
  return Object.hasOwn(balances, asset) ? balances[asset] : { free: ZERO, locked: ZERO };
}
