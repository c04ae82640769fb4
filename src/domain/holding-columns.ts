/** Fields of one row. */
export const UNTIL = 0;
export const HELD_CASH = 1;
export const HELD_COINS = 2;
export const HOLDING_WIDTH = 3;

/**
 * What an account holds over time, oldest first: cash and coins that are the same on all bars from where the holding before ends,
 * up to but without bar `until`. Three doubles each in one growing array.
 */
export class HoldingColumns {
  /** The fields of holding k start at k * 3. */
  rows = new Float64Array(64 * HOLDING_WIDTH);
  count = 0;

  /** @param until not before that of the holding before */
  add(until: number, cash: number, coins: number): void {
    const at = this.count++ * HOLDING_WIDTH;
    if (at === this.rows.length) this.grow();
    const { rows } = this;
    rows[at + UNTIL] = until;
    rows[at + HELD_CASH] = cash;
    rows[at + HELD_COINS] = coins;
  }

  private grow(): void {
    const larger = new Float64Array(this.rows.length * 2);
    larger.set(this.rows);
    this.rows = larger;
  }
}
