import type { Random } from '../../../domain/random.js';

/** The largest fall of an account, as a share of the peak and in money; each the largest of its kind. */
export interface AccountFall {
  readonly share: number;
  readonly amount: number;
  readonly finalEquity: number;
}

/**
 * What an account goes through when these profits come in this order. The end is the same in every order; only the way differs, so
 * shuffling informs about drawdowns and about nothing else, and only if the trades could have come in any order.
 *
 * @param profits quote currency, added to the account
 * @param order indices of profits; as they stand by default
 */
export function accountFall(startEquity: number, profits: ArrayLike<number>, order?: ArrayLike<number>): AccountFall {
  let equity = startEquity;
  let peak = startEquity;
  let [share, amount] = [0, 0];
  for (let i = 0; i < profits.length; i++) {
    equity += profits[order === undefined ? i : order[i]];
    peak = Math.max(peak, equity);
    share = Math.max(share, 1 - equity / peak);
    amount = Math.max(amount, peak - equity);
  }
  return { share, amount, finalEquity: equity };
}

/** Puts a list of indices into an order drawn evenly from all (Fisher and Yates). */
export function shuffle(order: Int32Array, random: Random): void {
  for (let i = order.length - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    [order[i], order[j]] = [order[j], order[i]];
  }
}
