import type { Units } from '../base/decimal.js';

/** One move of a market: a trade of `qty` at `price`, or none when `qty` is 0. */
export interface Step {
  timeMs: number;
  price: Units;
  qty: Units;
  /** Whether the buyer took; a step that does not fall counts as bought. */
  takerBuys: boolean;
}

/** A market's steps, numbered from 0. Old ones can be dropped; the numbers of the others stay. */
export class StepLog {
  private steps: Step[] = [];
  private dropped = 0;

  /** Number of the next step. */
  get end(): number {
    return this.dropped + this.steps.length;
  }

  get last(): Step | undefined {
    return this.steps.at(-1);
  }

  push(step: Step): void {
    this.steps.push(step);
  }

  at(index: number): Step {
    return this.steps[index - this.dropped];
  }

  /** Number of the first kept step. */
  get begin(): number {
    return this.dropped;
  }

  /** Number of the first kept step at or after `timeMs`; `end` when there is none. */
  firstFrom(timeMs: number): number {
    let low = 0;
    let high = this.steps.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.steps[middle].timeMs < timeMs) low = middle + 1;
      else high = middle;
    }
    return this.dropped + low;
  }

  /** Drops every step below the number `index`. */
  dropBefore(index: number): void {
    this.steps = this.steps.slice(index - this.dropped);
    this.dropped = index;
  }
}
