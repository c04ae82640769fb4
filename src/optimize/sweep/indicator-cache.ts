import { IndicatorSet } from '../../strategy/indicator-set.js';

/** Columns above this are let go together: parameter sets that are tried one after the other mostly share some. */
const MOST_BYTES = 256 * 1024 * 1024;

/** The indicators of one set of candles for all trials on it: each is worked out once, as long as there is room. */
export class IndicatorCache extends IndicatorSet {
  private bytes = 0;

  get isFull(): boolean {
    return this.bytes > MOST_BYTES;
  }

  protected override once<T>(key: string, make: () => T): T {
    return super.once(key, () => {
      const made = make();
      this.bytes += bytesOf(made);
      return made;
    });
  }
}

function bytesOf(made: unknown): number {
  if (ArrayBuffer.isView(made)) return made.byteLength;
  if (typeof made !== 'object' || made === null) return 0;
  return Object.values(made).reduce<number>((sum, part) => sum + (ArrayBuffer.isView(part) ? part.byteLength : 0), 0);
}
