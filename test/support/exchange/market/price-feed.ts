import { type Units, larger, ONE, roundTo, units } from '../base/decimal.js';
import type { Prng } from '../base/prng.js';
import type { FeedConfig } from '../config/config.js';
import type { SymbolRules } from './symbol-rules.js';

/** Where a market's prices come from. */
export interface PriceFeed {
  /** Time of the next step; Infinity when there are no more. */
  readonly nextMs: number;
  /** Steps further apart than this leave a hole in the candles. */
  readonly longestGapMs: number;
  /** Takes the next step. */
  take(last: Units, rules: SymbolRules): { price: Units; qty: Units };
  /** Volume of a step from outside the feed. */
  extraQty(): Units;
  /** Leaves out every step before `timeMs`. */
  skipTo(timeMs: number): void;
}

const DRAW_RANGE = 20_001;
const BPS = 10_000;

/** A seeded random walk on integers: one step each `stepMs`, two draws per step. */
export class WalkFeed implements PriceFeed {
  nextMs: number;
  private isFirst = true;

  constructor(
    private readonly config: FeedConfig,
    startMs: number,
    private readonly draws: Prng,
  ) {
    this.nextMs = startMs;
  }

  get longestGapMs(): number {
    return this.config.stepMs;
  }

  take(last: Units, rules: SymbolRules): { price: Units; qty: Units } {
    const drift = BigInt((this.draws.nextU32() % DRAW_RANGE) - BPS);
    const qty = this.quantity();
    this.nextMs += this.config.stepMs;
    if (this.isFirst) {
      this.isFirst = false;
      return { price: units(this.config.start), qty };
    }
    const delta = (last * drift * BigInt(this.config.volBps)) / BigInt(BPS * BPS);
    return { price: larger(rules.minPrice, roundTo(last + delta, rules.tick)), qty };
  }

  extraQty(): Units {
    this.draws.nextU32(); // every step takes two draws, whoever sets its price
    return this.quantity();
  }

  skipTo(timeMs: number): void {
    if (timeMs <= this.nextMs) return;
    this.nextMs += Math.ceil((timeMs - this.nextMs) / this.config.stepMs) * this.config.stepMs;
  }

  /** 1 to 10.99 coins. */
  private quantity(): Units {
    return ONE + BigInt(this.draws.nextU32() % 1000) * (ONE / 100n);
  }
}
