import type { Units } from '../base/decimal.js';
import type { BookConfig } from '../config/config.js';

export type Side = 'BUY' | 'SELL';

export interface Level {
  price: Units;
  qty: Units;
}

/**
 * The strangers' orders around the last price: equal levels on both sides, new at every step. What is taken stays gone until
 * the next step.
 */
export class Book {
  /** Best prices, even of an empty side. */
  bestBid: Units = 0n;
  bestAsk: Units = 0n;
  /** Number of the last rebuild. */
  updateId = 0;

  private levelGap: Units = 0n;
  private levelQty: Units = 0n;
  private levelCount = 0;
  /** Made when first asked for: most steps go by without a look at the book. */
  private askLevels: Level[] | null = null;
  private bidLevels: Level[] | null = null;

  /** @param levelQty the configured quantity per level, read */
  rebuild(last: Units, tick: Units, config: BookConfig, levelQty: Units): void {
    const halfSpread = BigInt(config.halfSpreadTicks) * tick;
    this.bestAsk = last + halfSpread;
    this.bestBid = last - halfSpread;
    this.levelGap = BigInt(config.levelStepTicks) * tick;
    this.levelQty = levelQty;
    this.levelCount = config.levels;
    this.askLevels = null;
    this.bidLevels = null;
    this.updateId++;
  }

  get asks(): Level[] {
    return (this.askLevels ??= this.levels(this.bestAsk, this.levelGap));
  }

  get bids(): Level[] {
    return (this.bidLevels ??= this.levels(this.bestBid, -this.levelGap));
  }

  /** The levels a taker of the given side meets, best first, those already emptied left out. */
  against(side: Side): Level[] {
    return (side === 'BUY' ? this.asks : this.bids).filter(({ qty }) => qty > 0n);
  }

  private levels(best: Units, gap: Units): Level[] {
    return Array.from({ length: this.levelCount }, (_, i) => ({ price: best + BigInt(i) * gap, qty: this.levelQty })).filter(
      ({ price }) => price > 0n,
    );
  }
}
